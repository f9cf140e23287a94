import type { Acceptance } from '../model/override.ts';
import type { BaseDescription, NoPairs } from '../model/pairs-of-run.ts';
import type { GateResult } from '../model/verdict.ts';
import type { CalibrationRow } from './calibration-row.ts';
import type { JudgedCell } from './cell-verdict.ts';
import type { ConfirmDesign } from './confirm-design.ts';
import type { BranchShifts } from './history-shift.ts';
import type { HistoryStarts } from './history-start.ts';
import type { RuntimeHistory } from './history-use.ts';
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
  /** Cells whose older stored runs were left out because a lasting step lies between, or because somebody accepted another level since. */
  readonly cutByStep: number;
  readonly cutByAccepted: number;
  /** What the stored runs of each runtime served for. */
  readonly histories: readonly RuntimeHistory[];
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

/** What the pairs of a run took, or why there are none. */
export type Confirmation = { readonly kind: 'pairs'; readonly summary: ConfirmationSummary } | NoPairs;

/** Everything that was decided about a run. */
export interface RunJudgement {
  /** Every cell of this run and every missing one, the most urgent first, each once. */
  readonly cells: readonly JudgedCell[];
  /** What cells are held against where no rule says otherwise. */
  readonly threshold: Threshold;
  readonly screen: ScreenSummary;
  /** Where the stored runs of cells begin to count of which older ones do not. */
  readonly starts: HistoryStarts;
  /** Lasting changes of level among the stored runs, on this run's CPU model. */
  readonly shifts: BranchShifts;
  readonly confirmation: Confirmation;
  /** Whether base and head are the same on purpose, to see false alarms. */
  readonly nullRun: boolean;
  /** Whether stored runs were to be looked at: pairs of everything need none. */
  readonly usesBaseline: boolean;
  /** Names of the shards of the plan that delivered nothing. */
  readonly missingShards: readonly string[];
  /** The regressions that somebody accepted; null where there is none. */
  readonly acceptance: Acceptance | null;
  readonly gate: GateResult;
}
