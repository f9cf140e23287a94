import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sparkline } from './sparkline.ts';

describe('a sparkline', () => {
  test.each<readonly [string, readonly number[], string]>([
    ['nothing', [], ''],
    ['one run', [5], '▄'],
    ['the same figure', [3, 3, 3, 3], '▄▄▄▄'],
    ['zeros', [0, 0, 0], '▄▄▄'],
    ['noise of one percent', [100, 101, 99, 100, 101], '▄▄▄▄▄'],
    ['a step of 10 %', [100, 100, 100, 110, 110, 110], '▂▂▂▅▅▅'],
    ['a doubling', [100, 100, 100, 200], '▂▂▂▇'],
    ['a halving', [100, 100, 100, 50], '▆▆▆▁'],
    ['a figure from nothing', [0, 0, 5], '▄▄▇'],
    ['figures that no difference holds', [-Number.MAX_VALUE, Number.MAX_VALUE, 1], '▁▇▄'],
  ])('of %s', (_, levels, line) => {
    expect(sparkline(levels)).toBe(line);
  });

  test('has one block for each run, and no lower one for a larger figure', () => {
    const levels = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(levels, (given) => {
        const line = Array.from(sparkline(given));
        expect(line).toHaveLength(given.length);
        const heights = given
          .map((level, index) => ({ level, height: line[index] ?? '' }))
          .toSorted((one, other) => one.level - other.level);
        for (const [index, { height }] of heights.entries()) expect(height >= (heights[index - 1]?.height ?? '')).toBe(true);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
