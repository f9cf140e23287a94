import { holm } from '../stats/holm.ts';
import { pAbove } from '../stats/trimmed-t.ts';
import { type ConfirmDesign, fewestToReject, lookLevel } from './confirm-design.ts';
import { type EffectScale, effectScale, smallestEffect } from './confirm-effect.ts';
import { countedSuspects, estimatePairs, isCleared, type PairEstimate, type PairedCell, type PairOutcome } from './confirm-pairs.ts';
import type { Threshold } from './threshold.ts';

/** What the pairs so far say of a suspect. */
export type Decision =
  /** Flagged at a look; `p` is Holm's over all suspects at that look. Final. */
  | { readonly kind: 'regression' | 'improvement'; readonly estimate: PairEstimate; readonly p: number }
  /** A change that matters is excluded. Final. */
  | { readonly kind: 'cleared'; readonly estimate: PairEstimate }
  /** Needs more pairs; `reason` where there is no estimate. */
  | { readonly kind: 'open'; readonly estimate: PairEstimate }
  | { readonly kind: 'open'; readonly estimate: null; readonly reason: string };

/** What is said of a suspect once no more pairs follow. */
export type FinalDecision =
  | Exclude<Decision, { readonly kind: 'open' }>
  /** `smallestEffect` is the slowdown, as a share, that as many pairs would have flagged nine times of ten; null where unknown. */
  | {
      readonly kind: 'inconclusive';
      readonly estimate: PairEstimate | null;
      readonly smallestEffect: number | null;
      readonly reason: string;
    };

/** Decisions by the id of the suspect. */
export type Decisions<D> = ReadonlyMap<string, D>;

/** One look at all suspects of a confirmation. */
export interface Look {
  /** Every suspect of the confirmation, stopped ones too: the correction counts them all. */
  readonly suspects: readonly PairedCell[];
  /** What the look before decided; empty at the first. */
  readonly before: Decisions<Decision>;
  /** Index of the look in `design.looks`. */
  readonly look: number;
  readonly design: ConfirmDesign;
}

/**
 * Looks at the first n pairs of every open suspect, n being the look's, without those that the machine disturbed. From 20
 * pairs on a suspect is flagged where Holm's p over all suspects reaches the look's level and the trimmed mean the margin;
 * it is cleared where a change that matters is excluded; else it stays open. Stopped suspects keep their decision and
 * count with p = 1; a suspect with fewer pairs than the look asks for, or with too few undisturbed ones, is not tested and
 * stays open.
 */
export function confirmLook({ suspects, before, look, design }: Look): Decisions<Decision> {
  const pairs = design.looks[look];
  if (pairs === undefined) throw new RangeError(`there is no look ${look} among ${design.looks.length}`);
  const outcomes = new Map(suspects.filter(({ id }) => isOpen(before.get(id))).map((cell) => [cell.id, estimatePairs(cell, pairs)]));
  const judged =
    pairs < fewestToReject
      ? () => null
      : flags(countedSuspects(suspects, pairs), outcomes, { level: lookLevel(design), comparisons: design.comparisons ?? 1 });
  return new Map(
    suspects.map((cell) => {
      const outcome = outcomes.get(cell.id);
      const kept = before.get(cell.id);
      return [cell.id, outcome === undefined && kept !== undefined ? kept : decide(cell, outcome, { pairs, judged })];
    }),
  );
}

/**
 * Every look that the pairs measured so far reach, in order. The same decisions as look by look: a suspect that an
 * earlier look stopped does not change by pairs measured later.
 *
 * @param looksTaken how many looks were taken, 0 to the number of looks
 */
export function confirm(suspects: readonly PairedCell[], looksTaken: number, design: ConfirmDesign): Decisions<Decision> {
  let decisions: Decisions<Decision> = new Map();
  for (let look = 0; look < looksTaken; look += 1) decisions = confirmLook({ suspects, before: decisions, look, design });
  return decisions;
}

/** Ends a confirmation: what is still open becomes inconclusive, with the smallest effect that could have been seen. */
export function concludeConfirmation(
  suspects: readonly PairedCell[],
  decisions: Decisions<Decision>,
  design: ConfirmDesign,
): Decisions<FinalDecision> {
  const scale = effectScale(suspects, design);
  return new Map(suspects.map((cell) => [cell.id, concluded(decisions.get(cell.id), scale, cell.threshold)]));
}

function concluded(decision: Decision | undefined, scale: EffectScale, { margin }: Threshold): FinalDecision {
  if (decision === undefined)
    return { kind: 'inconclusive', estimate: null, smallestEffect: null, reason: 'no look was taken at its pairs' };
  if (decision.kind !== 'open') return decision;
  if (decision.estimate === null) return { kind: 'inconclusive', estimate: null, smallestEffect: null, reason: decision.reason };
  const { estimate } = decision;
  const reason = openReason(estimate);
  return { kind: 'inconclusive', estimate, smallestEffect: smallestEffect(estimate, scale, margin), reason };
}

function openReason({ pairs, control }: PairEstimate): string {
  const moved = control.kind === 'on' && control.loop === 'moved';
  return `after ${pairs} pairs a change that matters is neither shown nor excluded${moved ? ', and the calibration loop itself ran at another speed on one side' : ''}`;
}

function isOpen(decision: Decision | undefined): boolean {
  return decision === undefined || decision.kind === 'open';
}

type Flag = { readonly kind: 'regression' | 'improvement'; readonly p: number };

/** What a p value is held against. */
interface FlagLevel {
  readonly level: number;
  /** Bonferroni's bound over so many; 1 leaves it to Holm. */
  readonly comparisons: number;
}

/** Holm over all suspects that count, each direction for itself. */
function flags(
  counted: readonly PairedCell[],
  outcomes: ReadonlyMap<string, PairOutcome>,
  { level, comparisons }: FlagLevel,
): (cell: PairedCell) => Flag | null {
  const order = new Map(counted.map(({ id }, index) => [id, index]));
  const corrected = (direction: 1 | -1) => {
    const raw = counted.map(({ id }) => pOf(outcomes.get(id), direction));
    return holm(raw).map((p, index) => Math.max(p, Math.min(1, (raw[index] ?? 1) * comparisons)));
  };
  const [above, below] = [corrected(1), corrected(-1)];
  return ({ id, threshold }) => {
    const index = order.get(id);
    const outcome = outcomes.get(id);
    if (index === undefined || outcome?.kind !== 'estimate') return null;
    const margin = Math.log1p(threshold.margin);
    const { effect } = outcome.estimate;
    const [slower = 1, faster = 1] = [above[index], below[index]];
    if (slower <= level && effect >= margin) return { kind: 'regression', p: slower };
    return faster <= level && effect <= -margin ? { kind: 'improvement', p: faster } : null;
  };
}

function pOf(outcome: PairOutcome | undefined, direction: 1 | -1): number {
  if (outcome?.kind !== 'estimate') return 1;
  const { effect, error, df } = outcome.estimate;
  return pAbove({ value: direction * effect, error, df });
}

/** What a look gives to every suspect. */
interface LookTaken {
  readonly pairs: number;
  readonly judged: (cell: PairedCell) => Flag | null;
}

function decide(cell: PairedCell, outcome: PairOutcome | undefined, { pairs, judged }: LookTaken): Decision {
  if (outcome === undefined) return { kind: 'open', estimate: null, reason: 'no look was taken at its pairs' };
  if (outcome.kind === 'none') return { kind: 'open', estimate: null, reason: outcome.reason };
  const flag = judged(cell);
  if (flag !== null) return { ...flag, estimate: outcome.estimate };
  return mayBeCleared(cell, outcome.estimate, pairs)
    ? { kind: 'cleared', estimate: outcome.estimate }
    : { kind: 'open', estimate: outcome.estimate };
}

/**
 * Whether a change that matters is excluded. Where the loop itself moved, also without its help: what slows it on one side
 * (a thread that was left running, a hook on every call) may be the change that is sought, and would be taken out with it.
 */
function mayBeCleared(cell: PairedCell, estimate: PairEstimate, pairs: number): boolean {
  if (!isCleared(estimate, cell.threshold)) return false;
  if (estimate.control.kind === 'off' || estimate.control.loop === 'still') return true;
  const raw = estimatePairs({ ...cell, control: { kind: 'off', reason: 'the loop itself moved' } }, pairs);
  return raw.kind === 'estimate' && isCleared(raw.estimate, cell.threshold);
}
