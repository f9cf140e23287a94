import { holm } from '../stats/holm.ts';
import { pAbove } from '../stats/trimmed-t.ts';
import type { ScreenedCell } from './baseline-screen.ts';
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

/**
 * The ids of the cells that stored runs alone would flag: by that test, and without one where a figure that needs none is
 * beyond its threshold.
 */
export function suspectedCells(screened: readonly ScreenedCell[], alpha: number): readonly string[] {
  const thresholds = new Map(screened.map(({ id, threshold }) => [id, threshold]));
  const tested = screened.flatMap(({ screened: each }) => (each === null ? [] : [each]));
  const plain = screened.filter(({ screened: each, outcome }) => each === null && outcome.kind === 'suspect' && outcome.why === 'slower');
  const thresholdOf = (id: string) => {
    const threshold = thresholds.get(id);
    if (threshold === undefined) throw new Error(`cell ${id} has no threshold`);
    return threshold;
  };
  return [...suspectedFromStored(tested, { alpha, thresholdOf }).map(({ id }) => id), ...plain.map(({ id }) => id)];
}
