import { fewestForInterval } from '../model/change.ts';
import { logMedian, median } from '../stats/quantiles.ts';
import { smallestSpread } from '../stats/trimmed-t.ts';
import type { Threshold } from './threshold.ts';

/** One cell of this run beside its stored runs. Larger is worse: reciprocals where more is better. */
export interface ScreenCell {
  /** As `cellId` makes it. */
  readonly id: string;
  /** Cells that a machine slows down together: single-threaded, thread hand-off, waiting. */
  readonly family: string;
  /** What else cells of a family share: a change to one model's code moves the cells of that model together. */
  readonly stratum?: string;
  readonly threshold: Threshold;
  /** Process values of this run, base units, above 0. */
  readonly next: readonly number[];
  /** Process values of the comparable stored runs, oldest first; `run` is equal across the cells of one run. */
  readonly earlier: readonly { readonly run: string; readonly values: readonly number[] }[];
}

/** A cell on the log scale, ready to be compared. */
export interface ComparableCell {
  readonly kind: 'comparable';
  readonly cell: ScreenCell;
  /** Median of the logarithms of this run's processes. */
  readonly next: number;
  /** The same of each stored run, by run. */
  readonly earlier: ReadonlyMap<string, number>;
  /** Median of `earlier`. */
  readonly reference: number;
}

/** Why a cell is a suspect without having been compared with stored runs. */
export type WithoutBaseline = 'no baseline' | 'few processes' | 'no spread';

/** A cell as the screen can use it. */
export type PreparedCell =
  | ComparableCell
  | { readonly kind: 'unknown'; readonly cell: ScreenCell; readonly why: WithoutBaseline }
  | { readonly kind: 'refused'; readonly cell: ScreenCell; readonly reason: string };

/** Decides whether a cell can be compared with its stored runs, must be measured in pairs, or cannot be judged at all. */
export function prepareCell(cell: ScreenCell): PreparedCell {
  if (cell.next.length === 0) return { kind: 'refused', cell, reason: 'no process of this run reported the metric it is judged by' };
  if (!cell.next.every(isUsable)) return { kind: 'refused', cell, reason: 'a figure of zero or below, or none, leaves no ratio' };
  if (cell.next.length < fewestForInterval) return { kind: 'unknown', cell, why: 'few processes' };
  const earlier = new Map<string, number>();
  for (const { run, values } of cell.earlier) {
    if (usableRun(values)) earlier.set(run, logMedian(values));
  }
  if (earlier.size < fewestForInterval) return { kind: 'unknown', cell, why: 'no baseline' };
  return withReference(cell, earlier);
}

function withReference(cell: ScreenCell, earlier: ReadonlyMap<string, number>): PreparedCell {
  const values = [...earlier.values()];
  const next = logMedian(cell.next);
  const reference = median(values);
  const hasSpread = Math.max(...values) - Math.min(...values) > smallestSpread;
  if (hasSpread) return { kind: 'comparable', cell, next, earlier, reference };
  if (Math.abs(next - reference) > smallestSpread) return { kind: 'unknown', cell, why: 'no spread' };
  return { kind: 'refused', cell, reason: 'its figure is the same in every run, so there is no noise to judge by; nothing moved' };
}

/** Whether a stored run says enough of a cell to be compared with: three processes, and a figure above zero in each. */
export function usableRun(values: readonly number[]): boolean {
  return values.length >= fewestForInterval && values.every(isUsable);
}

function isUsable(value: number): boolean {
  return value > 0 && Number.isFinite(value);
}
