import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { baselineStore } from '../../src/baseline/baseline-store.ts';
import { encodeResults } from '../../src/baseline/codec.ts';
import { memoryFiles } from '../../src/baseline/memory-files.fixture.ts';
import { readResultsFile } from '../../src/baseline/results-file.ts';
import { resultsOf } from '../../src/baseline/results-schema.ts';
import { indexCells } from '../../src/judge/cell-index.ts';
import { compareWithBaseline } from '../../src/judge/comparison.ts';
import { condensedRun } from '../../src/judge/condensed-run.ts';
import { noBaseline } from '../../src/model/baseline-choice.ts';
import { cellId } from '../../src/model/cell.ts';
import { metricOf } from '../../src/model/metric.ts';
import type { PairSuspect } from '../../src/model/pair-suspect.ts';
import type { Comparison, Results } from '../../src/model/results.ts';
import type { Sample } from '../../src/model/sample.ts';
import type { PairsOutcome } from '../../src/model/sample-pair.ts';
import { UserError } from '../../src/model/user-error.ts';
import { resultsDocument } from '../fixtures/results-document.ts';
import { count } from '../hostile/counts.ts';
import { type Mutation, mutationsOf } from './mutation.ts';
import { prototypeIsClean, unsoundness } from './soundness.ts';

const folder = mkdtempSync(join(tmpdir(), 'fuzz-results-'));
const path = join(folder, 'results.json');
const whole = resultsDocument({
  comparison: pairedComparison(),
  shard: { run: 'plan', index: 1, pythons: [['3.13', 1]], workloads: ['spawn'], cells: 1 },
});
const mutations = (count: number) => mutationsOf(Buffer.from(`${encodeResults(whole)}\n`), count, 'results');

/** Two pairs of the one cell that was measured, and a process that broke. */
function pairedComparison(): Comparison {
  const { runtimes, samples } = resultsDocument();
  const [[runtime], [measured, broken]] = [runtimes, samples];
  if (runtime === undefined || measured?.status !== 'measured' || broken?.status !== 'broken') throw new Error('the fixture changed');
  const suspectOf = ({ cell }: Sample): PairSuspect => {
    const sides = { base: runtime, head: runtime };
    return { id: cellId(cell), cell, runtimes: sides, metric: metricOf('cpu_per_unit'), sourceDiffers: false };
  };
  const suspects = [suspectOf(measured), suspectOf(broken)];
  const pairs = new Map([[cellId(measured.cell), [0, 1].map((round) => ({ base: { ...measured, round }, head: { ...measured, round } }))]]);
  const outcome: PairsOutcome = {
    pairs,
    broken: new Map([[cellId(broken.cell), { side: 'head', sample: broken }]]),
    looksTaken: 1,
    processes: 5,
    endedBy: 'schedule',
  };
  const base = { commit: 'b'.repeat(40), origin: 'merge base with origin/main', notes: ['Its tags were not fetched.'] };
  const plan = { suspects, lone: [], notComparable: [] };
  const run = { base, plan, series: [{ suspects, outcome }], movedFamilies: [], seconds: 3 };
  return { baseline: noBaseline, looks: [10, 20], pairs: { kind: 'pairs', run } };
}

/** What a damaged file came to that it must not come to; null where it was refused or read soundly. */
async function harm({ bytes }: Mutation, read: (path: string) => Promise<Results>): Promise<string | null> {
  writeFileSync(path, bytes);
  try {
    const results = await read(path);
    const [fault] = unsoundness(results);
    if (fault !== undefined) return `was taken: ${fault}`;
    compareWithBaseline(indexCells(whole), [condensedRun(results)]);
    if (!results.partial) await baselineStore(memoryFiles(), condensedRun).append([results]);
  } catch (error) {
    if (!(error instanceof UserError)) return `threw ${error}`;
    if (!error.message.includes(path)) return `was refused without its name: ${error.message}`;
    if (error.message.length > 1000 || /\p{Cc}/u.test(error.message)) return 'was refused with a message that holds the damage';
  }
  return prototypeIsClean() ? null : 'changed what every object inherits';
}

async function harms(count: number, read: (path: string) => Promise<Results>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const mutation of mutations(count)) {
    const what = await harm(mutation, read);
    if (what !== null) found.push(`${mutation.name} ${what}`);
  }
  return found;
}

it('a thousand damaged results files are refused by name or read soundly', async ({ task }) => {
  const found = await harms(1000, readResultsFile);
  count(task, { tried: 1000, passed: 1000 - found.length });
  expect(found).toEqual([]);
});

it('the harness sees a reader that does not validate', async () => {
  const trusting = async (from: string): Promise<Results> => {
    const text = readFileSync(from, 'utf8');
    try {
      return resultsOf(JSON.parse(text));
    } catch {
      throw new UserError(`${from} is not JSON.`, 'Repair it.');
    }
  };
  const found = await harms(300, trusting);
  console.log(`a reader that does not validate: 300 mutations tried, ${found.length} caught`);
  expect(found.length).toBeGreaterThan(30);
});

it.each([200_000_000, 2 ** 33])('a file of %d bytes is refused before it is read', async (bytes) => {
  writeFileSync(path, '');
  truncateSync(path, bytes);
  const before = process.memoryUsage().rss;
  await expect(readResultsFile(path)).rejects.toThrow(new RegExp(`has ${bytes} bytes, and at most \\d+ are read`));
  expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
});

it.each(['/dev/zero', tmpdir()])('%s is refused, because it is no file', async (place) => {
  await expect(readResultsFile(place)).rejects.toThrow(/no regular file/);
});
