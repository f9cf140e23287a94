import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { studentCumulative, studentQuantile } from './student-t.ts';

// Golden values: mpmath 1.3, 30 digits, from betainc(df/2, 1/2, 0, df/(df + t^2), regularized=True).
describe("Student's t", () => {
  test.each([
    [1, 1, 0.75],
    [2, 3, 0.93033701572058],
    [-1.5, 10, 0.08225366322272],
    [0.2, 5, 0.57531974300209],
    [12.7, 1, 0.97498783615533],
    [3, 2.5, 0.96371195222548],
    [8, 20, 0.99999994171686],
    [40, 4, 0.99999883299184],
    [0, 7, 0.5],
    [Number.POSITIVE_INFINITY, 3, 1],
    [Number.NEGATIVE_INFINITY, 3, 0],
  ])('P(T <= %d) with %d degrees of freedom', (t, df, expected) => {
    expect(studentCumulative(t, df)).toBeCloseTo(expected, 12);
  });

  test.each([
    [0.975, 1, 12.7062047362],
    [0.975, 2, 4.30265272975],
    [0.975, 2.5, 3.574654842],
    [0.975, 3, 3.18244630528],
    [0.975, 4, 2.7764451052],
    [0.975, 9, 2.2621571628],
    [0.975, 30, 2.0422724563],
    [0.975, 1000, 1.96233908083],
    [0.99, 5, 3.36492999891],
    [0.995, 10, 3.16927267262],
    [0.9, 7, 1.41492392765],
    [0.9999, 20, 4.53852085379],
  ])('quantile %d with %d degrees of freedom', (p, df, expected) => {
    expect(studentQuantile(p, df)).toBeCloseTo(expected, 9);
  });

  test('the quantile undoes the distribution function, and both are symmetric', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), fc.double({ min: 0.7, max: 400, noNaN: true }), (p, df) => {
        const t = studentQuantile(p, df);
        expect(studentCumulative(t, df)).toBeCloseTo(p, 9);
        expect(studentCumulative(-t, df)).toBeCloseTo(1 - p, 9);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test('arguments without an answer are refused', () => {
    expect(() => studentCumulative(Number.NaN, 3)).toThrow('got t = NaN, df = 3');
    expect(() => studentCumulative(1, 0)).toThrow('df > 0');
    expect(() => studentQuantile(1, 3)).toThrow('p in (0, 1), got 1');
    expect(() => studentQuantile(0.9, Number.NaN)).toThrow('df > 0, got NaN');
  });
});
