import { median } from './quantiles.ts';
import { type Random, shuffled } from './random.ts';

/** What counts as a step. */
export interface StepOptions {
  /** Chance of a step in a history without one, for each piece looked at, in (0, 1). */
  readonly alpha: number;
  /** Smallest shift that is reported, >= 0, in the units of the values: ln 1.05 on logarithms. */
  readonly margin: number;
  /** Fewest values between two steps, >= 2. */
  readonly shortest: number;
  readonly random: Random;
}

/** A lasting shift of level. */
export interface Step {
  /** Index of the first value after it. */
  readonly index: number;
  /** Median after less median before, up to the neighbouring steps. */
  readonly shift: number;
  /** Share of shuffled histories that split as sharply, in (0, 1]. */
  readonly p: number;
}

/** The steps of a history, oldest first, or why it was not looked at. */
export type StepsFound = { readonly kind: 'steps'; readonly steps: readonly Step[] } | { readonly kind: 'none'; readonly reason: string };

interface Split {
  readonly index: number;
  readonly sharpness: number;
}

/**
 * Finds where the level of a history shifted: the split of the largest energy distance between the values before and
 * after (exponent 1: distances, not squares, so one outlier is no step), accepted when few shuffles of the same values
 * split as sharply, then each half anew. The hierarchical scheme and the permutation test are those of E-divisive
 * (Matteson and James, Journal of the American Statistical Association 109, 2014). The whole history is one test at
 * `alpha`; a step smaller than `margin` is not reported. Values are those of runs, not of processes.
 */
export function detectSteps(history: readonly number[], options: StepOptions): StepsFound {
  const { shortest, alpha } = options;
  if (!(alpha > 0 && alpha < 1) || !(shortest >= 2)) throw new RangeError(`steps need alpha in (0, 1) and shortest >= 2`);
  if (history.length < 2 * shortest) {
    return { kind: 'none', reason: `${history.length} of the ${2 * shortest} runs that a step can be seen in` };
  }
  if (!history.every(Number.isFinite)) return { kind: 'none', reason: 'a stored figure is not a finite number' };
  const found: { readonly index: number; readonly p: number }[] = [];
  divide(history, 0, options, found);
  return { kind: 'steps', steps: withShifts(history, found, options.margin) };
}

function divide(piece: readonly number[], offset: number, options: StepOptions, found: { index: number; p: number }[]): void {
  if (piece.length < 2 * options.shortest) return;
  const split = sharpestSplit(piece, options.shortest);
  if (split.sharpness <= 0) return;
  const p = permutationP(piece, split.sharpness, options);
  if (p > options.alpha) return;
  divide(piece.slice(0, split.index), offset, options, found);
  found.push({ index: offset + split.index, p });
  divide(piece.slice(split.index), offset + split.index, options, found);
}

/** (exceedances + 1) / (shuffles + 1), stopped as soon as it can no longer be small: Phipson and Smyth 2010, never 0. */
function permutationP(piece: readonly number[], sharpness: number, { alpha, shortest, random }: StepOptions): number {
  const shuffles = Math.ceil(2 / alpha);
  const most = alpha * (shuffles + 1) - 1;
  let exceeding = 0;
  for (let done = 1; done <= shuffles; done += 1) {
    if (sharpestSplit(shuffled(piece, random), shortest).sharpness >= sharpness * (1 - 1e-9)) exceeding += 1;
    if (exceeding > most) return Math.min(1, (exceeding + 1) / (done + 1));
  }
  return (exceeding + 1) / (shuffles + 1);
}

/** The sharpest split of any beginning of the piece: a step that was taken back later would blur a split of the whole. */
function sharpestSplit(piece: readonly number[], shortest: number): Split {
  let best: Split = { index: shortest, sharpness: 0 };
  let all = pairDistances(piece, 2 * shortest - 1);
  for (let count = 2 * shortest; count <= piece.length; count += 1) {
    all += distancesTo(piece[count - 1] ?? 0, piece, 0, count - 1);
    const split = sharpestOf(piece, { count, shortest, all });
    if (split.sharpness > best.sharpness) best = split;
  }
  return best;
}

/**
 * The split of the first `count` values of the largest n m / (n + m) x energy distance. Moving one value across updates
 * the three sums of distances, so that all splits cost as much as one look at all pairs.
 *
 * @param all the sum of distances of those values
 */
function sharpestOf(
  piece: readonly number[],
  { count, shortest, all }: { readonly count: number; readonly shortest: number; readonly all: number },
): Split {
  let within = 0;
  let across = 0;
  let after = all;
  let best: Split = { index: shortest, sharpness: 0 };
  for (let index = 0; index < count - shortest; index += 1) {
    const value = piece[index] ?? 0;
    const toBefore = distancesTo(value, piece, 0, index);
    const toAfter = distancesTo(value, piece, index + 1, count);
    within += toBefore;
    after -= toAfter;
    across += toAfter - toBefore;
    const [n, m] = [index + 1, count - index - 1];
    if (n < shortest) continue;
    const energy = (2 * across) / (n * m) - within / ((n * (n - 1)) / 2) - after / ((m * (m - 1)) / 2);
    const sharpness = ((n * m) / (n + m)) * energy;
    if (sharpness > best.sharpness) best = { index: n, sharpness };
  }
  return best;
}

/** The sum of distances of the first `count` values. */
function pairDistances(piece: readonly number[], count: number): number {
  let sum = 0;
  for (let index = 1; index < count; index += 1) sum += distancesTo(piece[index] ?? 0, piece, 0, index);
  return sum;
}

function distancesTo(value: number, piece: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += Math.abs(value - (piece[index] ?? 0));
  return sum;
}

/** Drops steps below the margin, then measures each between its remaining neighbours. */
function withShifts(history: readonly number[], found: readonly { index: number; p: number }[], margin: number): readonly Step[] {
  const shifts = found.map(({ index, p }, which) => {
    const from = found[which - 1]?.index ?? 0;
    const to = found[which + 1]?.index ?? history.length;
    return { index, p, shift: median(history.slice(index, to)) - median(history.slice(from, index)) };
  });
  const smallest = shifts.reduce((least, step) => (Math.abs(step.shift) < Math.abs(least) ? step.shift : least), Number.POSITIVE_INFINITY);
  if (Math.abs(smallest) >= margin) return shifts;
  return withShifts(
    history,
    shifts.filter(({ shift }) => shift !== smallest),
    margin,
  );
}
