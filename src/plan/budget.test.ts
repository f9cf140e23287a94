import { describe, expect, it } from 'vitest';
import { anotherRoundFits, defaultBudgets, plannedRounds, remainingSeconds, stepBudget } from './budget.ts';

describe('anotherRoundFits', () => {
  it.each([
    [0, 100, 50, true],
    [45, 100, 50, true],
    [46, 100, 50, false],
    [99, 100, 50, false],
    [120, 100, 1, false],
  ])('after %d of %d s with a last round of %d s: %s', (elapsedSeconds, budgetSeconds, lastRoundSeconds, fits) => {
    expect(anotherRoundFits({ elapsedSeconds, budgetSeconds, lastRoundSeconds })).toBe(fits);
  });
});

describe('remainingSeconds', () => {
  const progress = { elapsedSeconds: 30, budgetSeconds: 100, done: 10, planned: 40, measuringSeconds: 20 };

  it('goes by the pace so far', () => expect(remainingSeconds(progress)).toBe(60));
  it('never promises more than the budget', () => expect(remainingSeconds({ ...progress, planned: 400 })).toBe(70));
  it('is not negative past the budget', () => expect(remainingSeconds({ ...progress, elapsedSeconds: 120 })).toBe(0));
  it('is not known before the first process ended', () => expect(remainingSeconds({ ...progress, done: 0 })).toBeNull());
});

describe('stepBudget', () => {
  it('leaves time for pairs where they may follow, and none where they do not', () => {
    expect(stepBudget(200, false)).toEqual({ total: 200, rounds: 200 });
    expect(stepBudget(200, true).total).toBe(200);
    expect(stepBudget(200, true).rounds).toBeLessThan(100);
    expect(stepBudget(undefined, false).total).toBe(defaultBudgets.rounds);
    expect(stepBudget(undefined, true).total).toBe(defaultBudgets.withPairs);
  });
});

describe('plannedRounds', () => {
  it.each([
    [5, true, true, 5],
    [5, false, false, 5],
    [5, false, true, 3],
    [2, false, true, 2],
  ])('of %d, screens %s, confirms %s: %d', (processes, screens, confirms, rounds) => {
    expect(plannedRounds(processes, { screens, confirms })).toBe(rounds);
  });
});
