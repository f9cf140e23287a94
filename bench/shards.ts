import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeResults } from '../src/baseline/codec.ts';
import { readResultsFile } from '../src/baseline/results-file.ts';
import { mergedChoice } from '../src/judge/baseline-choice.ts';
import { mergePairs } from '../src/judge/merge-pairs.ts';
import { mergeParts } from '../src/judge/merge-parts.ts';
import { cellId } from '../src/model/cell.ts';
import type { Results } from '../src/model/results.ts';
import { shardsDocument } from './shards/document.ts';
import { runProgram } from './shards/program.ts';
import { sampleProject } from './shards/sample-project.ts';

// Plans a run over several Pythons and two uvloops, measures every shard in a process and a folder of its own, reports
// once over all of them, and holds that report against the one of a single job on the same samples.
//
//   npm run bench:shards -- 3.9 3.10 3.11 3.12 3.13 /path/to/python3.14

const root = join(import.meta.dirname, '..');
const pythons = process.argv.slice(2);
const uvloops = '0.21.0,0.22.1';
const common = [
  ...['--workloads', 'fan_out_five,blocking_calls', '--models', 'threads,uvloop'],
  ...['--processes', '2', '--values', '1', '--seed', '1', '--confirm-pairs', '20', '--null-run', 'true', '--baseline-store', 'file'],
  ...['--python-version', pythons.join(','), '--uvloop-version', uvloops],
];

/** One suspect for each job: how many a job confirms is its own affair, so that the reports are asked without it. */
const few = ['--max-suspects', '1'];

interface MatrixEntry {
  readonly shard: string;
  readonly name: string;
}

async function main(): Promise<void> {
  if (pythons.length === 0) throw new Error('Name the Pythons: npm run bench:shards -- 3.12 3.13');
  const folder = mkdtempSync(join(tmpdir(), 'shards-'));
  try {
    await comparedIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function comparedIn(folder: string): Promise<void> {
  const project = sampleProject(join(folder, 'project'));
  const plan = await runProgram(project, ['plan', '--json', ...common]);
  const { include }: { readonly include: readonly MatrixEntry[] } = JSON.parse(plan.stdout);
  const began = performance.now();
  const files: string[] = [];
  for (const [index, { shard, name }] of include.entries()) {
    const place = join(folder, `shard-${index + 1}`);
    cpSync(project, place, { recursive: true });
    console.error(`Measuring ${name}`);
    await runProgram(place, ['measure', ...common, ...few, '--shard', shard]);
    files.push(join(place, '.concurrency-regressions', 'results.json'));
  }
  const seconds = (performance.now() - began) / 1000;
  const parts = await Promise.all(files.map(readResultsFile));
  const sharded = await reportOn(project, files);
  const single = join(folder, 'single.json');
  writeFileSync(single, `${encodeResults(combined(parts))}\n`);
  const whole = await reportOn(project, [single]);
  const all = await oneJob(join(folder, 'all'), project);
  const document = shardsDocument({ include, parts, seconds, all, same: { shards: sharded === whole, job: all.report === all.again } });
  writeFileSync(join(root, 'docs', 'shards.md'), document);
  console.log(document);
  if (sharded !== whole || all.report !== all.again) process.exitCode = 1;
}

/** What one job would have written of the same samples. */
function combined(parts: readonly Results[]): Results {
  const pairs = mergePairs(
    parts.map(({ comparison }, index) => ({ name: `part ${index}`, pairs: comparison?.pairs ?? { kind: 'not needed' } })),
  );
  const baseline = mergedChoice(parts.flatMap(({ comparison }) => (comparison === null ? [] : [comparison.baseline])));
  return { ...mergeParts(parts), comparison: { baseline, pairs, looks: parts[0]?.comparison?.looks ?? [] } };
}

async function reportOn(project: string, files: readonly string[], also: readonly string[] = []): Promise<string> {
  // What an earlier report remembered would be in this one.
  rmSync(join(project, '.concurrency-regressions'), { recursive: true, force: true });
  mkdirSync(join(project, 'reports'), { recursive: true });
  const path = join(project, 'reports', 'report.md');
  await runProgram(project, ['report', ...common, ...also, '--results', files.join(','), '--report-path', path], [0, 1]);
  return readFileSync(path, 'utf8');
}

/** Mode `all` for real, and `report` on the file that it wrote. */
async function oneJob(place: string, project: string) {
  cpSync(project, place, { recursive: true });
  const results = join(place, '.concurrency-regressions', 'results.json');
  rmSync(join(place, '.concurrency-regressions'), { recursive: true, force: true });
  await runProgram(place, ['run', ...common, ...few], [0, 1]);
  const report = readFileSync(join(place, '.concurrency-regressions', 'report.md'), 'utf8');
  const cells = new Set((await readResultsFile(results)).samples.map(({ cell }) => cellId(cell)));
  return { cells, report, again: await reportOn(project, [results], few) };
}

await main();
