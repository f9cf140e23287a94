import type { Cell } from '../model/cell.ts';
import type { Ratio } from '../model/change.ts';
import type { Metric } from '../model/metric.ts';
import type { BrokenKind } from '../model/sample.ts';
import type { BothSides, SideName } from '../model/sample-pair.ts';
import type { Cause } from './hints.ts';
import type { PairEvidence } from './pair-verdict.ts';
import type { Threshold } from './threshold.ts';

/** What stored runs of other machines and times say of a cell. Clears, never convicts. */
export interface StoredEvidence {
  /** Median of this run's processes and geometric mean of the stored runs' medians, base units. */
  readonly figures: BothSides<number>;
  /** head / base after the movement common to the cell's family was taken out, with its 95 % interval. */
  readonly ratio: Ratio;
  /** Stored runs it rests on, >= 1; there is an interval from 3 on. */
  readonly runs: number;
  /** Whether all of them ran on this run's CPU model. */
  readonly sameCpu: boolean;
  /** The smallest worsening, as a share, that is excluded at 97.5 %; null for a figure that is held against a plain threshold. */
  readonly excluded: number | null;
}

/** Why nothing certain can be said of a cell. Each asks its reader for something else. */
export type Doubt =
  /** Pairs were measured and left it open. */
  | { readonly kind: 'too noisy'; readonly pairs: number }
  /** It was to be measured in pairs and was not, or too little: the cap on suspects or the time budget. */
  | { readonly kind: 'not re-measured'; readonly why: 'max-suspects' | 'time budget' | 'interrupted' }
  /** There is no base to measure against, or pairs were not asked for. */
  | { readonly kind: 'not confirmed'; readonly suspected: boolean }
  /** A figure that a plain threshold judges varies between processes. */
  | { readonly kind: 'not deterministic' }
  /** Cleared by stored runs only after the movement of its family was taken out, and no sentinel says that this was the machine. */
  | { readonly kind: 'family open'; readonly family: string }
  /** The pairs that were measured give no estimate; `reason` is a clause. */
  | { readonly kind: 'no estimate'; readonly pairs: number; readonly reason: string };

/** The one word that is said of a cell, with what it rests on. Total: every cell has exactly one. */
export type CellVerdict =
  /** `p` is adjusted over all suspects; null where no test was made, because the figure does not vary. */
  | { readonly verdict: 'regression' | 'improvement'; readonly pairs: PairEvidence; readonly p: number | null }
  /** A slowdown of the target or more is excluded: by pairs, or else by stored runs. */
  | { readonly verdict: 'no change'; readonly pairs: PairEvidence }
  | { readonly verdict: 'no change'; readonly pairs: null; readonly stored: StoredEvidence }
  | {
      readonly verdict: 'inconclusive';
      readonly doubt: Doubt;
      readonly pairs: PairEvidence | null;
      readonly stored: StoredEvidence | null;
    }
  | { readonly verdict: 'not comparable'; readonly reason: string }
  | { readonly verdict: 'new' | 'missing'; readonly reason: string }
  | {
      readonly verdict: 'broken';
      readonly side: SideName;
      readonly kind: BrokenKind;
      readonly message: string;
      readonly output: string;
    };

/** What the change of a cell is told by: pairs, where there are any, count alone; null where nothing was compared. */
export function evidenceOf(verdict: CellVerdict): PairEvidence | StoredEvidence | null {
  const pairs = 'pairs' in verdict ? verdict.pairs : null;
  return pairs ?? ('stored' in verdict ? verdict.stored : null);
}

/** A cell with its verdict. */
export interface JudgedCell {
  /** As `cellId` makes it. */
  readonly id: string;
  /** Under the runtime of head. */
  readonly cell: Cell;
  /** What it is judged by; null where no process said so. */
  readonly metric: Metric | null;
  /** What it is held against. */
  readonly threshold: Threshold;
  /** Whether the workload file is another one on the base side. */
  readonly sourceDiffers: boolean;
  readonly verdict: CellVerdict;
  /** The likely cause of a worsening, from what else moved; null where the pattern is not clear or nothing got worse. */
  readonly hint: Cause | null;
}
