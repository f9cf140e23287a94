import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeResults } from '../src/baseline/codec.ts';
import { fileStore } from '../src/baseline/file-store.ts';
import { condensedRun } from '../src/judge/condensed-run.ts';
import { mergeParts } from '../src/judge/merge-parts.ts';
import type { StoredRunName } from '../src/model/baseline-choice.ts';
import { defaultBudgets } from '../src/plan/budget.ts';
import { median } from '../src/stats/quantiles.ts';
import { largeRun } from './scale/large-run.ts';
import { measuredProgram, type ProgramCost } from './scale/measured-program.ts';

// What a report and a baseline cost at growing size, and what a start of the action costs.
//
//   npm run bench:scale                   a results file for each thousand cells, as the shards of a plan deliver them
//   npm run bench:scale -- --one-file     the same run as one results file; only printed

const root = join(import.meta.dirname, '..');
const storedRuns = 30;
const sizes = [100, 300, 1000, 3000, 10_000];
const reports = 3;
const starts = 15;
const oneFile = process.argv.includes('--one-file');

/** What must hold, in base units. */
const bounds = { reportSeconds: 3, reportBytes: 400e6, baselineBytes: 2e6, startSeconds: 0.4 };

interface Row {
  readonly cells: number;
  readonly report: Pick<ProgramCost, 'seconds' | 'peakBytes'>;
  readonly baselineBytes: number;
}

async function main(): Promise<void> {
  const rows: Row[] = [];
  for (const cells of sizes) rows.push(await costAt(cells));
  const start = await startUp();
  const text = documentOf(rows, start);
  if (!oneFile) writeFileSync(join(root, 'docs', 'scale.md'), text);
  console.log(text);
  if (missed(rows, start).length > 0) process.exitCode = 1;
}

async function costAt(cells: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'scale-'));
  try {
    const baseline = join(folder, 'baseline');
    const store = fileStore(baseline, condensedRun);
    for (let run = 1; run <= storedRuns; run += 1) await store.append(largeRun(cells, run));
    const used = Array.from({ length: storedRuns }, (_, index) => ({ ...nameOf(index + 1), distance: storedRuns - index }));
    const comparison = { baseline: { used, leftOut: [], accepted: [] }, pairs: noPairs, looks: [10, 20, 40] };
    const parts = largeRun(cells, storedRuns + 1);
    for (const [index, part] of (oneFile ? [mergeParts(parts)] : parts).entries()) {
      writeFileSync(join(folder, `results-${index + 1}.json`), encodeResults({ ...part, comparison }));
    }
    const args = ['report', '--results', 'results-*.json', '--baseline-path', baseline, '--base-ref', 'main'];
    const report = await reportCost(args, folder);
    const baselineBytes = readdirSync(baseline).reduce((sum, name) => sum + statSync(join(baseline, name)).size, 0);
    return { cells, report, baselineBytes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The middle time of several reports, and the most memory that one took. */
async function reportCost(args: readonly string[], folder: string): Promise<Row['report']> {
  const costs: ProgramCost[] = [];
  for (let index = 0; index < reports; index += 1) costs.push(await measuredProgram('cli.mjs', args, { cwd: folder, codes: [0, 1] }));
  return { seconds: median(costs.map(({ seconds }) => seconds)), peakBytes: Math.max(...costs.map(({ peakBytes }) => peakBytes)) };
}

const noPairs = { kind: 'none', pairs: 'unasked', reason: 'No base was named.' } as const;

function nameOf(run: number): StoredRunName {
  const [first] = largeRun(1, run);
  if (first === undefined) throw new Error('a run has a part');
  const { runId, commit, created, machine } = first;
  return { runId, commit, created, cpuModel: machine.cpuModel };
}

/** The action up to its first line: a wrong input is found before anything else is done. */
async function startUp(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  mkdirSync(join(folder, 'home'));
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'home'), GITHUB_WORKSPACE: folder, INPUT_MODELS: 'gevent' };
  const costs: number[] = [];
  for (let index = 0; index < starts; index += 1) {
    costs.push((await measuredProgram('action.mjs', [], { cwd: folder, codes: [1], env })).firstLineSeconds);
  }
  rmSync(folder, { recursive: true, force: true });
  return median(costs);
}

function missed(rows: readonly Row[], start: number): readonly string[] {
  const largest = rows.at(-1);
  const small = rows.find(({ cells }) => cells === 300);
  return [
    ...(largest !== undefined && largest.report.seconds <= bounds.reportSeconds ? [] : ['report time']),
    ...(largest !== undefined && largest.report.peakBytes <= bounds.reportBytes ? [] : ['report memory']),
    ...(small !== undefined && small.baselineBytes <= bounds.baselineBytes ? [] : ['baseline size']),
    ...(start <= bounds.startSeconds ? [] : ['start-up']),
  ];
}

function documentOf(rows: readonly Row[], start: number): string {
  const least = rows[0];
  const lines = rows.map(({ cells, report, baselineBytes }) => {
    const perCell = ((report.seconds - (least?.report.seconds ?? 0)) / Math.max(1, cells - (least?.cells ?? 0))) * 1e6;
    const extra = cells === least?.cells ? '' : perCell.toFixed(0);
    return `| ${cells} | ${report.seconds.toFixed(2)} | ${extra} | ${(report.peakBytes / 1e6).toFixed(0)} | ${(baselineBytes / 1e6).toFixed(2)} | ${(baselineBytes / cells / storedRuns).toFixed(0)} |`;
  });
  const fails = missed(rows, start);
  return `# What size costs

Made by \`npm run bench:scale\`: \`report\` as a whole process of its own, from its start to its end, over runs of growing size with ${storedRuns}
stored runs each (the median time of ${reports}, the most memory); ${oneFile ? 'one results file' : 'a results file for each thousand cells'}, a Python for each of them, five processes a cell, five values a process,
fifteen metrics.

| cells | report, s | µs for each further cell | peak memory, MB | baseline, MB | bytes a cell and run |
| ---: | ---: | ---: | ---: | ---: | ---: |
${lines.join('\n')}

The action takes ${(start * 1000).toFixed(0)} ms from its start to its first line (median of ${starts}), which is ${((start / defaultBudgets.rounds) * 100).toFixed(2)} % of the shortest default time budget.

Bounds: a report over 10,000 cells in ${bounds.reportSeconds} s and ${bounds.reportBytes / 1e6} MB, a baseline of 300 cells in ${bounds.baselineBytes / 1e6} MB, a start in ${bounds.startSeconds * 1000} ms. ${fails.length === 0 ? 'All hold.' : `Missed: ${fails.join(', ')}.`}
`;
}

await main();
