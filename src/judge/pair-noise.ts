import type { PairSuspect } from '../model/pair-suspect.ts';
import type { SamplePair } from '../model/sample-pair.ts';
import { median } from '../stats/quantiles.ts';
import { trimmedMean } from '../stats/trimmed-t.ts';
import { logarithms } from '../stats/welch.ts';
import { defaultDesign, lookLevel } from './confirm-design.ts';
import { flaggedEffect } from './confirm-effect.ts';
import { estimatePairs, type PairEstimate } from './confirm-pairs.ts';
import { pairedCell, pairFigures, whyNoDifference } from './pair-differences.ts';
import { defaultThreshold } from './threshold.ts';

/** Numbers of pairs for which the smallest visible slowdown is stated: the looks that may flag. */
export const statedPairs = [20, 40, 80] as const;

/** Suspects that share the error probability where a slowdown is called visible: what a pull request commonly has. */
export const statedSuspects = 12;

/** Fewest pairs that a spread is told from. */
const fewestPairs = 6;

/** A slowdown that so many pairs would have flagged nine times of ten. */
export interface VisibleEffect {
  /** One of `statedPairs`. */
  readonly pairs: number;
  /** As a share of the figure: 0.1 is 10 %. */
  readonly effect: number;
}

/** How far one cell's figures scatter while nothing changes. Spreads are of logarithms: 0.05 is about 5 %. */
export interface CellSpread {
  /** Between processes, both sides together, the drift of the machine included. */
  readonly processes: number;
  /** Between the differences of the two processes of a pair. */
  readonly pairs: number;
  /** The same without what the calibration loop explains, or why it explains nothing. */
  readonly controlled:
    | { readonly kind: 'on'; readonly pairs: number; readonly coefficient: number }
    | { readonly kind: 'off'; readonly reason: string };
  /** How uncertain the spreads of pairs are themselves, as a share (standard deviation). */
  readonly uncertainty: number;
}

/** The noise of one cell, or why it is not known. */
export type PairNoise = { readonly suspect: PairSuspect } & (
  | {
      readonly kind: 'measured';
      /** Median of the process values, base units of the metric. */
      readonly center: number;
      /** Pairs that were measured. */
      readonly pairs: number;
      readonly spread: CellSpread;
      /** One for each of `statedPairs`. */
      readonly visible: readonly VisibleEffect[];
    }
  | { readonly kind: 'unknown'; readonly reason: string }
);

/** The noise of a cell from pairs whose two processes ran the same code. */
export function pairNoise(suspect: PairSuspect, pairs: readonly SamplePair[]): PairNoise {
  const fault = pairs.map((pair) => whyNoDifference(pair, suspect.metric)).find((reason) => reason !== null);
  if (fault !== undefined) return { kind: 'unknown', suspect, reason: fault };
  if (pairs.length < fewestPairs) {
    return { kind: 'unknown', suspect, reason: `${pairs.length} of the ${fewestPairs} pairs that a spread is told from were measured` };
  }
  const cell = pairedCell(suspect, pairs, defaultThreshold);
  const raw = estimatePairs({ ...cell, control: { kind: 'off', reason: 'left off to compare' } }, pairs.length);
  const used = estimatePairs(cell, pairs.length);
  if (raw.kind === 'none') return { kind: 'unknown', suspect, reason: raw.reason };
  if (used.kind === 'none') return { kind: 'unknown', suspect, reason: used.reason };
  const { base, head } = pairFigures(pairs, suspect.metric);
  const values = [...base, ...head];
  const spread = { processes: spreadOf(values), pairs: spreadOfEstimate(raw.estimate), ...controlledSpread(used.estimate) };
  const visible = statedPairs.map((count) => ({ pairs: count, effect: visibleEffect(used.estimate, count) }));
  return { kind: 'measured', suspect, center: median(values), pairs: pairs.length, spread, visible };
}

function controlledSpread(used: PairEstimate): Pick<CellSpread, 'controlled' | 'uncertainty'> {
  const { control } = used;
  const controlled =
    control.kind === 'off' ? control : { kind: control.kind, coefficient: control.coefficient, pairs: spreadOfEstimate(used) };
  return { controlled, uncertainty: spreadUncertainty(used.pairs) };
}

/** Process values' spread of logarithms by the error of the trimmed mean, as of pairs; 0 where they do not vary. */
function spreadOf(values: readonly number[]): number {
  const trimmed = trimmedMean(logarithms(values));
  return trimmed.kind === 'none' ? 0 : trimmed.error * Math.sqrt(trimmed.count);
}

/** What one pair contributes to the error of the trimmed mean: 1.06 standard deviations where noise is normal. */
function spreadOfEstimate({ error, pairs }: Pick<PairEstimate, 'error' | 'pairs'>): number {
  return error * Math.sqrt(pairs);
}

/** Relative standard deviation of a spread told from so many pairs of normal noise: 36 % for 10, 24 % for 20, 17 % for 40 (simulated). */
export function spreadUncertainty(pairs: number): number {
  return 1.1 / Math.sqrt(pairs);
}

/** The error of an estimate, the pairs it is of, and whether a coefficient was learned for it. */
type MeasuredSpread = Pick<PairEstimate, 'error' | 'pairs'> & { readonly control: Pick<PairEstimate['control'], 'kind'> };

/**
 * The smallest slowdown, as a share, that a comparison ending after `pairs` pairs of this spread flags nine times of
 * ten, among `statedSuspects` suspects.
 */
export function visibleEffect(measured: MeasuredSpread, pairs: number): number {
  const error = spreadOfEstimate(measured) / Math.sqrt(pairs);
  const df = trimmedDegrees(pairs) - (measured.control.kind === 'on' ? 1 : 0);
  const looks = [...new Set([...defaultDesign.looks, ...statedPairs])].filter((look) => look <= pairs);
  const level = lookLevel({ alpha: defaultDesign.alpha, looks }) / statedSuspects;
  return flaggedEffect({ level, df, error, margin: defaultThreshold.margin });
}

/** Degrees of freedom of a trimmed mean, which depend on nothing but the number of values. */
function trimmedDegrees(count: number): number {
  const any = trimmedMean(Array.from({ length: count }, (_, index) => index));
  if (any.kind === 'none') throw new RangeError(`${count} pairs leave no degree of freedom`);
  return any.df;
}

/** How many cells a slowdown would be seen in. */
export interface Visibility {
  /** Slowdown as a share. */
  readonly slowdown: number;
  readonly pairs: number;
  readonly seen: number;
  /** Cells whose noise is known. */
  readonly cells: number;
}

/** In how many of the measured cells so many pairs would have flagged a slowdown nine times of ten. */
export function visibility(noise: readonly PairNoise[], { slowdown, pairs }: Pick<Visibility, 'slowdown' | 'pairs'>): Visibility {
  const known = noise.filter((each) => each.kind === 'measured');
  const sees = known.filter(({ visible }) => visible.some((each) => each.pairs === pairs && each.effect <= slowdown));
  return { slowdown, pairs, seen: sees.length, cells: known.length };
}
