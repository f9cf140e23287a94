import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom, shuffled } from './random.ts';

describe('seeded random', () => {
  test('gives the same sequence for the same seed, another for a neighbouring one', () => {
    const sequence = (seed: string) => Array.from({ length: 5 }, seededRandom(seed));
    expect(sequence('7:0')).toEqual(sequence('7:0'));
    expect(sequence('7:0')).not.toEqual(sequence('7:1'));
  });

  test('is uniform on [0, 1): every tenth of the range holds about a tenth of 20,000 numbers', () => {
    const random = seededRandom('uniform');
    const tenths = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 20_000; draw += 1) {
      const index = Math.floor(random() * 10);
      tenths[index] = (tenths[index] ?? 0) + 1;
    }
    // The standard deviation of a count is sqrt(20000 * .1 * .9) = 42; 5 of them are 210.
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(210);
    expect(tenths).toHaveLength(10);
  });
});

describe('shuffled', () => {
  test('is a permutation, leaves its input alone and repeats for the same seed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        const frozen = Object.freeze([...items]);
        const once = shuffled(frozen, seededRandom(seed));
        expect([...once].sort()).toEqual([...items].sort());
        expect(shuffled(frozen, seededRandom(seed))).toEqual(once);
      }),
      { seed: 1 },
    );
  });

  test('puts every item first equally often', () => {
    const random = seededRandom('first');
    const first = new Map<string, number>();
    for (let draw = 0; draw < 4000; draw += 1) {
      const item = shuffled(['a', 'b', 'c', 'd'], random)[0] ?? '';
      first.set(item, (first.get(item) ?? 0) + 1);
    }
    // sd = sqrt(4000 * .25 * .75) = 27; 5 of them are 137.
    for (const item of ['a', 'b', 'c', 'd']) expect(Math.abs((first.get(item) ?? 0) - 1000)).toBeLessThan(137);
  });
});
