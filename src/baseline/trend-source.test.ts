import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { withRuns } from './baseline-file-text.ts';
import { trendReader } from './trend-source.ts';

const textOf = (...runs: readonly string[]) => runs.reduce((text, runId) => withRuns(text, [condensedRun(resultsDocument({ runId }))]), '');
const momentOf = (now: Readonly<Record<string, string>>, changes: Readonly<Record<string, string>> = {}) => ({
  ...{ now: new Map(Object.entries(now)), changes: new Map(Object.entries(changes)) },
  there: Object.keys(now).toSorted(),
});
const idsIn = (files: ReturnType<ReturnType<typeof trendReader>>['files']) => files.map((runs) => runs.map(({ runId }) => runId));

describe('what charts are drawn from', () => {
  const [first, second] = [textOf('one'), textOf('two')];

  it('is what changes before anything else, where not all of it fits', () => {
    const read = trendReader(second.length + 10);
    const stored = read(momentOf({ 'a.jsonl': first, 'z.jsonl': 'old' }, { 'z.jsonl': second }));
    expect(idsIn(stored.files)).toEqual([['two']]);
    expect(stored).toMatchObject({ leftOutFiles: 1, cutFiles: 0 });
  });

  it('is then of the same machine, and the newest version first', () => {
    const names = ['m_x_x_1_3.9.jsonl', 'm_x_x_1_3.10.jsonl', 'other_x_x_1_3.14.jsonl'];
    const now = Object.fromEntries(names.map((name) => [name, textOf(name)]));
    const changed = textOf('changed');
    const room = changed.length + (now['m_x_x_1_3.10.jsonl']?.length ?? 0);
    expect(idsIn(trendReader(room)(momentOf(now, { 'm_x_x_1_3.14.jsonl': changed })).files)).toEqual([['m_x_x_1_3.10.jsonl'], ['changed']]);
  });

  it('is the runs stored last of a file that does not fit', () => {
    const text = textOf('one', 'two', 'three');
    const stored = trendReader(text.length - 10)(momentOf({ 'a.jsonl': text }));
    expect(idsIn(stored.files)).toEqual([['two', 'three']]);
    expect(stored).toMatchObject({ leftOutFiles: 0, cutFiles: 1 });
  });

  it('is refused where not one run fits, and nothing where nothing is stored', () => {
    expect(() => trendReader(10)(momentOf({ 'a.jsonl': first }))).toThrow('No run of 1 file could be read');
    expect(trendReader(10)(momentOf({}))).toEqual({ files: [], accepted: [], leftOutFiles: 0, cutFiles: 0 });
  });

  it('is parsed anew only where the text is another one', () => {
    const read = trendReader();
    const before = read(momentOf({ 'a.jsonl': first, 'b.jsonl': first })).files;
    const after = read(momentOf({ 'a.jsonl': first, 'b.jsonl': first }, { 'b.jsonl': second })).files;
    expect(after[0]).toBe(before[0]);
    expect(idsIn(after)).toEqual([['one'], ['two']]);
  });
});
