import { criticalValue } from '../stats/critical-value.ts';
import { detectionPower } from '../stats/minimum-detectable-effect.ts';
import { median } from '../stats/quantiles.ts';
import type { PairEstimate } from './confirm-pairs.ts';

/** Turns a median absolute deviation into a standard deviation where noise is normal: 1 / Phi^-1(3/4). */
const normalScale = 1.4826;

/** What trimming costs in standard error where noise is normal (Wilcox 2012, table 3.1: efficiency about 0.89). */
const trimmingCost = 1.06;

/**
 * The smallest slowdown, as a share, that as many pairs of this spread would have flagged nine times of ten:
 * exp((t(1 - a) + t(0.9)) 1.06 s / sqrt(n)) - 1, s the robust deviation of the differences, a the level of the first
 * step of Holm's correction over `comparisons` suspects.
 *
 * @param level of one direction at one look, as `lookLevel` gives it
 */
export function smallestEffect(
  { differences, df, pairs }: PairEstimate,
  { level, comparisons }: { readonly level: number; readonly comparisons: number },
): number {
  const center = median(differences);
  const deviation = normalScale * median(differences.map((difference) => Math.abs(difference - center)));
  const reach = criticalValue(1 - level / Math.max(1, comparisons), df) + criticalValue(detectionPower, df);
  return Math.expm1((reach * trimmingCost * deviation) / Math.sqrt(pairs));
}
