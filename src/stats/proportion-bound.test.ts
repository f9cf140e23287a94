import { describe, expect, it } from 'vitest';
import { proportionUpperBound } from './proportion-bound.ts';

describe('proportionUpperBound', () => {
  it.each([
    // Of nothing: 1 - 0.05^(1 / n); 3 / n for large n.
    [0, 10, 0.2588656],
    [0, 300, 0.0099359],
    // Where the sum of the binomial probabilities up to the count falls to 5 %, summed term by term.
    [1, 10, 0.3941633],
    [5, 100, 0.1022534],
  ])('%d of %d', (count, trials, bound) => {
    expect(proportionUpperBound({ count, trials, level: 0.95 })).toBeCloseTo(bound, 6);
  });

  it('knows nothing without a trial, and excludes nothing when all failed', () => {
    expect(proportionUpperBound({ count: 0, trials: 0, level: 0.95 })).toBe(1);
    expect(proportionUpperBound({ count: 4, trials: 4, level: 0.95 })).toBe(1);
  });

  it.each([
    [5, 4, 0.95],
    [-1, 4, 0.95],
    [1, 4, 1],
  ])('refuses %d of %d at %d', (count, trials, level) => {
    expect(() => proportionUpperBound({ count, trials, level })).toThrow(RangeError);
  });
});
