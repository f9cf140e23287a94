import { studentQuantile } from './student-t.ts';

/** Chance that an effect of the stated size is seen. */
export const detectionPower = 0.9;

/** Two independent groups of equal size. */
export interface TwoGroups {
  /** Standard deviation of the logarithm between processes, >= 0. */
  readonly deviation: number;
  /** Processes on each side, >= 2. */
  readonly processes: number;
  /** Two-sided level in (0, 1), 0.95 for instance. */
  readonly level: number;
}

/**
 * The smallest slowdown, as a share of the base (0.1 is 10 %), that a comparison of two groups sees with
 * `detectionPower`: exp((t(1-a/2) + t(power)) s sqrt(2/n)) - 1, the usual normal-theory size of a two-sample test
 * (Lachin, Controlled Clinical Trials 2, 1981) on logarithms, with Student's quantiles at 2n - 2 degrees of freedom.
 */
export function minimumDetectableEffect({ deviation, processes, level }: TwoGroups): number {
  const df = 2 * processes - 2;
  const reach = studentQuantile((1 + level) / 2, df) + studentQuantile(detectionPower, df);
  return Math.expm1(reach * deviation * Math.sqrt(2 / processes));
}
