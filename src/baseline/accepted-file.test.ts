import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { UserError } from '../model/user-error.ts';
import { acceptedShiftsOf, withAcceptedShifts } from './accepted-file.ts';
import { baselineStore } from './baseline-store.ts';
import { memoryFiles } from './memory-files.fixture.ts';

const shift = (cells: readonly string[]) => ({
  ...{ cells, commit: 'c'.repeat(40), by: 'maintainer', why: 'label "accept" on #7', created: '2026-11-26T12:00:00Z' },
});
const many = (count: number) => Array.from({ length: count }, (_, index) => `load_${index}/threads/x`);

describe('accepted changes', () => {
  it.each([
    [1, [1]],
    [1000, [1000]],
    [1001, [1000, 1]],
    [2500, [1000, 1000, 500]],
  ])('of %i cells take lines of at most a thousand', (count, lines) => {
    const cells = many(count);
    const text = withAcceptedShifts('', [shift(cells)]);
    const stored = acceptedShiftsOf(text);
    expect(stored.map((each) => each.cells.length)).toEqual(lines);
    expect(stored.flatMap((each) => each.cells).toSorted()).toEqual(cells.toSorted());
    expect(withAcceptedShifts(text, [shift(cells.toReversed())])).toBe(text);
  });

  it.each([[['a\nb']], [['']], [['x'.repeat(1001)]]])('that could not be read again are refused', (cells) => {
    expect(() => withAcceptedShifts('', [shift(cells)])).toThrow(UserError);
    expect(() => withAcceptedShifts('', [shift(cells)])).toThrow(/accepted since c{12} cannot be stored.*"baseline accept"\.$/);
  });
});

it('says in a commit how many cells and which run, and no name that GitHub would make a link or a mention of', async () => {
  const summaries: string[] = [];
  const files = memoryFiles();
  const told = {
    ...files,
    change: (...[summary, ...rest]: Parameters<typeof files.change>) => {
      summaries.push(summary);
      return files.change(summary, ...rest);
    },
  };
  const store = baselineStore(told, condensedRun);
  await store.accept(shift(['@octocat/#1/x', 'b']));
  await store.accept(shift(['@octocat/#1/x']));
  await store.append([{ ...resultsDocument(), runId: '7-1-@octocat #1' }]);
  expect(summaries).toEqual([
    `accept 2 cells since ${'c'.repeat(12)}`,
    `accept 1 cell since ${'c'.repeat(12)}`,
    expect.stringMatching(/^store run 7-1-_octocat__1/),
  ]);
});
