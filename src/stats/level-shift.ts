import { mean, standardDeviation } from './quantiles.ts';
import { studentCumulative } from './student-t.ts';

/** The values on both sides of a step, two or more each. */
export interface TwoLevels {
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** At how many places the step could have been found, >= 1. */
  readonly places: number;
}

/**
 * The chance, at most, that equal levels with normal noise lie so far apart at the sharpest of `places` splits: Student's
 * t at each of them and a union bound. Of the spread of both sides together and of each by itself the widest counts, so
 * that levels of which one is noisier are not taken for two. In [0, 1]; 0 for two levels without any spread.
 */
export function levelShiftP({ before, after, places }: TwoLevels): number {
  const [n, m] = [before.length, after.length];
  const difference = Math.abs(mean(after) - mean(before));
  const [one, other] = [standardDeviation(before), standardDeviation(after)];
  const pooled = Math.sqrt(((n - 1) * one ** 2 + (m - 1) * other ** 2) / (n + m - 2));
  const error = Math.max(pooled, one, other) * Math.sqrt(1 / n + 1 / m);
  if (error === 0) return difference === 0 ? 1 : 0;
  return Math.min(1, places * 2 * studentCumulative(-difference / error, n + m - 2));
}
