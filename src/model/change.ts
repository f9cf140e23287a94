import type { Cell } from './cell.ts';
import type { Metric } from './metric.ts';
import type { BrokenKind } from './sample.ts';

/** Confidence level of every interval this program shows, in the range (0, 1). */
export const intervalLevel = 0.95;

/** The fewest process values per side, and the fewest stored runs, that an interval is made from. */
export const fewestForInterval = 3;

/** How sure an effect is: an interval at `intervalLevel`, or why there is none. */
export type Bounds =
  | { readonly kind: 'interval'; readonly low: number; readonly high: number }
  | { readonly kind: 'none'; readonly reason: string };

/** A quotient of two figures of the same metric, always above 0. */
export interface Ratio {
  readonly value: number;
  readonly bounds: Bounds;
}

/**
 * What the interval of a change rests on: the spread from run to run of stored runs, or only the spread between
 * the processes of this run and of the few stored ones, which knows nothing of what changes from run to run.
 */
export interface Basis {
  readonly kind: 'runs' | 'processes';
  /** Stored runs that took part, >= 1. */
  readonly runs: number;
}

/** One cell of this run against the stored runs of the same runtime, by its gate metric. */
export type Change =
  | {
      readonly status: 'compared';
      readonly cell: Cell;
      readonly metric: Metric;
      /** The figure before, base units. */
      readonly base: number;
      /** The figure now, base units. */
      readonly head: number;
      /** head / base. */
      readonly ratio: Ratio;
      readonly basis: Basis;
    }
  | { readonly status: 'no baseline'; readonly cell: Cell }
  | { readonly status: 'new'; readonly cell: Cell }
  | { readonly status: 'missing'; readonly cell: Cell; readonly reason: string }
  | { readonly status: 'broken'; readonly cell: Cell; readonly kind: BrokenKind; readonly message: string }
  | { readonly status: 'not comparable'; readonly cell: Cell; readonly reason: string };

/** A change that could be computed. */
export type ComparedChange = Extract<Change, { readonly status: 'compared' }>;
