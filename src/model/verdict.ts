import type { Change, ComparedChange } from './change.ts';

/**
 * The word for one change. `not confirmed`: the interval excludes equality, but nothing was measured twice to confirm
 * it. `inconclusive`: the interval holds equality, or there is none.
 */
export type Verdict = 'not confirmed' | 'inconclusive' | 'no baseline' | 'new' | 'missing' | 'broken' | 'not comparable';

/** The word for a change. Total: every change has exactly one. */
export function verdictOf(change: Change): Verdict {
  if (change.status !== 'compared') return change.status;
  const { bounds } = change.ratio;
  if (bounds.kind === 'none') return 'inconclusive';
  return bounds.low > 1 || bounds.high < 1 ? 'not confirmed' : 'inconclusive';
}

/** Whether head is worse than base. */
export function isWorse({ ratio, metric }: ComparedChange): boolean {
  return metric.better === 'lower' ? ratio.value > 1 : ratio.value < 1;
}

/** The words a gate may fail or warn on, in the order they are documented. */
export const gateWords = ['regression', 'broken', 'inconclusive', 'not-comparable', 'missing', 'missing-baseline', 'new'] as const;

/** A word of the `fail-on` and `warn-on` inputs. */
export type GateWord = (typeof gateWords)[number];

/** What the gate decided, and why: one sentence per reason. `reasons` is empty when it succeeds; warnings never fail. */
export interface GateResult {
  readonly conclusion: 'success' | 'failure';
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
}
