import { describe, expect, it } from 'vitest';
import { affordableSuspects, baseRunsFirst, pairOrder, worstFirst } from './pair-schedule.ts';

const suspects = Array.from({ length: 12 }, (_, index) => `workload-${index}/threads/r`);

describe('pairOrder', () => {
  it('holds every suspect once, differs by round and seed, and repeats by both', () => {
    expect([...pairOrder(suspects, 1, 0)].sort()).toEqual([...suspects].sort());
    expect(pairOrder(suspects, 1, 0)).toEqual(pairOrder(suspects, 1, 0));
    expect(pairOrder(suspects, 1, 0)).not.toEqual(pairOrder(suspects, 1, 1));
    expect(pairOrder(suspects, 1, 0)).not.toEqual(pairOrder(suspects, 2, 0));
  });
});

describe('baseRunsFirst', () => {
  it('is a fair coin that knows nothing of the other suspects of its round', () => {
    const rounds = Array.from({ length: 400 }, (_, round) => round);
    const coins = (suspect: string) => rounds.map((round) => baseRunsFirst(suspect, 7, round));
    const all = suspects.map(coins);
    // 200 expected with a standard deviation of 10: five of them leave a wrong alarm about once in a million.
    for (const each of all) expect(Math.abs(each.filter(Boolean).length - 200)).toBeLessThan(50);
    const agreeing = rounds.filter((round) => all[0]?.[round] === all[1]?.[round]).length;
    expect(Math.abs(agreeing - 200)).toBeLessThan(50);
    expect(coins('a')).toEqual(coins('a'));
  });
});

describe('affordableSuspects', () => {
  it.each([
    [100, 1, 1, 4],
    [1000, 1, 1, 12],
    [5, 1, 1, 1],
    [5, 1, 0, 0],
    [-3, 1, 1, 1],
    [100, 0, 0, 12],
  ])('%d s at %d s a pair, %d at least: %d suspects can get twenty pairs', (remainingSeconds, secondsPerPair, atLeast, count) => {
    const chosen = affordableSuspects(suspects, { remainingSeconds, secondsPerPair, pairsEach: 20, atLeast });
    expect(chosen).toEqual(suspects.slice(0, count));
  });
});

describe('worstFirst', () => {
  it('puts what looks worst first and what is not known last, and keeps the order otherwise', () => {
    const worsening = new Map([
      ['a', -0.2],
      ['c', 0.3],
      ['d', 0.01],
    ]);
    expect(worstFirst(['x', 'a', 'c', 'd', 'y'], worsening)).toEqual(['c', 'd', 'a', 'x', 'y']);
  });
});
