import { type Bounds, fewestForInterval, intervalLevel, type Ratio } from '../model/change.ts';
import type { Effect } from '../model/claim.ts';
import type { Unit } from '../model/metric.ts';
import { mean } from '../stats/quantiles.ts';
import { type Estimate, geometricMean, logarithms, meanInterval, welchDifference, welchRatio } from '../stats/welch.ts';

/** The process values of two cells of the same metric, at least one each. */
export interface TwoCells {
  readonly head: readonly number[];
  readonly base: readonly number[];
}

/** head / base of the geometric means with Welch's interval, or null when a value of zero or below leaves no quotient. */
export function ratioBetween({ head, base }: TwoCells): Ratio | null {
  if (![...head, ...base].every((value) => value > 0)) return null;
  const few = tooFew([head, base]);
  if (few !== null) return { value: geometricMean(head) / geometricMean(base), bounds: few };
  return withInterval(welchRatio({ head, base, level: intervalLevel }));
}

/** head - base of the means with Welch's interval, for quantities that may be zero. */
export function differenceBetween({ head, base }: TwoCells, unit: Unit): Effect {
  const few = tooFew([head, base]);
  if (few !== null) return { kind: 'difference', unit, value: mean(head) - mean(base), bounds: few };
  return { kind: 'difference', unit, ...withInterval(welchDifference({ head, base, level: intervalLevel })) };
}

/** The geometric mean of one cell as a quotient of 1, with its interval; null when a value is zero or below. */
export function ratioToOne(values: readonly number[]): Ratio | null {
  if (!values.every((value) => value > 0)) return null;
  const few = tooFew([values]);
  if (few !== null) return { value: geometricMean(values), bounds: few };
  const { value, low, high } = meanInterval(logarithms(values), intervalLevel);
  return withInterval({ value: Math.exp(value), low: Math.exp(low), high: Math.exp(high) });
}

/** Why no interval is made of these sets of process values, or null when each has enough. */
export function tooFew(sets: readonly (readonly number[])[]): Extract<Bounds, { readonly kind: 'none' }> | null {
  const fewest = Math.min(...sets.map((set) => set.length));
  if (fewest >= fewestForInterval) return null;
  return { kind: 'none', reason: `${fewest} of the ${fewestForInterval} processes that an interval needs` };
}

function withInterval({ value, low, high }: Estimate): Ratio {
  return { value, bounds: { kind: 'interval', low, high } };
}
