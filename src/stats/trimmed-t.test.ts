import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { criticalValue } from './critical-value.ts';
import { seededRandom } from './random.ts';
import { pAbove, type TrimmedMean, trimmedMean } from './trimmed-t.ts';

function estimate(values: readonly number[]): TrimmedMean {
  const found = trimmedMean(values);
  if (found.kind === 'none') throw new Error(found.reason);
  return found;
}

describe('trimmedMean', () => {
  it('agrees with scipy: trim_mean, mstats.trimmed_stde and t.sf at df = .8 (10 - 4 - 1) = 4 of ten differences with two outliers', () => {
    const found = estimate([0.012, -0.03, 0.051, 0.02, 0.11, -0.004, 0.033, 0.9, 0.041, -0.5]);
    expect(found.value).toBeCloseTo(0.0255, 14);
    expect(found.error).toBeCloseTo(0.01250197515259286, 14);
    expect(found.df).toBe(4);
    expect(pAbove(found)).toBeCloseTo(0.05549213674882374, 12);
  });

  it('is the plain t of four values, of which none is cut off: mean 2.5, s / 2 = .6455', () => {
    expect(estimate([4, 1, 3, 2])).toMatchObject({ value: 2.5, df: 3, count: 4 });
    expect(estimate([4, 1, 3, 2]).error).toBeCloseTo(Math.sqrt(5 / 3) / 2, 14);
  });

  it.each([
    [[], 'no values'],
    [[0.3], 'one value'],
    [[0.1, 0.1, 0.1], 'without any spread'],
    [[0.1, 0.1 + 1e-15, 0.1, 0.1 - 1e-15], 'without any spread'],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 5], 'without any spread'],
    [[0.1, Number.NaN, 0.2], 'not a finite number'],
    [[0.1, Number.POSITIVE_INFINITY, 0.2], 'not a finite number'],
  ])('gives a reason instead of an estimate: %j', (values, reason) => {
    const found = trimmedMean(values);
    expect(found.kind === 'none' && found.reason).toContain(reason);
  });

  it('does not change with the order, and turns over with the sign', () => {
    const differences = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(differences, (values) => {
        const found = trimmedMean(values);
        expect(trimmedMean([...values].reverse())).toEqual(found);
        if (found.kind === 'none') return;
        const mirrored = estimate(values.map((value) => -value));
        expect(mirrored.value).toBeCloseTo(-found.value, 12);
        expect(mirrored.error).toBeCloseTo(found.error, 12);
        expect(pAbove(mirrored)).toBeCloseTo(1 - pAbove(found), 9);
      }),
      { seed: 12 },
    );
  });

  it.each([10, 20, 40])('covers the centre of heavy-tailed noise at its level: %i pairs', (count) => {
    const random = seededRandom(`trimmed ${count}`);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const noise = () => 0.05 * normal() + (random() < 0.08 ? 0.5 * random() * (random() < 0.5 ? 1 : -1) : 0);
    const trials = 4000;
    const covered = Array.from({ length: trials }, () => estimate(Array.from({ length: count }, noise))).filter(
      ({ value, error, df }) => Math.abs(value) <= criticalValue(0.975, df) * error,
    ).length;
    // 95 % less five standard deviations of a share; trimming may cover a little more than stated.
    expect(covered / trials).toBeGreaterThan(0.95 - 5 * Math.sqrt((0.95 * 0.05) / trials));
    expect(covered / trials).toBeLessThan(0.985);
  });

  it("keeps its p-values honest far in the tail, where Yuen's own degrees of freedom do not", () => {
    const random = seededRandom('tail');
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const trials = 200_000;
    const level = 1e-3;
    let rejected = 0;
    let rejectedByYuen = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const { value, error, df } = estimate(Array.from({ length: 20 }, normal));
      if (Math.abs(value) > criticalValue(1 - level / 2, df) * error) rejected += 1;
      if (Math.abs(value) > criticalValue(1 - level / 2, 11) * error) rejectedByYuen += 1;
    }
    // 200 are to be expected; four standard deviations above are 257.
    expect(rejected).toBeLessThan(257);
    expect(rejected).toBeGreaterThan(143);
    expect(rejectedByYuen).toBeGreaterThan(257);
  });
});
