import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { readResultsFile } from '../../src/baseline/results-file.ts';
import type { Results } from '../../src/model/results.ts';
import { seededRandom, shuffled } from '../../src/stats/random.ts';
import { baselineArguments, comparisonArguments, type LiveCommand } from './live-command.ts';
import { plannedSlowdown } from './live-costs.ts';
import { type LiveComparison, parseComparisons } from './live-file.ts';
import { harmlessChanges, type LibraryChange, libraryFunctions } from './live-library.ts';
import { type LiveProject, makeProject } from './live-project.ts';
import { readMarkdownReport, readPairsOutput } from './live-report.ts';
import { loadAverage } from './machine-load.ts';

/** Runs of the base commit that are stored before anything is compared: three are enough to screen by. */
const baselineRuns = 4;

/** What is compared live, and with which program. */
export interface LiveRequest {
  /** Absolute path of the file that outcomes are added to. */
  readonly path: string;
  /** Absolute path of the program: `dist/cli.mjs`. */
  readonly program: string;
  readonly command: LiveCommand;
  readonly python: string;
  readonly seed: number;
  /** Comparisons of each kind, at most five. */
  readonly each: number;
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
}

interface Live extends LiveRequest {
  readonly project: LiveProject;
  readonly baseTree: LiveProject;
  readonly runs: readonly Results[];
}

type Planned = Exclude<LibraryChange, { readonly kind: 'base' }> & { readonly aimed: Readonly<Record<string, number>> };

/**
 * Makes a project, stores runs of its base commit, and compares heads with it by the real program: some that change
 * nothing, some that slow one function by 10 %, in shuffled order. Goes on where it was stopped, with a new project.
 */
export async function compareLive(request: LiveRequest): Promise<void> {
  const { path, signal, note, seed, each } = request;
  const done = new Set((existsSync(path) ? parseComparisons(readFileSync(path, 'utf8')) : []).map(nameOf));
  const names = [
    ...harmlessChanges.slice(0, each).map((what) => ({ kind: 'null', what })),
    ...libraryFunctions.slice(0, each).map((what) => ({ kind: 'planted', what })),
  ];
  if (names.every((each) => done.has(nameOf(each)))) return;
  const project = await makeProject(signal);
  const baseTree = await makeProject(signal);
  try {
    const runs = await storeBaseline({ ...request, project });
    const live = { ...request, project, baseTree, runs };
    const changes = shuffled(plannedChanges(live), seededRandom(`live:${seed}`));
    for (const [index, change] of changes.entries()) {
      if (done.has(nameOf(change)) || signal.aborted) continue;
      note(`${index + 1} of ${changes.length}: ${nameOf(change)}`);
      const outcome = await compare(live, change, seed * 1000 + index);
      mkdirSync(dirname(path), { recursive: true });
      appendFileSync(path, `${JSON.stringify(outcome)}\n`);
      note(`  exit code ${outcome.exitCode} after ${Math.round(outcome.seconds)} s: ${outcome.conclusion}`);
    }
  } finally {
    project.remove();
    baseTree.remove();
  }
}

function nameOf({ kind, what }: { readonly kind: string; readonly what: string }): string {
  return `${kind}: ${what}`;
}

function plannedChanges({ runs, each }: Live): readonly Planned[] {
  return [
    ...harmlessChanges.slice(0, each).map((what) => ({ kind: 'null' as const, what, aimed: {} })),
    ...libraryFunctions.slice(0, each).map((what) => ({ kind: 'planted' as const, what, ...plannedSlowdown(what, runs) })),
  ];
}

/** Measures the base commit several times; each run is stored as a baseline by the program itself. */
async function storeBaseline({
  project,
  program,
  python,
  seed,
  note,
  signal,
}: Omit<Live, 'runs' | 'baseTree'>): Promise<readonly Results[]> {
  const runs: Results[] = [];
  for (let run = 0; run < baselineRuns; run += 1) {
    note(`base commit, run ${run + 1} of ${baselineRuns}`);
    const argv = [program, ...baselineArguments({ python, seed: seed * 1000 + 100 + run })];
    await execa(process.execPath, argv, { cwd: project.folder, cancelSignal: signal });
    runs.push(await readResultsFile(join(project.folder, '.concurrency-regressions', 'results.json')));
  }
  return runs;
}

async function compare(live: Live, change: Planned, seed: number): Promise<LiveComparison> {
  const { project, baseTree, program, command, python, signal } = live;
  await project.checkOut(change);
  const argv = comparisonArguments({ command, python, base: project.base, baseTree: baseTree.folder, seed });
  const [at, load, started] = [new Date().toISOString(), loadAverage(), performance.now()];
  const ended = await execa(process.execPath, [program, ...argv], { cwd: project.folder, cancelSignal: signal, reject: false });
  if (ended.exitCode !== 0 && ended.exitCode !== 1) throw new Error(`${argv.join(' ')} ended with ${ended.exitCode}: ${ended.stderr}`);
  const report = join(project.folder, '.concurrency-regressions', 'report.md');
  const summary = command === 'run' ? readMarkdownReport(readFileSync(report, 'utf8')) : readPairsOutput(ended.stdout);
  return {
    line: 'comparison',
    at,
    command: ['concurrency-regressions', ...argv].join(' ').replace(baseTree.folder, '../base'),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    python: live.runs[0]?.runtimes[0]?.python ?? python,
    kind: change.kind,
    what: change.what,
    aimed: change.aimed,
    exitCode: ended.exitCode,
    seconds: (performance.now() - started) / 1000,
    load,
    ...summary,
    changes: [...summary.changes],
  };
}
