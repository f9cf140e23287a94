import { detectableShift, powerReach } from '../stats/detectable-shift.ts';
import { median } from '../stats/quantiles.ts';
import { smallestSpread } from '../stats/trimmed-t.ts';
import { type ConfirmDesign, lookLevel } from './confirm-design.ts';
import { countedSuspects, type PairEstimate, type PairedCell } from './confirm-pairs.ts';

/** Turns a median absolute deviation into a standard deviation where noise is normal: 1 / Phi^-1(3/4). */
const normalScale = 1.4826;

/** What trimming costs in standard error where noise is normal (Wilcox 2012, table 3.1: efficiency about 0.89). */
const trimmingCost = 1.06;

/** What an effect must stand out from. */
export interface EffectScale {
  /** Of one direction at one look, as `lookLevel` gives it. */
  readonly level: number;
  /** Suspects that the correction counts. */
  readonly comparisons: number;
}

/** The scale of a confirmation once no more pairs follow. */
export function effectScale(suspects: readonly PairedCell[], design: ConfirmDesign): EffectScale {
  return { level: lookLevel(design), comparisons: countedSuspects(suspects, Number.POSITIVE_INFINITY).length };
}

/**
 * The smallest slowdown, as a share, that as many pairs of this spread flag nine times of ten. A flag needs both:
 * significance at the first step of Holm's correction, and the margin. The error of the trimmed mean is taken as
 * 1.06 s / sqrt(n), s the robust deviation of the differences; where most pairs are alike, s is 0 and the estimate's own
 * error stands in.
 */
export function smallestEffect(
  { differences, error, df, pairs }: PairEstimate,
  { level, comparisons }: EffectScale,
  margin: number,
): number {
  const center = median(differences);
  const deviation = normalScale * median(differences.map((difference) => Math.abs(difference - center)));
  const unit = deviation > smallestSpread ? (trimmingCost * deviation) / Math.sqrt(pairs) : error;
  return flaggedEffect({ level: level / Math.max(1, comparisons), df, error: unit, margin });
}

/** What decides how large an effect must be to be flagged. */
export interface FlagRule {
  /** Of one test, corrected. */
  readonly level: number;
  readonly df: number;
  /** Standard error of the estimate, log scale. */
  readonly error: number;
  /** The smallest change that may be flagged, as a share. */
  readonly margin: number;
}

/** The slowdown, as a share, that is flagged nine times of ten under a rule. */
export function flaggedEffect({ level, df, error, margin }: FlagRule): number {
  return Math.expm1(Math.max(detectableShift(level, df) * error, Math.log1p(margin) + powerReach * error));
}
