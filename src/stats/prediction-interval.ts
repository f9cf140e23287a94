import { criticalValue } from './critical-value.ts';
import { mean, standardDeviation } from './quantiles.ts';
import type { Estimate } from './welch.ts';

/** One new figure and the figures of earlier runs, at least two. */
export interface NewAndEarlier {
  readonly next: number;
  readonly earlier: readonly number[];
  /** Confidence level in (0, 1). */
  readonly level: number;
}

/**
 * The difference between one new run and the mean of n earlier ones, with the interval that says how far a run of the
 * same distribution may lie from it: tq * s * sqrt(1 + 1/n), df = n - 1 (Hahn and Meeker, Statistical Intervals, 1991).
 * The spread from run to run is in it, which no number of processes within one run can show.
 */
export function differenceFromEarlier({ next, earlier, level }: NewAndEarlier): Estimate {
  const value = next - mean(earlier);
  const n = earlier.length;
  const spread = standardDeviation(earlier) * Math.sqrt(1 + 1 / n);
  const reach = criticalValue((1 + level) / 2, n - 1) * spread;
  return { value, low: value - reach, high: value + reach };
}
