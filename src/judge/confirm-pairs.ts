import { intervalLevel } from '../model/change.ts';
import { controlledDifferences } from '../stats/control-variate.ts';
import { criticalValue } from '../stats/critical-value.ts';
import { pAbove, smallestSpread, trimmedMean } from '../stats/trimmed-t.ts';
import { clearingLevel } from './confirm-design.ts';
import { areTooMany } from './disturbed-pairs.ts';
import type { Threshold } from './threshold.ts';

/** One-sided level from which the loop is taken to have moved: by chance in one cell of a thousand, which then needs more pairs to be cleared. */
const movedLevel = 0.0005;

/** The calibration loop of the same pairs, or why it may not explain their noise. */
export type PairControl =
  /** ln(head) - ln(base) of the loop's seconds, one per pair. */
  { readonly kind: 'on'; readonly differences: readonly number[] } | { readonly kind: 'off'; readonly reason: string };

/** A suspect with the pairs measured so far. Larger is worse: turned around where more is better. */
export interface PairedCell {
  readonly id: string;
  readonly threshold: Threshold;
  /** ln(head) - ln(base) of the gate metric's process values, one per pair, in order of measurement. */
  readonly differences: readonly number[];
  /** Places in `differences` of the pairs that the machine disturbed, whose figures no look uses; none when left out. */
  readonly disturbed?: ReadonlySet<number>;
  /** On only where both sides run the same interpreter build: else the loop carries the very effect that is sought. */
  readonly control: PairControl;
}

/** What pairs say of one cell, on the log scale. */
export interface PairEstimate {
  readonly effect: number;
  readonly error: number;
  readonly df: number;
  /** Ends of the 95 % interval, for display. */
  readonly low: number;
  readonly high: number;
  /** That it was made from: those of a look without the disturbed ones. */
  readonly pairs: number;
  /** The differences it was made from: without what the control explains, where it was on. */
  readonly differences: readonly number[];
  /** Coefficient of the control variate, or why it was off. */
  readonly control:
    | {
        readonly kind: 'on';
        readonly coefficient: number;
        /** `moved`: it ran at another speed on one side, so that it may carry the very change that is sought. */
        readonly loop: 'still' | 'moved';
      }
    | { readonly kind: 'off'; readonly reason: string };
}

/** An estimate, or why there is none. */
export type PairOutcome =
  | { readonly kind: 'estimate'; readonly estimate: PairEstimate }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Estimates a cell from the undisturbed ones of its first `pairs` pairs, with as many degrees of freedom as they have. None
 * where fewer were measured, where more than a fifth are disturbed, or where they do not vary: a control takes noise out,
 * so it must not bring in its own where there is none.
 */
export function estimatePairs(cell: PairedCell, pairs: number): PairOutcome {
  const { differences, control } = cell;
  if (differences.length < pairs) return { kind: 'none', reason: `${differences.length} of ${pairs} pairs were measured` };
  const raw = usable(cell, differences, pairs);
  const disturbed = pairs - raw.length;
  if (areTooMany(disturbed, pairs)) return { kind: 'none', reason: `the machine disturbed ${disturbed} of ${pairs} pairs` };
  const plain = trimmedMean(raw);
  if (plain.kind === 'none') return plain;
  const loop = control.kind === 'off' ? [] : usable(cell, control.differences, pairs);
  const controlled = control.kind === 'off' ? control : controlledDifferences({ differences: raw, control: loop });
  const used = controlled.kind === 'off' ? raw : controlled.differences;
  const trimmed = controlled.kind === 'off' ? plain : trimmedMean(used);
  if (trimmed.kind === 'none') return trimmed;
  const df = controlled.kind === 'off' ? trimmed.df : trimmed.df - 1;
  if (df < 1) return { kind: 'none', reason: `${raw.length} pairs leave no degree of freedom beside the control's coefficient` };
  const { value: effect, error } = trimmed;
  const reach = criticalValue((1 + intervalLevel) / 2, df) * error;
  const shown = controlled.kind === 'off' ? controlled : { kind: 'on' as const, coefficient: controlled.coefficient, loop: loopOf(loop) };
  return {
    kind: 'estimate',
    estimate: { effect, error, df, low: effect - reach, high: effect + reach, pairs: raw.length, differences: used, control: shown },
  };
}

/** The figures of the first `pairs` pairs, one each, without those of the disturbed ones. */
function usable({ disturbed }: PairedCell, figures: readonly number[], pairs: number): readonly number[] {
  return figures.slice(0, pairs).filter((_, place) => disturbed?.has(place) !== true);
}

/** Whether the loop ran at another speed on one side in all pairs together. */
function loopOf(control: readonly number[]): 'still' | 'moved' {
  const trimmed = trimmedMean(control);
  if (trimmed.kind === 'none') return 'still';
  return pAbove({ ...trimmed, value: Math.abs(trimmed.value) }) < movedLevel ? 'moved' : 'still';
}

/**
 * The suspects that a correction after so many pairs counts: all but those whose pairs so far agree to the last digit.
 * Such a cell cannot be flagged, so it is no comparison. Pairs measured later do not change what was counted.
 */
export function countedSuspects(suspects: readonly PairedCell[], pairs: number): readonly PairedCell[] {
  return suspects.filter((cell) => !isConstant(usable(cell, cell.differences, pairs)));
}

function isConstant(differences: readonly number[]): boolean {
  if (differences.length < 2) return false;
  return Math.max(...differences) - Math.min(...differences) <= smallestSpread;
}

/**
 * Whether a change that matters is excluded both ways, at 99 % each: the bound lies within the margin; or within the
 * target, where equality is not excluded either.
 */
export function isCleared({ effect, error, df }: PairEstimate, { target, margin }: Threshold): boolean {
  const reach = criticalValue(clearingLevel, df) * error;
  const [low, high] = [effect - reach, effect + reach];
  const within = (far: number, near: number) => far < Math.log1p(margin) || (far < Math.log1p(target) && near <= 0);
  return within(high, low) && within(-low, -high);
}
