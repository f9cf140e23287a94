import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalValue } from './critical-value.ts';
import { normalUpperTail } from './normal.ts';
import { studentCumulative, studentQuantile } from './student-t.ts';

// mpmath 1.3, 40 digits, from betainc(df/2, 1/2, 0, df/(df + t^2), regularized=True); those marked with their table number
// stand in Abramowitz and Stegun 1964, table 26.10, as well.
describe("Student's t, far in the tail where a correction for many comparisons reads it", () => {
  it.each([
    [20, 3, 1.366016251236559e-4],
    [20, 8.8, 6.099261288009e-9],
    [50, 8.8, 2.065626110301563e-12],
    [20, 18.4, 3.083722559241907e-14],
    [100, 18.4, 6.19358808809e-27],
    [12, 30, 2.790092707599628e-13],
    [8, 1000, 1.713330741195737e-15],
    [40, 200, 1.124369826760125e-97],
    [1e6, 1, 3.18309886183685e-7],
    [5, 0.5, 0.1429957015794294],
  ])('P(T <= -%d) with %d degrees of freedom is %d', (t, df, tail) => {
    expect(studentCumulative(-t, df) / tail).toBeCloseTo(1, 10);
  });

  it.each([
    // Table 26.10: 2.262, 4.781 and 63.657.
    [0.025, 9, 2.26215716279821],
    [0.0005, 9, 4.78091258593114],
    [0.005, 1, 63.6567411628716],
    // The levels of a confirmation: .25 % alone and among 100, 1,000 and 200 suspects, at 20 pairs and at 40.
    [0.0025, 8.8, 3.71500032266814],
    [0.000025, 8.8, 7.325444568023],
    [0.0000125, 8.8, 8.01029660526142],
    [0.0000025, 18.4, 6.35039122059109],
  ])('the quantile at 1 - %d with %d degrees of freedom is %d', (tail, df, t) => {
    expect(studentQuantile(1 - tail, df) / t).toBeCloseTo(1, 9);
    expect(studentQuantile(tail, df) / -t).toBeCloseTo(1, 11);
    expect(criticalValue(1 - tail, df)).toBe(studentQuantile(1 - tail, df));
  });

  it.each([
    [1e-9, 8.8, 24.6444914941065],
    [1e-9, 37.6, 7.8383043939605],
    [1e-12, 18.4, 16.3876102464246],
  ])('the quantile at %d with %d degrees of freedom is minus %d', (tail, df, t) => {
    expect(studentQuantile(tail, df) / -t).toBeCloseTo(1, 11);
  });
});

describe("Student's t, properties", () => {
  const size = fc.double({ min: 0, max: 60, noNaN: true });
  const degrees = fc.double({ min: 0.6, max: 300, noNaN: true });

  it('falls with t, has a thinner tail with more degrees of freedom, never thinner than the normal one', () => {
    fc.assert(
      fc.property(size, size, degrees, degrees, (one, other, few, many) => {
        const [near, far] = [Math.min(one, other), Math.max(one, other)];
        const [less, more] = [Math.min(few, many), Math.max(few, many)];
        const rounding = 1 + 1e-11;
        expect(studentCumulative(-far, less)).toBeLessThanOrEqual(studentCumulative(-near, less) * rounding);
        expect(studentCumulative(-far, more)).toBeLessThanOrEqual(studentCumulative(-far, less) * rounding);
        expect(normalUpperTail(far)).toBeLessThanOrEqual(studentCumulative(-far, more) * rounding);
      }),
      { seed: 51, numRuns: 300 },
    );
  });

  it('is the arc tangent at one degree of freedom, and algebraic at two', () => {
    fc.assert(
      fc.property(size, (t) => {
        expect(studentCumulative(-t, 1)).toBeCloseTo(1 / 2 - Math.atan(t) / Math.PI, 14);
        expect(studentCumulative(-t, 2)).toBeCloseTo(1 / 2 - t / (2 * Math.sqrt(2 + t * t)), 14);
      }),
      { seed: 52, numRuns: 100 },
    );
  });
});
