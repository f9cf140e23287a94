import { type Cell, cellId } from '../model/cell.ts';
import type { Metric } from '../model/metric.ts';
import { holm } from '../stats/holm.ts';
import { mannWhitney, smallestP } from '../stats/mann-whitney.ts';
import { type ProcessMedian, processMedian } from '../stats/median-interval.ts';
import type { CellIndex, MeasuredCell } from './cell-index.ts';
import { whyNotComparable } from './comparability.ts';
import { processValues } from './process-value.ts';
import { isDeterministic } from './threshold-deterministic.ts';

/** The chance of calling two equal sides of one cell different where no other is given, in (0, 1). */
export const differenceLevel = 0.05;

/** Fewest processes a side whose agreement says that a figure has no spread. */
const fewestWithoutSpread = 2;

/** What the processes of two results say of one cell. */
export type TwoSampleOutcome =
  /** Every process of both sides has one and the same figure. No test, so no p. */
  | { readonly kind: 'equal' }
  /** A deterministic metric without spread on either side, and another figure on each. No test either. */
  | { readonly kind: 'exact' }
  /** p of Mann and Whitney at most the level, or above; `adjustedP` is Holm's over all tested cells. Both in (0, 1]. */
  | { readonly kind: 'different' | 'not told apart'; readonly p: number; readonly adjustedP: number }
  /** So few that no values at all could be told apart; `needed` processes a side could. */
  | { readonly kind: 'too few processes'; readonly p: number; readonly needed: number };

/** One cell of two results by its gate metric, the process as the unit of replication. */
export interface TwoSampleCell {
  readonly cell: Cell;
  readonly metric: Metric;
  readonly base: ProcessMedian;
  readonly head: ProcessMedian;
  /** Head's median over base's; null where one of them is zero or below. */
  readonly ratio: number | null;
  readonly outcome: TwoSampleOutcome;
}

/** A cell before the correction for how many there are. */
type Untold = Omit<TwoSampleCell, 'outcome'> & { readonly outcome: RawOutcome };
type RawOutcome = Extract<TwoSampleOutcome, { readonly kind: 'equal' | 'exact' | 'too few processes' }> | { kind: 'tested'; p: number };

/**
 * Compares every cell that both results measured alike, in head's order. Runtimes have the same ids in both.
 *
 * @param level the chance of calling two equal sides of one cell different, in (0, 1)
 */
export function compareTwoSamples(head: CellIndex, base: CellIndex, level: number): readonly TwoSampleCell[] {
  const cells = [...head.states.values()].flatMap((state) => {
    const stored = base.states.get(cellId(state.cell));
    if (state.status !== 'measured' || stored?.status !== 'measured') return [];
    return whyNotComparable(state, stored) === null ? untold(state, stored, level) : [];
  });
  const tested = cells.flatMap(({ cell, outcome }) => (outcome.kind === 'tested' ? [{ id: cellId(cell), p: outcome.p }] : []));
  const adjusted = holm(tested.map(({ p }) => p));
  const adjustedOf = new Map(tested.map(({ id }, index) => [id, adjusted[index] ?? 1]));
  return cells.map((each) => ({ ...each, outcome: told(each.outcome, { level, adjustedP: adjustedOf.get(cellId(each.cell)) ?? 1 }) }));
}

/** The fewest processes a side of which the most different values reach a p of `level`, in (0, 1). */
export function fewestToReach(level: number): number {
  let processes = 1;
  while (smallestP(processes, processes) > level) processes += 1;
  return processes;
}

function untold(head: MeasuredCell, base: MeasuredCell, level: number): readonly Untold[] {
  const metric = head.gate;
  const values = { head: processValues(head.processes, metric), base: processValues(base.processes, metric) };
  if (values.head.length === 0 || values.base.length === 0) return [];
  const [before, now] = [processMedian(values.base), processMedian(values.head)];
  const ratio = before.value > 0 && now.value > 0 ? now.value / before.value : null;
  return [{ cell: head.cell, metric, base: before, head: now, ratio, outcome: rawOutcome(metric, { ...values, before, now, level }) }];
}

interface Sides {
  readonly head: readonly number[];
  readonly base: readonly number[];
  readonly before: ProcessMedian;
  readonly now: ProcessMedian;
  readonly level: number;
}

function rawOutcome(metric: Metric, { head, base, before, now, level }: Sides): RawOutcome {
  if (isConstant(head) && isConstant(base)) {
    if (before.value === now.value) return { kind: 'equal' };
    if (isDeterministic(metric)) return { kind: 'exact' };
  }
  const { p } = mannWhitney({ head, base });
  if (smallestP(head.length, base.length) <= level) return { kind: 'tested', p };
  return { kind: 'too few processes', p, needed: fewestToReach(level) };
}

function isConstant(values: readonly number[]): boolean {
  return values.length >= fewestWithoutSpread && values.every((value) => value === values[0]);
}

function told(outcome: RawOutcome, { level, adjustedP }: { readonly level: number; readonly adjustedP: number }): TwoSampleOutcome {
  if (outcome.kind !== 'tested') return outcome;
  return { kind: outcome.p <= level ? 'different' : 'not told apart', p: outcome.p, adjustedP };
}
