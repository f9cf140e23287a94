import { type PreparedCell, prepareCell, type ScreenCell, type WithoutBaseline } from './screen-cell.ts';
import { type EstimatedCell, estimateCells, type ScreenEstimate } from './screen-family.ts';
import { keepWithinCap, sentinelsOf } from './screen-suspects.ts';
import type { Threshold } from './threshold.ts';

/** Why a cell has to be measured again, in pairs. `sentinel`: not for itself, but to see its whole family move. */
export type SuspectReason = 'slower' | 'faster' | 'sentinel' | WithoutBaseline;

/** A cell that the stored runs do not clear. */
export interface Suspect {
  readonly status: 'suspect';
  readonly id: string;
  readonly family: string;
  readonly why: SuspectReason;
  /** Whether it stands for its family: of the cells whose stored runs vary least. */
  readonly sentinel: boolean;
  /** Null where there was nothing to compare with. */
  readonly estimate: ScreenEstimate | null;
}

/** What the stored runs say of one cell. Never a regression: only pairs on one machine can show one. */
export type Screened =
  | Suspect
  /** A slowdown of `target` is excluded; `excluded` is the smallest share of which that is true. */
  | { readonly status: 'cleared'; readonly id: string; readonly estimate: ScreenEstimate; readonly excluded: number }
  /** A suspect that the cap on suspects left out. */
  | { readonly status: 'not re-measured'; readonly id: string; readonly why: SuspectReason; readonly estimate: ScreenEstimate | null }
  | { readonly status: 'not judged'; readonly id: string; readonly reason: string };

/** What a screen may spend. */
export interface ScreenOptions {
  /** Most suspects to measure in pairs, sentinels counted; null for no limit. */
  readonly maxSuspects: number | null;
  /** Whether two cells a family are measured again whatever they say; without them a slowdown of all cells is not seen. */
  readonly sentinels: boolean;
}

/**
 * Clears every cell for which the stored runs exclude a slowdown of its target, and names the others as suspects. What
 * makes a suspect errs on the side of measuring again: the pairs that follow are new data, so the screen itself costs
 * no error probability.
 *
 * @returns one entry per cell, in the order given
 */
export function screen(cells: readonly ScreenCell[], { maxSuspects, sentinels }: ScreenOptions): readonly Screened[] {
  const prepared = cells.map(prepareCell);
  const estimated = estimateCells(prepared.filter((each) => each.kind === 'comparable'));
  const byId = new Map(estimated.map((each) => [each.prepared.cell.id, each]));
  const chosen = sentinels ? sentinelsOf(estimated) : new Set<string>();
  const screened = prepared.map((each) => screenOne(each, byId.get(each.cell.id), chosen.has(each.cell.id)));
  return keepWithinCap(screened, maxSuspects);
}

function screenOne(prepared: PreparedCell, estimated: EstimatedCell | undefined, sentinel: boolean): Screened {
  const { id, family, threshold } = prepared.cell;
  const unknown = (why: WithoutBaseline) => ({ status: 'suspect', id, family, why, sentinel: false, estimate: null }) as const;
  switch (prepared.kind) {
    case 'refused':
      return { status: 'not judged', id, reason: prepared.reason };
    case 'unknown':
      return unknown(prepared.why);
    case 'comparable': {
      const estimate = estimated?.estimate ?? null;
      if (estimate === null) return unknown('no spread');
      const why = suspicion(estimate, threshold) ?? (sentinel ? 'sentinel' : null);
      if (why !== null) return { status: 'suspect', id, family, why, sentinel, estimate };
      return { status: 'cleared', id, estimate, excluded: Math.expm1(estimate.effect + estimate.reach) };
    }
  }
}

/** Slower: the target is not excluded, or the stored runs already lie clearly below. Faster: they lie clearly above. */
function suspicion({ effect, reach }: ScreenEstimate, { target, margin }: Threshold): 'slower' | 'faster' | null {
  if (effect + reach >= Math.log1p(target)) return 'slower';
  if (effect - reach > 0 && effect >= Math.log1p(margin)) return 'slower';
  return effect + reach < 0 && effect <= -Math.log1p(margin) ? 'faster' : null;
}
