import type { GateResult } from '../model/verdict.ts';
import type { CalibrationRow } from './calibration-row.ts';
import type { JudgedCell } from './cell-verdict.ts';
import type { ConfirmDesign } from './confirm-design.ts';
import type { Threshold } from './threshold.ts';

/** What the screen against stored runs came to, in cells. */
export interface ScreenSummary {
  readonly cleared: number;
  /** To be measured in pairs, sentinels among them. */
  readonly suspects: number;
  readonly sentinels: number;
  /** Suspects for lack of stored runs to compare with. */
  readonly withoutBaseline: number;
  /** Suspects that `max-suspects` left out. */
  readonly leftOut: number;
  /** Stored runs looked at, and the commits and CPU models they ran on, newest first. */
  readonly runs: number;
  readonly commits: readonly string[];
  readonly cpuModels: readonly string[];
  /** Cells whose older stored runs were left out because a lasting step lies between. */
  readonly cutByStep: number;
}

/** What the base of the pairs was, in the words of whoever found it. */
export interface BaseDescription {
  /** 40 hex digits, or null where base is no commit: the same tree, or a folder. */
  readonly commit: string | null;
  /** "first parent of the merge commit", "merge base with origin/main", "this tree with the baseline's packages", "the same tree (null run)". */
  readonly origin: string;
  /** What went wrong on the way to it, and what of it may be missed; a sentence each. */
  readonly notes: readonly string[];
}

/** What confirming by pairs took. */
export interface ConfirmationSummary {
  readonly base: BaseDescription;
  readonly design: ConfirmDesign;
  readonly suspects: number;
  /** Process runs of the pairs. */
  readonly processes: number;
  /** Wall seconds of the pairs. */
  readonly seconds: number;
  readonly endedBy: 'schedule' | 'budget' | 'interrupt';
  /** Families of which a sentinel moved, so that all their cells were measured in pairs. */
  readonly movedFamilies: readonly string[];
  /** How the calibration loop itself moved, by runtime; shown, never judged. */
  readonly interpreters: readonly CalibrationRow[];
}

/** Whether and why no pairs were measured. */
export type Confirmation =
  | { readonly kind: 'pairs'; readonly summary: ConfirmationSummary }
  /** Nothing was suspect. */
  | { readonly kind: 'not needed' }
  /**
   * `reason` says why there is no base or why it could not be made ready, and what to do; one or two sentences. `asked`:
   * pairs were wanted, so that their absence is a warning; `unasked`: nobody named a base.
   */
  | { readonly kind: 'none'; readonly pairs: 'asked' | 'unasked'; readonly reason: string };

/** Everything that was decided about a run. */
export interface RunJudgement {
  /** Every cell of this run and every missing one, the most urgent first, each once. */
  readonly cells: readonly JudgedCell[];
  /** What cells are held against where no rule says otherwise. */
  readonly threshold: Threshold;
  readonly screen: ScreenSummary;
  readonly confirmation: Confirmation;
  /** Whether base and head are the same on purpose, to see false alarms. */
  readonly nullRun: boolean;
  /** Whether stored runs were to be looked at: pairs of everything need none. */
  readonly usesBaseline: boolean;
  readonly gate: GateResult;
}
