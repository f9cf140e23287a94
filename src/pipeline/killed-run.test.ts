import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeResults } from '../baseline/codec.ts';
import { beginJournal, journalPathOf } from '../baseline/journal-file.ts';
import { journalLine } from '../baseline/journal-line.ts';
import type { JournalEntry } from '../model/journal.ts';
import type { Results } from '../model/results.ts';
import { journaledPair, journaledPairs, journaledRounds, journalHeader, nothingYet } from './killed-journal.fixture.ts';
import { readRun } from './killed-run.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-run-'));
  path = join(folder, 'results.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function killed(entries: readonly JournalEntry[], change: Partial<Results> = {}): void {
  const writer = beginJournal(journalPathOf(path), { ...journalHeader, results: { ...nothingYet, ...change } });
  for (const entry of entries) writer.append(entry);
  writer.close();
}

function written(change: Partial<Results>): void {
  writeFileSync(path, encodeResults({ ...nothingYet, ...change }));
}

/** How many pairs each series of results has. */
function pairCounts({ comparison }: Results): readonly number[] {
  if (comparison?.pairs.kind !== 'pairs') return [];
  return comparison.pairs.run.series.map(({ outcome }) => [...outcome.pairs.values()].flat().length);
}

describe('a run that was killed', () => {
  it('is read with every pair that it measured, also when it was killed again before it came to them', async () => {
    const entries = journaledPairs(3);
    const comparison = entries.filter(({ kind }) => kind === 'comparison');
    killed([...entries, ...comparison]);
    expect(pairCounts(await readRun(path))).toEqual([3, 3]);
  });

  it('says what disturbed its processes, as one that came to its end does', async () => {
    const [first, ...others] = journaledRounds;
    if (first?.sample.status !== 'measured') throw new Error('the first sample measured nothing');
    killed([{ ...first, sample: { ...first.sample, disturbances: [{ cause: 'clock step', amount: 1 }] } }, ...others]);
    expect((await readRun(path)).warnings).toContainEqual(expect.objectContaining({ code: 'disturbed', cause: 'clock step', kept: 1 }));
  });

  it('is refused in words where its lines contradict each other', async () => {
    const { samples, ...pair } = journaledPair(0, 0);
    const [base, head] = samples;
    if (base === undefined || head === undefined) throw new Error('the pair is none');
    const elsewhere = { ...head.sample, cell: { ...head.sample.cell, workload: 'other' } };
    killed([...journaledPairs(1), { ...pair, round: 1, samples: [base, { side: 'head', sample: elsewhere }] }]);
    await expect(readRun(path)).rejects.toThrow(/results\.json\.journal cannot be read: .* Remove it; nothing was reported\./);
  });

  it('is read whole with as many lines as a stack has no room for', async () => {
    killed(journaledPairs(1));
    appendFileSync(journalPathOf(path), journalLine('{"kind":"look","series":0,"looks":2}').repeat(150_000));
    const { comparison } = await readRun(path);
    if (comparison?.pairs.kind !== 'pairs') throw new Error('the pairs are lost');
    expect(comparison.pairs.run.series[0]?.outcome.looksTaken).toBe(2);
  }, 30_000);
});

describe('a journal beside a results file', () => {
  const earlier = { runId: 'earlier', created: '2026-01-01T00:00:00.000Z' };
  const later = { runId: 'later', created: '2026-01-02T00:00:00.000Z' };

  it('is taken where it is of the later run, and that is said', async () => {
    written(earlier);
    killed(journaledRounds, later);
    const results = await readRun(path);
    expect(results).toMatchObject({ runId: 'later', partial: true });
    expect(results.warnings).toContainEqual({ code: 'two runs', file: 'results.json', taken: 'journal' });
  });

  it('does not take the place of the results of a later run, and that is said', async () => {
    written(later);
    killed(journaledRounds, earlier);
    const results = await readRun(path);
    expect(results.runId).toBe('later');
    expect(results.warnings).toContainEqual({ code: 'two runs', file: 'results.json', taken: 'results' });
  });

  it('counts for nothing where it is of the same run', async () => {
    written(later);
    killed(journaledRounds, later);
    expect(await readRun(path)).toEqual({ ...nothingYet, ...later });
  });
});
