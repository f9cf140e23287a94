import { median as middle } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { logMedian, maximum, mean, median, minimum, quantile, standardDeviation } from './quantiles.ts';
import { seededRandom } from './random.ts';

describe('quantiles', () => {
  const values = Object.freeze([4, 1, 3, 2]);

  test('agree with hand computation and leave their input alone', () => {
    expect(minimum(values)).toBe(1);
    expect(maximum(values)).toBe(4);
    expect(median(values)).toBe(2.5);
    expect(mean(values)).toBe(2.5);
    // Type 7: index (4 - 1) * .25 = .75, so 1 + .75 * (2 - 1).
    expect(quantile(values, 0.25)).toBe(1.75);
    // Deviations 1.5, 1.5, .5, .5: the squares sum to 5, over n - 1 = 3.
    expect(standardDeviation(values)).toBeCloseTo(Math.sqrt(5 / 3), 12);
  });

  test('agree with the library but for its rounding, whatever the length', () => {
    const random = seededRandom('medians');
    for (const count of [1, 2, 3, 4, 5, 8, 31, 32, 33, 100]) {
      const some = Array.from({ length: count }, () => Math.exp(random()));
      expect(median(some)).toBeCloseTo(middle([...some]), 14);
      expect(logMedian(some)).toBeCloseTo(middle(some.map(Math.log)), 14);
    }
  });

  test('round the middle of an even number of values once, where to interpolate rounds twice', () => {
    const [below, above] = [0.001, 0.009];
    expect(below + (above - below) / 2).not.toBe((below + above) / 2);
    for (const others of [0, 20]) {
      const values = [...Array.from({ length: others }, () => 0), above, below, ...Array.from({ length: others }, () => 1)];
      expect(median(values)).toBe((below + above) / 2);
    }
  });

  test('reject what has no answer instead of giving a plausible one', () => {
    expect(() => median([3, Number.NaN, 1])).toThrow('median needs finite values, got NaN');
    expect(() => minimum([Number.POSITIVE_INFINITY])).toThrow('got Infinity');
    expect(() => mean([])).toThrow('mean needs at least one value');
    expect(() => quantile([], 0.5)).toThrow('quantile needs at least one value');
    expect(() => maximum([])).toThrow('maximum needs at least one value');
    expect(() => standardDeviation([1])).toThrow('standard deviation needs two values, got 1');
  });
});
