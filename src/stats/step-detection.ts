import { maximum, median, minimum } from './quantiles.ts';
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
  const fewest = fewestValues(options);
  if (history.length < fewest) return { kind: 'none', reason: `${history.length} of the ${fewest} runs that a step can be seen in` };
  if (!history.every(Number.isFinite)) return { kind: 'none', reason: 'a stored figure is not a finite number' };
  // A step is no larger than all values are apart.
  if (maximum(history) - minimum(history) < options.margin) return { kind: 'steps', steps: [] };
  const found: { readonly index: number; readonly p: number }[] = [];
  divide(history, 0, options, found);
  return { kind: 'steps', steps: withShifts(history, found, options.margin) };
}

/**
 * The fewest values in which a step can be seen at all: of fewer, even the sharpest split, all low values before all
 * high ones or the reverse, is that of more than a share `alpha` of their orders.
 */
export function fewestValues({ alpha, shortest }: Pick<StepOptions, 'alpha' | 'shortest'>): number {
  let fewest = 2 * shortest;
  while (2 / ways(fewest) > alpha) fewest += 1;
  return fewest;
}

/** In how many ways n values can be halved: n over n / 2, rounded down. */
function ways(n: number): number {
  const half = Math.floor(n / 2);
  let product = 1;
  for (let factor = 1; factor <= half; factor += 1) product *= (n - half + factor) / factor;
  return product;
}

function divide(piece: readonly number[], offset: number, options: StepOptions, found: { index: number; p: number }[]): void {
  if (piece.length < fewestValues(options)) return;
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

/**
 * The sharpest split of any beginning of the piece: a step that was taken back later would blur a split of the whole.
 * Sums of distances are carried on from one beginning to the next, so that all splits of all beginnings cost as much as
 * one look at all pairs. n m / (n + m) x energy distance, written out with the sums, is the all-pairs sum less what
 * the two sides would have if each were as wide as the whole: one division a split.
 */
function sharpestSplit(piece: readonly number[], shortest: number): Split {
  let best: Split = { index: shortest, sharpness: 0 };
  // Sums of the distances among the first values, each over its count less one; and of those from an index on.
  const before = new Float64Array(piece.length + 1);
  const after = new Float64Array(piece.length + 1);
  for (let count = 2; count <= piece.length; count += 1) {
    addDistances(after, piece, count);
    before[count] = (after[0] ?? 0) / (count - 1);
    if (count < 2 * shortest) continue;
    const split = sharpestOf({ before, after, count }, shortest);
    if (split.sharpness > best.sharpness) best = split;
  }
  return best;
}

/** Adds to the sum from each index on the distances of the value that a beginning of `count` values ends with. */
function addDistances(after: Float64Array, piece: readonly number[], count: number): void {
  const last = piece[count - 1] ?? 0;
  let distances = 0;
  for (let index = count - 2; index >= 0; index -= 1) {
    distances += Math.abs(last - (piece[index] ?? 0));
    after[index] = (after[index] ?? 0) + distances;
  }
}

/** Sums of distances within a beginning of `count` values, by where it is split. */
interface DistanceSums {
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly count: number;
}

function sharpestOf({ before, after, count }: DistanceSums, shortest: number): Split {
  let index = shortest;
  let least = Number.POSITIVE_INFINITY;
  for (let n = shortest; n <= count - shortest; n += 1) {
    const within = (before[n] ?? 0) + (after[n] ?? 0) / (count - n - 1);
    if (within < least) {
      least = within;
      index = n;
    }
  }
  return { index, sharpness: (2 / count) * ((after[0] ?? 0) - (count - 1) * least) };
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
