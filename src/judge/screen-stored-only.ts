import { holm } from '../stats/holm.ts';
import { pAbove } from '../stats/trimmed-t.ts';
import type { Screened } from './screen.ts';
import type { ScreenEstimate } from './screen-family.ts';
import type { Threshold } from './threshold.ts';

/** A cell that looks slower than its stored runs, without pairs to confirm it. */
export interface Suspected {
  readonly id: string;
  readonly estimate: ScreenEstimate;
  /** Holm's adjusted p-value over all cells with an estimate. */
  readonly p: number;
}

/**
 * The cells that stored runs alone would flag, where no pairs can be measured: P(T >= effect / error) by Holm at
 * `alpha` over all cells, and an effect of the margin or more. "Suspected, not confirmed": on machines that differ this
 * sees few slowdowns, and it is not meant to fail anything.
 */
export function suspectedFromStored(
  screened: readonly Screened[],
  { alpha, thresholdOf }: { readonly alpha: number; readonly thresholdOf: (id: string) => Threshold },
): readonly Suspected[] {
  const estimated = screened.flatMap((each) =>
    each.status === 'not judged' || each.estimate === null ? [] : [{ id: each.id, estimate: each.estimate }],
  );
  const adjusted = holm(estimated.map(({ estimate }) => pAbove({ ...estimate, value: estimate.effect })));
  return estimated
    .map((each, index) => ({ ...each, p: adjusted[index] ?? 1 }))
    .filter(({ id, estimate, p }) => p <= alpha && estimate.effect >= Math.log1p(thresholdOf(id).margin));
}
