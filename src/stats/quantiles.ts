import { mean as average, max as largest, sampleStandardDeviation, min as smallest, quantile as typeSeven } from 'simple-statistics';

/** The smallest of at least one finite value. */
export function minimum(values: readonly number[]): number {
  return smallest(checked(values, 'minimum'));
}

/** The largest of at least one finite value. */
export function maximum(values: readonly number[]): number {
  return largest(checked(values, 'maximum'));
}

/**
 * The median of at least one finite value: of an even number, half the sum of the two in the middle, which is what Python
 * gives. The library interpolates between them, and rounds once more.
 */
export function median(values: readonly number[]): number {
  check(values, 'median');
  if (values.length <= few) return medianOfFew(values);
  return middleOf(Float64Array.from(values).sort(), values.length);
}

/** A report takes the medians of a million short lists: up to this length they are sorted without a copy of their own. */
const few = 32;
const sorted = new Float64Array(few);

function medianOfFew(values: readonly number[]): number {
  const count = values.length;
  for (let index = 0; index < count; index += 1) {
    const value = values[index] ?? 0;
    let place = index;
    for (; place > 0 && (sorted[place - 1] ?? 0) > value; place -= 1) sorted[place] = sorted[place - 1] ?? 0;
    sorted[place] = value;
  }
  return middleOf(sorted, count);
}

function middleOf(ascending: Float64Array, count: number): number {
  const half = count >> 1;
  const above = ascending[half] ?? 0;
  return count % 2 === 1 ? above : ((ascending[half - 1] ?? 0) + above) / 2;
}

/**
 * The median of the logarithms of at least one value above 0. The logarithm keeps the order, so that it is taken of the
 * middle alone.
 */
export function logMedian(values: readonly number[]): number {
  check(values, 'median');
  if (values.length % 2 === 0 || values.length > few) return median(values.map((value) => Math.log(value)));
  return Math.log(medianOfFew(values));
}

/** The arithmetic mean of at least one finite value. */
export function mean(values: readonly number[]): number {
  return average(checked(values, 'mean'));
}

/** The quantile of type 7 (Hyndman and Fan 1996; linear interpolation at (n-1)p) for p in [0, 1]. */
export function quantile(values: readonly number[], p: number): number {
  return typeSeven(checked(values, 'quantile'), p);
}

/** The standard deviation with n - 1 in the divisor (Bessel's correction), of at least two finite values. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) throw new RangeError(`standard deviation needs two values, got ${values.length}`);
  return sampleStandardDeviation(checked(values, 'standard deviation'));
}

/** A copy for the library, which wants a mutable array. */
function checked(values: readonly number[], what: string): number[] {
  check(values, what);
  return values.slice();
}

/** The library gives plausible figures for NaN. */
function check(values: readonly number[], what: string): void {
  if (values.length === 0) throw new RangeError(`${what} needs at least one value`);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) throw new RangeError(`${what} needs finite values, got ${value}`);
  }
}
