import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceFromEarlier } from './prediction-interval.ts';
import { type Random, seededRandom } from './random.ts';
import { geometricMean, logarithms, welchDifference, welchRatio } from './welch.ts';

const level = 0.95;
const trials = 4000;
/** Five standard deviations of a share of 95 % in that many trials: sqrt(.95 * .05 / 4000) * 5. */
const tolerance = 0.0173;

/** One standard normal deviate (Box and Muller 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Process values as they come: log-normal around `centre`. */
function timings(random: Random, { count, centre, spread }: { count: number; centre: number; spread: number }): number[] {
  return Array.from({ length: count }, () => centre * Math.exp(spread * normal(random)));
}

function share(covers: () => boolean): number {
  let covered = 0;
  for (let trial = 0; trial < trials; trial += 1) covered += covers() ? 1 : 0;
  return covered / trials;
}

const positive = fc.array(fc.double({ min: 1e-7, max: 1e3, noNaN: true }), { minLength: 3, maxLength: 8 });

describe('Welch interval', () => {
  test('agrees with hand computation', () => {
    // Variances 1 and 4, n = 3: error sqrt(1/3 + 4/3) = 1.29099; df = (5/3)^2 / ((1/3)^2/2 + (4/3)^2/2) = 2.941176;
    // tq(.975, 2.941176) = 3.21875861 (mpmath).
    const estimate = welchDifference({ head: [1, 2, 3], base: [4, 6, 8], level });
    expect(estimate.value).toBe(-4);
    expect(estimate.high).toBeCloseTo(-4 + 1.2909944487 * 3.21875861, 5);
    expect(estimate.low).toBeCloseTo(-4 - 1.2909944487 * 3.21875861, 5);
  });

  test('is the point when neither side has any spread', () => {
    expect(welchDifference({ head: [6, 6, 6], base: [2, 2, 2], level })).toEqual({ value: 4, low: 4, high: 4 });
    const ratio = welchRatio({ head: [6, 6, 6], base: [2, 2, 2], level });
    for (const bound of [ratio.value, ratio.low, ratio.high]) expect(bound).toBeCloseTo(3, 12);
  });

  test.each([
    [5, 5, 0.1, 0.1],
    [3, 10, 0.05, 0.3],
    [10, 3, 0.4, 0.4],
  ])('covers the true ratio at least 95 times in 100: %i against %i processes', (heads, bases, headSpread, baseSpread) => {
    const random = seededRandom(`welch ${heads} ${bases}`);
    const covered = share(() => {
      const head = timings(random, { count: heads, centre: 1.2e-5, spread: headSpread });
      const base = timings(random, { count: bases, centre: 1e-5, spread: baseSpread });
      const { low, high } = welchRatio({ head, base, level });
      return low <= 1.2 && 1.2 <= high;
    });
    expect(covered).toBeGreaterThan(level - tolerance);
    expect(covered).toBeLessThan(0.985);
  });

  test('does not change with the order of values or the unit of time, and turns over with the sides', () => {
    fc.assert(
      fc.property(positive, positive, fc.constantFrom(1e-3, 60, 1e9), (head, base, unit) => {
        const plain = welchRatio({ head, base, level });
        const scaled = welchRatio({ head: [...head].reverse().map((v) => v * unit), base: base.map((v) => v * unit), level });
        const turned = welchRatio({ head: base, base: head, level });
        for (const key of ['value', 'low', 'high'] as const) {
          expect(Math.log(scaled[key])).toBeCloseTo(Math.log(plain[key]), 6);
        }
        expect(Math.log(turned.low)).toBeCloseTo(-Math.log(plain.high), 6);
        expect(plain.low).toBeLessThanOrEqual(plain.value);
        expect(plain.value).toBeLessThanOrEqual(plain.high);
      }),
      { seed: 3 },
    );
  });

  test('refuses what has no logarithm', () => {
    expect(() => logarithms([1, 0])).toThrow('got 0');
    expect(() => geometricMean([1, -2])).toThrow('got -2');
    expect(geometricMean(new Array<number>(400).fill(1e-3))).toBeCloseTo(1e-3, 12);
  });
});

describe('prediction interval', () => {
  test('agrees with hand computation', () => {
    // Mean 2, s = 1, n = 3: tq(.975, 2) * sqrt(4/3) = 4.30265273 * 1.15470054 = 4.96827546.
    const estimate = differenceFromEarlier({ next: 5, earlier: [1, 2, 3], level });
    expect(estimate.value).toBe(3);
    expect(estimate.low).toBeCloseTo(3 - 4.96827546, 7);
    expect(estimate.high).toBeCloseTo(3 + 4.96827546, 7);
  });

  test.each([3, 10, 30])('holds a new run of the same distribution 95 times in 100: %i stored runs', (runs) => {
    const random = seededRandom(`prediction ${runs}`);
    const covered = share(() => {
      const earlier = logarithms(timings(random, { count: runs, centre: 2e-3, spread: 0.07 }));
      const [next = 0] = logarithms(timings(random, { count: 1, centre: 2e-3, spread: 0.07 }));
      const { low, high } = differenceFromEarlier({ next, earlier, level });
      return low <= 0 && 0 <= high;
    });
    expect(Math.abs(covered - level)).toBeLessThan(tolerance);
  });

  test('does not change with the order of runs or a common shift, and grows with their spread', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 3, maxLength: 30 }), (earlier) => {
        const plain = differenceFromEarlier({ next: 1, earlier, level });
        const shifted = differenceFromEarlier({ next: 4, earlier: [...earlier].reverse().map((v) => v + 3), level });
        const wider = differenceFromEarlier({ next: 1, earlier: earlier.map((v) => 2 * v), level });
        expect(shifted.low).toBeCloseTo(plain.low, 8);
        expect(shifted.high).toBeCloseTo(plain.high, 8);
        expect(wider.high - wider.low).toBeCloseTo(2 * (plain.high - plain.low), 8);
      }),
      { seed: 4 },
    );
  });
});
