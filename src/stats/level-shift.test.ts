import { describe, expect, it } from 'vitest';
import { levelShiftP } from './level-shift.ts';
import { normalDeviate } from './noise.fixture.ts';
import { seededRandom } from './random.ts';

describe('levelShiftP', () => {
  it('is that of a t-test, once for each place', () => {
    // Means 2 and 5, both variances 1, so t = 3 / sqrt(2 / 3) = 3.674 with 4 degrees of freedom: two-sided 0.0213.
    const p = levelShiftP({ before: [1, 2, 3], after: [4, 5, 6], places: 1 });
    expect(p).toBeCloseTo(0.0213, 4);
    expect(levelShiftP({ before: [1, 2, 3], after: [4, 5, 6], places: 20 })).toBeCloseTo(20 * p, 12);
    expect(levelShiftP({ before: [4, 5, 6], after: [1, 2, 3], places: 1 })).toBeCloseTo(p, 12);
    expect(levelShiftP({ before: [1, 2, 3], after: [2, 3, 4], places: 1000 })).toBe(1);
  });

  it('takes the wider side for the noise of both', () => {
    const narrow = { before: [0, 0.01, 0.02, 0.01, 0, 0.02], after: [0.1, 0.11, 0.12], places: 1 };
    const wide = { ...narrow, after: [0.01, 0.11, 0.21] };
    expect(levelShiftP(wide)).toBeGreaterThan(1000 * levelShiftP(narrow));
  });

  it('is sure of levels without any spread', () => {
    expect(levelShiftP({ before: [672, 672], after: [701, 701], places: 25 })).toBe(0);
    expect(levelShiftP({ before: [672, 672], after: [672, 672], places: 25 })).toBe(1);
  });

  it('holds its level at the sharpest of all places', () => {
    const random = seededRandom('level shift');
    const trials = 2000;
    const places = 25;
    const least = Array.from({ length: trials }, () => {
      const runs = Array.from({ length: 30 }, () => normalDeviate(random));
      const splits = Array.from({ length: places }, (_, place) => place + 3);
      return Math.min(...splits.map((at) => levelShiftP({ before: runs.slice(0, at), after: runs.slice(at), places })));
    });
    const share = least.filter((p) => p <= 0.05).length / trials;
    expect(share).toBeLessThan(0.05);
    expect(share).toBeGreaterThan(0.002);
  });
});
