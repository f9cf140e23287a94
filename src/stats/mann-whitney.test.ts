import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mannWhitney, smallestP } from './mann-whitney.ts';

/** By definition: every choice of positions for head, mid-ranks for ties. */
function byEnumeration(head: readonly number[], base: readonly number[]): number {
  const all = [...head, ...base];
  const ranks = all.map((value) => (all.filter((other) => other < value).length + all.filter((other) => other <= value).length + 1) / 2);
  const sums: number[] = [];
  const choose = (from: number, left: number, sum: number) => {
    if (left === 0) sums.push(sum);
    else for (let index = from; index <= all.length - left; index += 1) choose(index + 1, left - 1, sum + (ranks[index] ?? 0));
  };
  choose(0, head.length, 0);
  const observed = ranks.slice(0, head.length).reduce((sum, rank) => sum + rank, 0);
  const share = (inside: (sum: number) => boolean) => sums.filter(inside).length / sums.length;
  return Math.min(
    1,
    2 *
      Math.min(
        share((sum) => sum <= observed + 1e-9),
        share((sum) => sum >= observed - 1e-9),
      ),
  );
}

function series(count: number, value: (index: number) => number): readonly number[] {
  return Array.from({ length: count }, (_, index) => value(index));
}

describe('mannWhitney', () => {
  it.each([
    // scipy.stats.mannwhitneyu(method='exact'); the fourth by enumeration of 462 choices.
    [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 0, 0.007936507936507936],
    [[1.1, 2.5, 3.3], [0.7, 2.0, 4.4, 5.1, 6.0], 5, 0.5714285714285714],
    [series(50, (i) => ((i * 7) % 53) + 0.5), series(50, (i) => ((i * 11) % 59) + 4.25), 961, 0.046393577556888915],
    [[1, 2, 2, 3, 5], [2, 3, 4, 5, 6, 7], 6, 0.12554112554112554],
  ])('is exact up to 50 values a side (case %#)', (head, base, u, p) => {
    const found = mannWhitney({ head, base });
    expect(found.u).toBe(u);
    expect(found.p).toBeCloseTo(p, 12);
    expect(found.method).toBe('exact');
  });

  it.each([
    // scipy.stats.mannwhitneyu(method='asymptotic', use_continuity=True)
    [series(60, (i) => ((i * 7) % 61) + 0.5), series(55, (i) => ((i * 11) % 67) + 6.25), 1186, 0.009456290948470435],
    [series(60, (i) => i % 9), series(70, (i) => i % 11), 1750, 0.1010012422920555],
  ])('is the normal approximation with ties and continuity corrected above (case %#)', (head, base, u, p) => {
    const found = mannWhitney({ head, base });
    expect(found).toMatchObject({ u, method: 'normal' });
    expect(found.p).toBeCloseTo(p, 12);
  });

  it('agrees with enumeration, ties and all, whatever the order, and is the same for exchanged sides', () => {
    const side = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(side, side, (head, base) => {
        const { p, u } = mannWhitney({ head, base });
        expect(p).toBeCloseTo(byEnumeration(head, base), 10);
        expect(mannWhitney({ head: [...head].reverse(), base })).toEqual({ p, u, method: 'exact' });
        const turned = mannWhitney({ head: base, base: head });
        expect(turned.p).toBeCloseTo(p, 12);
        expect(turned.u).toBe(head.length * base.length - u);
      }),
      { seed: 13 },
    );
  });

  it('gives p = 1 for values that are all equal, few or many', () => {
    expect(mannWhitney({ head: [2, 2], base: [2, 2, 2] }).p).toBe(1);
    expect(mannWhitney({ head: new Array<number>(60).fill(2), base: [2, 2, 2] }).p).toBe(1);
  });

  it('says how small p can get: 4 against 4 never reaches .01', () => {
    expect(smallestP(4, 4)).toBeCloseTo(2 / 70, 14);
    expect(smallestP(5, 5)).toBeCloseTo(0.007936507936507936, 14);
    expect(smallestP(1, 1)).toBe(1);
  });

  it('refuses an empty side and what is no number', () => {
    expect(() => mannWhitney({ head: [], base: [1] })).toThrow('at least one');
    expect(() => mannWhitney({ head: [Number.NaN], base: [1] })).toThrow('finite');
  });
});
