import { confirmLook, type Decision, type Decisions } from '../../src/judge/confirm.ts';
import { type ConfirmDesign, defaultDesign } from '../../src/judge/confirm-design.ts';
import type { PairedCell } from '../../src/judge/confirm-pairs.ts';
import { defaultThreshold } from '../../src/judge/threshold.ts';
import { type Random, shuffled } from '../../src/stats/random.ts';
import { type CellSets, type PairSet, withoutControl } from './pair-sets.ts';

/** Whether the calibration loop takes part. */
export type Control = 'on' | 'off';

/** Whether sides are named by a coin for each pair, which the random order of the sides permits, or as they were measured. */
export type Labels = 'drawn' | 'as measured';

/** The rule of every drawn pull request: the program's defaults. */
export const design: ConfirmDesign = defaultDesign;

/** Pairs at the last look. */
export const mostPairs = design.looks.at(-1) ?? 0;

/** What became of a cell, and how many pairs that took. */
export interface Judged {
  readonly kind: Decision['kind'];
  readonly pairs: number;
}

/** Draws null pairs without replacement. */
export function drawNull({ name, null: set }: CellSets, random: Random, labels: Labels = 'drawn'): PairedCell {
  const chosen = shuffled([...set.differences.keys()], random).slice(0, mostPairs);
  return taken(
    name,
    set,
    chosen.map((index) => ({ index, sign: labels === 'drawn' && random() < 0.5 ? -1 : 1 })),
  );
}

/** Draws planted pairs with replacement: there are no more of them than the last look takes. */
export function drawPlanted({ name, planted: set }: CellSets, random: Random): PairedCell {
  const { length } = set.differences;
  return taken(
    name,
    set,
    Array.from({ length: mostPairs }, () => ({ index: Math.floor(random() * length), sign: 1 })),
  );
}

/** A cell of which nothing is known: the correction counts it, and nothing else comes of it. */
export function bystander(name: string): PairedCell {
  return { id: name, threshold: defaultThreshold, differences: [], control: withoutControl() };
}

interface Chosen {
  readonly index: number;
  readonly sign: number;
}

function taken(id: string, { differences, control }: PairSet, chosen: readonly Chosen[]): PairedCell {
  const pick = (values: readonly number[]) => chosen.map(({ index, sign }) => sign * (values[index] ?? Number.NaN));
  const picked = control.kind === 'off' ? control : { kind: 'on' as const, differences: pick(control.differences) };
  return { id, threshold: defaultThreshold, differences: pick(differences), control: picked };
}

/** Judges a pull request look by look, as `pairs` and `run` do, with the calibration loop or without. */
export function judge(cells: readonly PairedCell[], control: Control): ReadonlyMap<string, Judged> {
  const suspects = control === 'on' ? cells : cells.map((cell) => ({ ...cell, control: withoutControl() }));
  let before: Decisions<Decision> = new Map();
  const judged = new Map<string, Judged>();
  for (const [look, pairs] of design.looks.entries()) {
    const open = suspects.filter(({ id }) => (before.get(id)?.kind ?? 'open') === 'open');
    before = confirmLook({ suspects, before, look, design });
    for (const { id } of open) judged.set(id, { kind: before.get(id)?.kind ?? 'open', pairs });
  }
  return judged;
}

/** Whether a decision is a flag. */
export function isFlag({ kind }: Judged): boolean {
  return kind === 'regression' || kind === 'improvement';
}
