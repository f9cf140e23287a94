import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultThreshold } from './threshold.ts';
import { judgeDeterministic } from './threshold-deterministic.ts';

const mirror: Readonly<Record<string, string>> = { regression: 'improvement', improvement: 'regression' };
const units = [1e-6, 1 / 1024, 1e-3, 1000, 1024, 1e9];

function kindOf(base: readonly number[], head: readonly number[], better: 'lower' | 'higher' = 'lower') {
  return judgeDeterministic({ base, head, better, threshold: defaultThreshold }).kind;
}

function scaled(values: readonly number[], unit: number): readonly number[] {
  return values.map((value) => value * unit);
}

/** Counts of exactly 10 % more, and of one less than that. */
const counts = Array.from({ length: 30 }, (_, index) => 10 * (index + 1)).flatMap((base): readonly [number, number, string][] => [
  [base, (base * 11) / 10, 'regression'],
  [base, (base * 11) / 10 - 1, 'no change'],
]);

describe('a plain threshold', () => {
  it('is the same in every unit, turned over with the sides, and for reciprocals where more is better, at 10 % exactly too', () => {
    for (const [base, head, expected] of counts) {
      for (const unit of units) expect(kindOf(scaled([base, base], unit), scaled([head, head], unit))).toBe(expected);
      expect(kindOf([head, head], [base, base])).toBe(mirror[expected] ?? expected);
      expect(kindOf([1 / base, 1 / base], [1 / head, 1 / head], 'higher')).toBe(expected);
    }
  });

  it('of figures that vary, whatever their order', () => {
    // Odd numbers of processes: the median of an even number does not commute with the reciprocal.
    const side = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 3, maxLength: 7 }).filter(({ length }) => length % 2 === 1);
    fc.assert(
      fc.property(side, side, fc.constantFrom(...units), (base, head, unit) => {
        const kind = kindOf(base, head);
        expect(kindOf(base.toReversed(), head.toReversed())).toBe(kind);
        expect(kindOf(scaled(base, unit), scaled(head, unit))).toBe(kind);
        expect(kindOf(head, base)).toBe(mirror[kind] ?? kind);
        const reciprocal = (values: readonly number[]) => values.map((value) => 1 / value);
        expect(kindOf(reciprocal(base), reciprocal(head), 'higher')).toBe(kind);
      }),
      { seed: 91, numRuns: 300 },
    );
  });
});
