import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactUntil, mannWhitney, smallestP } from './mann-whitney.ts';
import { seededRandom } from './random.ts';

/** The p-value of every way to choose `heads` of the values as head. */
function allP(values: readonly number[], heads: number): readonly number[] {
  const found: number[] = [];
  const choose = (from: number, chosen: readonly number[]) => {
    if (chosen.length === heads) {
      const taken = new Set(chosen);
      const head = chosen.map((index) => values[index] ?? Number.NaN);
      found.push(mannWhitney({ head, base: values.filter((_, index) => !taken.has(index)) }).p);
      return;
    }
    for (let index = from; index < values.length; index += 1) choose(index + 1, [...chosen, index]);
  };
  choose(0, []);
  return found;
}

function shareAtMost(pValues: readonly number[], p: number): number {
  return pValues.filter((each) => each <= p + 1e-12).length / pValues.length;
}

function series(count: number, first = 0): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

const sides = { heads: fc.integer({ min: 1, max: 5 }), bases: fc.integer({ min: 1, max: 5 }) };

describe('Mann-Whitney where nothing changed: every labelling of the same values is equally likely', () => {
  it('reports p or less in a share of at most p, whatever the ties', () => {
    const tied = fc.record(sides).chain(({ heads, bases }) =>
      fc.record({
        heads: fc.constant(heads),
        values: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: heads + bases, maxLength: heads + bases }),
      }),
    );
    fc.assert(
      fc.property(tied, ({ heads, values }) => {
        const found = allP(values, heads);
        for (const p of new Set(found)) expect(shareAtMost(found, p)).toBeLessThanOrEqual(p + 1e-9);
      }),
      { seed: 53, numRuns: 60 },
    );
  });

  it('in exactly that share without ties, and as small as is possible at all', () => {
    fc.assert(
      fc.property(fc.record(sides), ({ heads, bases }) => {
        const found = allP(series(heads + bases), heads);
        for (const p of new Set(found)) if (p < 1) expect(shareAtMost(found, p)).toBeCloseTo(p, 9);
        expect(Math.min(...found)).toBeCloseTo(smallestP(heads, bases), 12);
      }),
      { seed: 54, numRuns: 25 },
    );
  });

  it.each([0.05, 0.01])('by the normal approximation, rounded values and all: %d', (level) => {
    const random = seededRandom(`labels ${level}`);
    const trials = 4000;
    const draw = (count: number) => Array.from({ length: count }, () => Math.floor(12 * random() ** 2));
    const flagged = Array.from({ length: trials }, () => mannWhitney({ head: draw(60), base: draw(52) })).filter(
      ({ p, method }) => method === 'normal' && p <= level,
    ).length;
    const chance = 4 * Math.sqrt((level * (1 - level)) / trials);
    expect(flagged / trials).toBeLessThan(level + chance);
    expect(flagged / trials).toBeGreaterThan(level - chance);
  });
});

describe('Mann-Whitney at the ends of its distribution', () => {
  it('is as small above as below, and never 0: 50 against 50 apart, 2 / C(100, 50) (mpmath)', () => {
    const below = mannWhitney({ head: series(50), base: series(50, 100) });
    const above = mannWhitney({ head: series(50, 100), base: series(50) });
    expect(below.p / 1.9823306042836678e-29).toBeCloseTo(1, 12);
    expect(above.p / below.p).toBeCloseTo(1, 12);
  });

  it('turns over with the sides, by ratio, far from the middle too', () => {
    const count = fc.integer({ min: 1, max: exactUntil });
    fc.assert(
      fc.property(count, count, fc.integer({ min: 0, max: 60 }), fc.constantFrom(1, 2, 7), (heads, bases, shift, step) => {
        const head = series(heads, shift).map((value) => Math.floor(value / step));
        const base = series(bases).map((value) => Math.floor(value / step) + (step === 1 ? 0.5 : 0));
        const [there, back] = [mannWhitney({ head, base }), mannWhitney({ head: base, base: head })];
        expect(there.p).toBeGreaterThan(0);
        expect(there.p / back.p).toBeCloseTo(1, 9);
        expect(there.p).toBeGreaterThanOrEqual(smallestP(heads, bases) * (1 - 1e-9));
      }),
      { seed: 55, numRuns: 25 },
    );
  });

  it('does not depend on the unit: ranks alone count', () => {
    const side = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(1e-9, 1e-3, 60, 1e9), (head, base, unit) => {
        const scaled = mannWhitney({ head: head.map((value) => value * unit), base: base.map((value) => value * unit) });
        expect(scaled).toEqual(mannWhitney({ head, base }));
      }),
      { seed: 56, numRuns: 100 },
    );
  });
});
