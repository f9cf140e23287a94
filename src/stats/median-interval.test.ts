import { describe, expect, test } from 'vitest';
import { intervalLevel } from '../model/change.ts';
import { fewestForMedianInterval, processMedian } from './median-interval.ts';
import { seededRandom } from './random.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the median of the processes of one side', () => {
  test.each([
    // 2 P(B < r) <= 0.05 for n trials at one half: n = 6: 2/64; n = 8: 18/256 is too much for r = 2; n = 9: 20/512; n = 20: 2 · 0.0207.
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [20, 6, 15],
  ])('of %i values lies between order statistics %i and %i', (count, low, high) => {
    expect(processMedian(upTo(count)).spread).toEqual({ kind: 'interval', low, high });
  });

  test('too few for an interval: the range, which is said', () => {
    expect(fewestForMedianInterval()).toBe(6);
    expect(processMedian([3, 1, 2, 9, 4])).toEqual({ value: 3, spread: { kind: 'range', low: 1, high: 9 }, processes: 5 });
    expect(processMedian([7])).toEqual({ value: 7, spread: { kind: 'range', low: 7, high: 7 }, processes: 1 });
  });

  test('thousands of values underflow nothing', () => {
    const { spread } = processMedian(upTo(4001));
    expect(spread.kind).toBe('interval');
    // The normal approximation: 2001 -+ 1.96 · sqrt(4001) / 2.
    expect(spread.low).toBeCloseTo(1939, -1);
    expect(spread.high).toBeCloseTo(2063, -1);
  });

  test.each([7, 12, 25])('of %i values the interval covers at its level', (count) => {
    const random = seededRandom(`median ${count}`);
    const trials = 4000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      // Exponential values, whose true median is ln 2: skewed as timings are.
      const { low, high } = processMedian(upTo(count).map(() => -Math.log(1 - random()))).spread;
      if (low <= Math.LN2 && Math.LN2 <= high) covered += 1;
    }
    expect(covered / trials).toBeGreaterThan(intervalLevel - 0.01);
  });

  test('nothing is made of no value or of one that is no number', () => {
    expect(() => processMedian([])).toThrow(RangeError);
    expect(() => processMedian([1, Number.NaN])).toThrow(RangeError);
  });
});
