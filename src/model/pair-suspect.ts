import type { Cell } from './cell.ts';
import type { Metric } from './metric.ts';
import type { Runtime } from './runtime.ts';
import type { BothSides, SideName } from './sample-pair.ts';

/** A cell that both sides have, under the runtime of head. */
export interface PairSuspect {
  /** As `cellId` makes it of `cell`. */
  readonly id: string;
  readonly cell: Cell;
  readonly runtimes: BothSides<Runtime>;
  /** The metric it is judged by. */
  readonly metric: Metric;
  /** Whether the workload file is another one on each side. */
  readonly sourceDiffers: boolean;
}

/** A cell that is on one side only, and why. */
export interface LoneCell {
  readonly cell: Cell;
  /** The side that lacks it. */
  readonly lacks: SideName;
  readonly reason: string;
}

/** Every cell of two sides, each once: to be measured in pairs, on one side only, or not comparable. */
export interface SuspectPlan {
  readonly suspects: readonly PairSuspect[];
  readonly lone: readonly LoneCell[];
  readonly notComparable: readonly { readonly cell: Cell; readonly reason: string }[];
}
