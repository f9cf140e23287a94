import type { Cell } from '../model/cell.ts';
import { matchesPattern } from '../model/name-pattern.ts';
import { shareText } from '../model/share.ts';
import { type ThresholdRule, thresholdSubjects } from '../model/threshold-rule.ts';
import { UserError } from '../model/user-error.ts';

/** How large a change must be to matter. */
export interface Threshold {
  /** The slowdown that must not be missed, as a share > 0: 0.1 is 10 %. */
  readonly target: number;
  /** The smallest change that may be called a regression or an improvement, as a share in [0, target). */
  readonly margin: number;
}

/** The threshold where no rule says otherwise. */
export const defaultThreshold: Threshold = { target: 0.1, margin: 0.05 };

/** Thresholds of a whole run: rules in order, and what holds where none says otherwise. */
export interface ThresholdRules {
  readonly rules: readonly ThresholdRule[];
  readonly fallback?: Threshold;
}

/** The threshold of one metric of one cell: of every rule that matches, the last one that states a share wins. */
export function thresholdFor(cell: Cell, metric: string, { rules, fallback = defaultThreshold }: ThresholdRules): Threshold {
  const names = { workload: cell.workload, model: cell.model, metric, runtime: cell.runtime };
  const matching = rules.filter((rule) => thresholdSubjects.every((subject) => matchesPattern(rule[subject] ?? '*', names[subject])));
  const target = matching.findLast((rule) => rule.target !== undefined)?.target ?? fallback.target;
  const margin = matching.findLast((rule) => rule.margin !== undefined)?.margin ?? Math.min(fallback.margin, target / 2);
  return checkThreshold({ target, margin }, `${cell.workload} under ${cell.model}, ${metric}`);
}

/**
 * Gives a threshold back when it can be judged by.
 *
 * @param subject whose threshold it is, for the message
 * @throws UserError when the target is not above the margin, or a share is negative or no number
 */
export function checkThreshold(threshold: Threshold, subject: string): Threshold {
  const { target, margin } = threshold;
  if (margin >= 0 && target > margin && Number.isFinite(target)) return threshold;
  throw new UserError(
    `The thresholds of ${subject} are target ${shareText(target)} and margin ${shareText(margin)}.`,
    'The margin must be 0 % or more and the target larger than it: the smallest change that may be flagged lies below the one that must not be missed.',
  );
}
