import {
  mean as average,
  max as largest,
  median as middle,
  sampleStandardDeviation,
  min as smallest,
  quantile as typeSeven,
} from 'simple-statistics';

/** The smallest of at least one finite value. */
export function minimum(values: readonly number[]): number {
  return smallest(checked(values, 'minimum'));
}

/** The largest of at least one finite value. */
export function maximum(values: readonly number[]): number {
  return largest(checked(values, 'maximum'));
}

/** The median of at least one finite value. */
export function median(values: readonly number[]): number {
  return middle(checked(values, 'median'));
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

/** A copy for the library, which wants a mutable array and gives plausible figures for NaN: both are settled here. */
function checked(values: readonly number[], what: string): number[] {
  if (values.length === 0) throw new RangeError(`${what} needs at least one value`);
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`${what} needs finite values, got ${value}`);
  }
  return values.slice();
}
