import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { theilSenSlope } from './theil-sen.ts';

describe('Theil-Sen slope', () => {
  test('agrees with hand computation', () => {
    // Pairs of (1, 2), (2, 3), (3, 7): 1, 5/2 and 4; the median is 5/2.
    expect(theilSenSlope([1, 2, 3].map((x, index) => ({ x, y: [2, 3, 7][index] ?? 0 })))).toBe(2.5);
  });

  test('is not moved by one wild point of five', () => {
    const points = [10, 20, 40, 80, 160].map((x) => ({ x, y: 3 + 2 * x }));
    const wild = points.map((point, index) => (index === 2 ? { ...point, y: 1e6 } : point));
    expect(theilSenSlope(wild)).toBeCloseTo(2, 9);
  });

  test('points of equal x make no pair, and at least one pair is needed', () => {
    expect(
      theilSenSlope([
        { x: 1, y: 0 },
        { x: 1, y: 9 },
        { x: 2, y: 5 },
      ]),
    ).toBe(0.5);
    expect(() =>
      theilSenSlope([
        { x: 1, y: 0 },
        { x: 1, y: 1 },
      ]),
    ).toThrow('two points of different x');
    expect(() => theilSenSlope([])).toThrow('two points of different x');
  });

  test('does not depend on the order, adds the slope of a line added, and scales with y and against x', () => {
    const coordinate = fc.integer({ min: -1000, max: 1000 });
    const points = fc.uniqueArray(fc.record({ x: coordinate, y: coordinate }), { selector: ({ x }) => x, minLength: 2, maxLength: 7 });
    fc.assert(
      fc.property(points, fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 }), (given, tilt, factor) => {
        const slope = theilSenSlope(given);
        expect(theilSenSlope([...given].reverse())).toBeCloseTo(slope, 9);
        expect(theilSenSlope(given.map(({ x, y }) => ({ x, y: y + 7 + tilt * x })))).toBeCloseTo(slope + tilt, 7);
        expect(theilSenSlope(given.map(({ x, y }) => ({ x: x * factor, y })))).toBeCloseTo(slope / factor, 9);
        expect(theilSenSlope(given.map(({ x, y }) => ({ x, y: -y })))).toBeCloseTo(-slope, 9);
      }),
      { seed: 3 },
    );
  });
});
