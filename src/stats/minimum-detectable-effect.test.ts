import { describe, expect, it } from 'vitest';
import { minimumDetectableEffect } from './minimum-detectable-effect.ts';
import { seededRandom } from './random.ts';
import { welchDifference } from './welch.ts';

const level = 0.95;

describe('minimumDetectableEffect', () => {
  it('is what the formula says by hand: n = 10, s = 5 %, t(.975, 18) = 2.10092, t(.9, 18) = 1.33039', () => {
    const effect = minimumDetectableEffect({ deviation: 0.05, processes: 10, level });
    expect(effect).toBeCloseTo(Math.exp((2.10092 + 1.33039) * 0.05 * Math.sqrt(0.2)) - 1, 5);
  });

  it('is nothing without noise and shrinks with more processes', () => {
    expect(minimumDetectableEffect({ deviation: 0, processes: 5, level })).toBe(0);
    const five = minimumDetectableEffect({ deviation: 0.1, processes: 5, level });
    expect(minimumDetectableEffect({ deviation: 0.1, processes: 20, level })).toBeLessThan(five / 2);
  });

  it('is seen about nine times of ten', () => {
    const random = seededRandom('power');
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const draw = (shift: number) => Array.from({ length: 8 }, () => shift + 0.05 * normal());
    const shift = Math.log1p(minimumDetectableEffect({ deviation: 0.05, processes: 8, level }));
    const trials = 2000;
    const seen = Array.from({ length: trials }, () => welchDifference({ head: draw(shift), base: draw(0), level })).filter(
      ({ low }) => low > 0,
    ).length;
    expect(seen / trials).toBeGreaterThan(0.86);
    expect(seen / trials).toBeLessThan(0.94);
  });
});
