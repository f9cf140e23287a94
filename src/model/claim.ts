import type { Bounds } from './change.ts';
import type { Unit } from './metric.ts';

/** The size of what a claim is about: a quotient, or a difference where a side may be zero. */
export type Effect =
  | { readonly kind: 'ratio'; readonly value: number; readonly bounds: Bounds }
  | { readonly kind: 'difference'; readonly unit: Unit; readonly value: number; readonly bounds: Bounds };

/** Whether a sentence of the write-up is true of today's numbers on one runtime. */
export type ClaimResult =
  | { readonly status: 'holds' | 'does not hold'; readonly effect: Effect }
  | { readonly status: 'undecided'; readonly effect: Effect; readonly reason: string }
  | { readonly status: 'not measured'; readonly reason: string };

/** The table of the write-up that a claim comes from; `Advice` is what its text says and no table does. */
export type ClaimSource = 'Overview' | 'Scheduling & memory' | 'Use cases' | 'Advice';
