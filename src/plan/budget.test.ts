import { describe, expect, it } from 'vitest';
import { anotherRoundFits, remainingSeconds } from './budget.ts';

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
