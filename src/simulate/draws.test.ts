import { describe, expect, it } from 'vitest';
import { mean, standardDeviation } from '../stats/quantiles.ts';
import { drawsOf } from './draws.ts';

const many = (draw: () => number) => Array.from({ length: 20_000 }, draw);

describe('drawsOf', () => {
  it('gives the same draws for the same text and others for another', () => {
    const [one, again, other] = ['a', 'a', 'b'].map((seed) => {
      const draws = drawsOf(seed);
      return [draws.uniform(), draws.normal(), draws.normal(), draws.exponential(), draws.between(2, 3)];
    });
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('has the moments that it names', () => {
    const draws = drawsOf('moments');
    const [uniform, normal, exponential] = [many(draws.uniform), many(draws.normal), many(draws.exponential)];
    expect(mean(uniform)).toBeCloseTo(0.5, 1.7);
    expect(standardDeviation(uniform)).toBeCloseTo(Math.sqrt(1 / 12), 1.7);
    expect(mean(normal)).toBeCloseTo(0, 1.5);
    expect(standardDeviation(normal)).toBeCloseTo(1, 1.5);
    expect(mean(exponential)).toBeCloseTo(1, 1.5);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
    expect(many(() => draws.between(2, 3)).every((value) => value >= 2 && value < 3)).toBe(true);
  });
});
