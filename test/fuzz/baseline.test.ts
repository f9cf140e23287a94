import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { parseBaselineFile } from '../../src/baseline/baseline-file.ts';
import { withRuns } from '../../src/baseline/baseline-file-text.ts';
import { runFileName } from '../../src/baseline/baseline-store.ts';
import { fileStore } from '../../src/baseline/file-store.ts';
import type { BaselineStore, StoredBaseline } from '../../src/baseline/store.ts';
import { indexCells } from '../../src/judge/cell-index.ts';
import { compareWithBaseline } from '../../src/judge/comparison.ts';
import { condensedRun } from '../../src/judge/condensed-run.ts';
import type { Results } from '../../src/model/results.ts';
import type { Run } from '../../src/model/run.ts';
import { UserError } from '../../src/model/user-error.ts';
import { historyRun } from '../fixtures/baseline-history.ts';
import { fixtureRuntime } from '../fixtures/results/factory.ts';
import { count } from '../hostile/counts.ts';
import { type Mutation, mutationsOf } from './mutation.ts';
import { prototypeIsClean, unsoundness } from './soundness.ts';

const runs = [0, 1, 2].map((run) => condensedRun(historyRun({ cells: 3, run, processes: 3 })));
const added = historyRun({ cells: 3, run: 40, processes: 3 });
const { machine } = added;
const runtime = fixtureRuntime('3.13.0');
const whole = Buffer.from(withRuns('', runs));
const pristine = new Set(whole.toString('utf8').trimEnd().split('\n'));
const folder = mkdtempSync(join(tmpdir(), 'fuzz-baseline-'));
const path = join(folder, runFileName(added) ?? '');

type MakeStore = () => BaselineStore;
const realStore: MakeStore = () => fileStore(folder, condensedRun);

/** The lines of bytes that are not blank, as bytes, by their number from 1. */
function linesOf(bytes: Buffer): ReadonlyMap<number, Buffer> {
  const lines = bytes
    .toString('latin1')
    .split('\n')
    .map((line, at) => [at + 1, Buffer.from(line, 'latin1')] as const);
  return new Map(lines.filter(([, line]) => line.toString('utf8').trim() !== ''));
}

/** What a damaged baseline came to that it must not come to, or null. */
async function harm(mutation: Mutation, makeStore: MakeStore): Promise<string | null> {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  writeFileSync(path, mutation.bytes);
  try {
    const read = await makeStore().read(machine, runtime);
    const fault = misread(read, mutation) ?? misjudged(read) ?? (await overwritten(read, mutation, makeStore()));
    return fault ?? (prototypeIsClean() ? null : 'changed what every object inherits');
  } catch (error) {
    return `threw ${error}`;
  }
}

/** Every line is as it was written, or reported; what is read is what was stored. A forged line may be read when it is sound. */
function misread({ runs: found, warnings }: StoredBaseline, { bytes, signed }: Mutation): string | null {
  const reported = new Set(warnings.map((warning) => (warning.code === 'baseline damaged' ? warning.line : null)));
  const lines = [...linesOf(bytes)];
  const silent = lines.filter(([number, line]) => !reported.has(number) && !pristine.has(line.toString('utf8').trim()));
  if (silent.length > (signed ? 1 : 0)) return `said nothing of line ${silent[0]?.[0]}`;
  const stored = lines.filter(([, line]) => line.includes('"kind":"run"') && pristine.has(line.toString('utf8').trim()));
  if (found.length === 0 && stored.length > 0 && warnings.length === 0) return 'is empty without a word';
  const unknown = found.filter((run) => !runs.some((known) => isDeepStrictEqual(plain(known), plain(condensedRun(run)))));
  if (!signed && unknown.length > 0) return 'gave a run that was never stored';
  const [unsound] = found.map(condensedRun).flatMap(unsoundness);
  return unsound === undefined ? null : `was taken: ${unsound}`;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function misjudged({ runs: found }: StoredBaseline): string | null {
  const changes = compareWithBaseline(indexCells(added), found);
  return found.length === 0 && changes.some(({ status }) => status === 'compared') ? 'was compared with nothing' : null;
}

/** What could not be read is there afterwards, byte for byte, and the new run can be read. */
async function overwritten({ warnings }: StoredBaseline, { bytes }: Mutation, store: BaselineStore): Promise<string | null> {
  try {
    await store.append([added]);
  } catch (error) {
    if (!(error instanceof UserError)) return `threw ${error} when a run was added`;
    return bytes.equals(readFileSync(path)) ? null : 'was changed by an append that failed';
  }
  const after = new Set([...linesOf(readFileSync(path)).values()].map((line) => line.toString('latin1')));
  const before = linesOf(bytes);
  const damaged = warnings.flatMap((warning) => (warning.code === 'baseline damaged' ? (before.get(warning.line) ?? []) : []));
  if (damaged.some((line) => !after.has(line.toString('latin1')))) return 'lost a line that could not be read';
  const { runs: found } = await realStore().read(machine, runtime);
  return found.some(({ runId }) => runId === added.runId) ? null : 'lost the run that was added';
}

async function harms(count: number, makeStore: MakeStore): Promise<readonly string[]> {
  const found: string[] = [];
  for (const mutation of mutationsOf(whole, count, 'baseline')) {
    const what = await harm(mutation, makeStore);
    if (what !== null) found.push(`${mutation.name} ${what}`);
  }
  return found;
}

it('a thousand damaged baselines cost the damaged lines alone, which are named and survive', async ({ task }) => {
  const found = await harms(1000, realStore);
  count(task, { tried: 1000, passed: 1000 - found.length });
  expect(found).toEqual([]);
}, 300_000);

/** Stores with a fault in them, as somebody might write one. */
const planted: readonly (readonly [string, MakeStore])[] = [
  ['does not validate', () => ({ ...realStore(), read: async () => trusted(readFileSync(path, 'utf8')) })],
  [
    'says nothing of damage',
    () => ({ ...realStore(), read: async () => ({ ...(await realStore().read(machine, runtime)), warnings: [] }) }),
  ],
  ['writes over what it cannot read', () => ({ ...realStore(), append: (parts) => overwrite(parts).then(() => []) })],
];

it.each(planted)('the harness sees a store that %s', async (what, makeStore) => {
  const found = await harms(200, makeStore);
  console.log(`a store that ${what}: 200 mutations tried, ${found.length} caught`);
  expect(found.length).toBeGreaterThan(20);
});

/** Reads what the digests and schemas would refuse. */
function trusted(text: string): StoredBaseline {
  const resigned = text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  const known = new Map(resigned.map((line) => [line?.id, line]));
  const found = resigned
    .filter((line) => line?.kind === 'run')
    .map(
      (line): Results => ({
        ...(runs[0] ?? added),
        ...line,
        schema: 2,
        kind: 'results',
        machine: known.get(line.machine)?.machine,
        runtimes: [known.get(line.runtime)?.runtime],
        workloads: [],
      }),
    );
  return { runs: found, warnings: [] };
}

async function overwrite(parts: readonly Run[]): Promise<void> {
  const readable = parseBaselineFile(readFileSync(path, 'utf8')).filter(({ status }) => status !== 'damaged');
  writeFileSync(path, withRuns(readable.map(({ text }) => `${text}\n`).join(''), parts.map(condensedRun)));
}
