import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from './holm.ts';

describe('holm', () => {
  it('is what the steps say by hand: .005 x 4, .01 x 3, .03 x 2, .04 x 1 but not below .06', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    for (const [index, expected] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[index]).toBeCloseTo(expected, 14);
  });

  it('never exceeds 1 and leaves nothing as it is', () => {
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
    expect(holm([0.2])).toEqual([0.2]);
  });

  it('keeps the order of the p-values', () => {
    const sorted = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }).map((p) => p.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(sorted, (p) => {
        const adjusted = holm(p);
        expect(adjusted).toEqual(adjusted.toSorted((a, b) => a - b));
      }),
      { seed: 12 },
    );
  });

  it('follows a permutation, and lies between p and Bonferroni', () => {
    const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(pValues, (p) => {
        const adjusted = holm(p);
        expect(holm([...p].reverse())).toEqual([...adjusted].reverse());
        for (const [index, value] of p.entries()) {
          expect(adjusted[index]).toBeGreaterThanOrEqual(value);
          expect(adjusted[index]).toBeLessThanOrEqual(Math.min(1, value * p.length));
        }
      }),
      { seed: 11 },
    );
  });

  it('refuses what is no probability', () => {
    expect(() => holm([0.1, Number.NaN])).toThrow('got NaN');
    expect(() => holm([1.1])).toThrow('got 1.1');
  });
});
