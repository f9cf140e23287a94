import { describe, expect, test } from 'vitest';
import type { CellValues } from '../../bench/compare/cell-values.ts';
import { disagreements } from '../../bench/compare/disagreement.ts';
import { effectiveValues, intraclassCorrelation } from '../../bench/compare/intraclass-correlation.ts';
import { pooledT } from '../../bench/compare/pooled-t.ts';
import type { PyperfRow } from '../../bench/compare/pyperf.ts';
import { cellOf } from './compare.fixture.ts';

describe('why pyperf says otherwise', () => {
  const chance: PyperfRow = { verdict: 'not significant', ratio: '1.01x slower', t: 'not shown' };
  const slower: PyperfRow = { verdict: 'slower', ratio: '1.10x slower', t: -3 };
  const faster: PyperfRow = { verdict: 'faster', ratio: '1.10x faster', t: 3 };
  const process = (value: number): readonly number[] => [value, value * 1.001, value * 1.002];
  const spread = [1, 1.1, 1.2, 1.3, 1.4].map(process);
  const shifted = [1.15, 1.25, 1.35, 1.45, 1.55].map(process);
  const apart = [2, 2.1, 2.2, 2.3, 2.4].map(process);
  const reasons = (cell: CellValues, single: PyperfRow, every: PyperfRow) =>
    disagreements(cell, { 'one a process': single, 'every value': every }).map(({ values, agreement, reason }) => [
      values,
      agreement,
      reason,
    ]);

  test('nothing where it says the same', () => {
    expect(reasons(cellOf(spread, shifted), chance, chance)).toEqual([]);
    expect(reasons(cellOf(spread, apart), slower, slower)).toEqual([]);
  });

  test('values of one process counted as independent', () => {
    const [[values, agreement, reason] = []] = reasons(cellOf(spread, shifted), chance, slower);
    expect([values, agreement]).toEqual(['every value', 'one sees chance']);
    expect(reason).toMatch(
      /counts the 15 values of 5 processes a side as independent: t is 2\.81 \(5 %: 2\.05\)\. .*correlation 1\), so that they are worth about 5\./,
    );
    expect(reason).toMatch(/On one value a process t is 1\.50 \(5 %: 2\.31\), and the ranks give p = 0\.22\.$/);
  });

  test('a t where ranks cannot reach the level, and one that weighs distances', () => {
    const few = cellOf(spread.slice(0, 3), apart.slice(0, 3));
    expect(reasons(few, slower, slower)).toEqual([
      ['one a process', 'one sees chance', expect.stringContaining('3+3 processes cannot reach 5 % by ranks (p is at least 0.1)')],
      ['every value', 'one sees chance', expect.stringMatching(/^As with one value a process: 3\+3 processes/)],
    ]);
    const near = cellOf(spread, [1.35, 1.45, 1.55, 1.05, 1.75].map(process));
    expect(reasons(near, slower, chance)).toEqual([['one a process', 'one sees chance', expect.stringContaining('needs normal noise')]]);
  });

  test('an outlier that hides a difference from a t', () => {
    const [[, , reason] = []] = reasons(cellOf(spread, [...apart.slice(0, 4), process(60)]), chance, slower);
    expect(reason).toMatch(
      /^The ranks give p = 0\.0079, t is 1\.\d+ \(5 %: 2\.31\): the largest figure is 27 times the median of its side/,
    );
    const [[, , close] = []] = reasons(
      cellOf([1, 1.1, 1.2, 1.3, 1.4].map(process), [1.35, 1.41, 1.42, 1.43, 1.44].map(process)),
      chance,
      slower,
    );
    expect(close).toContain('a close call');
  });

  test('a mean that goes the other way, or drowns within the processes', () => {
    const [base, head] = [apart, spread.map(([first = 1, ...rest], index) => [first, ...rest, index === 0 ? 90 : first])];
    const cell = cellOf(
      base.map((values) => [...values, 2.5]),
      head,
    );
    expect(reasons(cell, faster, slower)).toEqual([
      [
        'every value',
        'opposite',
        expect.stringMatching(
          /^The mean of all values moved by \+\d+\.\d %, the median of the processes by −45\.5 %: the largest value is/,
        ),
      ],
    ]);
    expect(reasons(cell, faster, chance)).toEqual([
      ['every value', 'one sees chance', expect.stringMatching(/over one a process, its minimum, .* leaves it out\.$/)],
    ]);
  });

  test('its own error taken for significance', () => {
    const failed: PyperfRow = { ...slower, t: 'failed' };
    const [[, , uneven] = []] = reasons(cellOf(spread, shifted.slice(1)), failed, chance);
    expect(uneven).toBe(
      'Its t is only made for equal counts, and these are 5 and 4; pyperf catches that error and calls the cell significant.',
    );
    const flat = cellOf(
      [
        [1, 1],
        [1, 1],
      ],
      [
        [2, 2],
        [2, 2],
      ],
    );
    expect(reasons(flat, failed, chance)[0]?.[2]).toContain('divides by a spread of zero');
    expect(reasons(cellOf([[1, 1]], [[2, 2]]), failed, chance)[0]?.[2]).toContain('no test for two single values');
  });

  test('equal medians have no direction of ours', () => {
    const cell = cellOf([1, 2, 3, 3, 3, 3, 3, 3, 3].map(process), [3, 3, 3, 3, 3, 4, 5, 6, 7].map(process));
    expect(cell.ours.outcome.kind).toBe('different');
    expect(reasons(cell, slower, chance)[0]?.[2]).toContain('the two medians are equal');
  });
});

describe('what the reasons rest on', () => {
  test('the intraclass correlation is 1 for copies, near 0 for exchangeable values, and none where it cannot be', () => {
    expect(
      intraclassCorrelation(
        cellOf(
          [
            [1, 1],
            [2, 2],
          ],
          [
            [3, 3],
            [5, 5],
          ],
        ),
      ),
    ).toBe(1);
    expect(
      intraclassCorrelation(
        cellOf(
          [
            [1, 2],
            [2, 1],
          ],
          [
            [3, 5],
            [5, 3],
          ],
        ),
      ),
    ).toBe(0);
    expect(intraclassCorrelation(cellOf([[1], [2]], [[3], [5]]))).toBeNull();
    expect(
      intraclassCorrelation(
        cellOf(
          [
            [1, 1],
            [1, 1],
          ],
          [
            [1, 1],
            [1, 1],
          ],
        ),
      ),
    ).toBeNull();
    expect(
      intraclassCorrelation(
        cellOf(
          [
            [0, 1],
            [1, 1],
          ],
          [
            [1, 1],
            [1, 1],
          ],
        ),
      ),
    ).toBeNull();
    expect(effectiveValues(5, 3, 1)).toBe(5);
    expect(effectiveValues(5, 3, 0)).toBe(15);
  });

  test('the pooled t is pyperf’s', () => {
    // pyperf compare_to -v of these values prints t=-12.25.
    expect(pooledT([1, 1.1, 1.2], [2, 2.1, 2.2])?.t).toBeCloseTo(-12.247, 3);
    expect(pooledT([1, 1.1, 1.2], [2, 2.1, 2.2])?.limit).toBeCloseTo(2.776, 3);
    expect(pooledT([1, 1.1], [2, 2.1, 2.2])).toBeNull();
    expect(pooledT([1, 1], [2, 2])).toBeNull();
    expect(pooledT([1], [2])).toBeNull();
  });
});
