import { criticalValue } from './critical-value.ts';
import { mean, standardDeviation } from './quantiles.ts';
import { studentQuantile } from './student-t.ts';

/** An estimate with a two-sided interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Two independent sets of process values, at least two each. */
export interface TwoSets {
  readonly head: readonly number[];
  readonly base: readonly number[];
  /** Confidence level in (0, 1). */
  readonly level: number;
}

/**
 * The difference of two means, head - base, without assuming equal variances (Welch 1947), with the degrees of
 * freedom of Satterthwaite (1946). Both sets without any spread: the interval is the point.
 */
export function welchDifference({ head, base, level }: TwoSets): Estimate {
  const value = mean(head) - mean(base);
  const headShare = standardDeviation(head) ** 2 / head.length;
  const baseShare = standardDeviation(base) ** 2 / base.length;
  const error = Math.sqrt(headShare + baseShare);
  if (error === 0) return { value, low: value, high: value };
  const df = (headShare + baseShare) ** 2 / (headShare ** 2 / (head.length - 1) + baseShare ** 2 / (base.length - 1));
  const reach = studentQuantile((1 + level) / 2, df) * error;
  return { value, low: value - reach, high: value + reach };
}

/**
 * The quotient of two geometric means, head / base: Welch's interval of the logarithms, since the noise of timings
 * multiplies. Every value must be above 0.
 */
export function welchRatio({ head, base, level }: TwoSets): Estimate {
  const estimate = welchDifference({ head: logarithms(head), base: logarithms(base), level });
  return { value: Math.exp(estimate.value), low: Math.exp(estimate.low), high: Math.exp(estimate.high) };
}

/** The mean of at least two values with Student's interval at `level` in (0, 1). */
export function meanInterval(values: readonly number[], level: number): Estimate {
  const value = mean(values);
  const reach = (criticalValue((1 + level) / 2, values.length - 1) * standardDeviation(values)) / Math.sqrt(values.length);
  return { value, low: value - reach, high: value + reach };
}

/** Natural logarithms of values above 0. */
export function logarithms(values: readonly number[]): readonly number[] {
  const wrong = values.find((value) => !(value > 0));
  if (wrong !== undefined) throw new RangeError(`a logarithm needs values above 0, got ${wrong}`);
  return values.map((value) => Math.log(value));
}

/** exp of the mean of logarithms: the geometric mean without the overflow of a product. Every value must be above 0. */
export function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(logarithms(values)));
}
