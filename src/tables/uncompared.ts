import type { ReasonGroup } from './reason-group.ts';

/** Cells that have no second figure to compare with, by reason. */
export interface UncomparedCells {
  readonly fresh: readonly ReasonGroup[];
  readonly missing: readonly ReasonGroup[];
  readonly notComparable: readonly ReasonGroup[];
}
