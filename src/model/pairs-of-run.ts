import type { PairSuspect, SuspectPlan } from './pair-suspect.ts';
import type { PairsOutcome } from './sample-pair.ts';

/** What the base of the pairs was, in the words of whoever found it. */
export interface BaseDescription {
  /** 40 hex digits, or null where base is no commit: the same tree, or a folder. */
  readonly commit: string | null;
  /** "first parent of the merge commit", "merge base with origin/main", "this tree with the baseline's packages", "the same tree (null run)". */
  readonly origin: string;
  /** What went wrong on the way to it, and what of it may be missed; a sentence each. */
  readonly notes: readonly string[];
}

/** Suspects that were measured together: the correction counts them all. */
export interface PairSeries {
  readonly suspects: readonly PairSuspect[];
  readonly outcome: PairsOutcome;
}

/** The pairs of a run. */
export interface PairedRun {
  readonly base: BaseDescription;
  readonly plan: SuspectPlan;
  /** The suspects of the screen; then, where a sentinel of them moved, the rest of its family. */
  readonly series: readonly PairSeries[];
  readonly movedFamilies: readonly string[];
  /** Wall seconds of the pairs. */
  readonly seconds: number;
}

/** Why a run has no pairs. */
export type NoPairs =
  /** Nothing was suspect. */
  | { readonly kind: 'not needed' }
  /**
   * `reason` says why there is no base or why it could not be made ready, and what to do; one or two sentences. `asked`:
   * pairs were wanted, so that their absence is a warning; `unasked`: nobody named a base.
   */
  | { readonly kind: 'none'; readonly pairs: 'asked' | 'unasked'; readonly reason: string };

/** The pairs, or why there are none. */
export type PairsOfRun = { readonly kind: 'pairs'; readonly run: PairedRun } | NoPairs;
