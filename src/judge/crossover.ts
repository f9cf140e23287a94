import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import { ratioBetween } from './effect.ts';
import type { ScalingCurve } from './scaling-curve.ts';

/** The size at which one model overtakes another. */
export interface Crossover {
  /** Better at small sizes. */
  readonly overtaken: ConcurrencyModel;
  /** Better at large sizes. */
  readonly overtaking: ConcurrencyModel;
  /** Where the two are equal, by interpolation on the logarithm of the size. */
  readonly size: number;
  /** The sizes between which they cannot be told apart. */
  readonly low: number;
  readonly high: number;
}

/** The advantage of one model over another at one size, on the logarithmic scale: above 0 the first is better. */
interface Advantage {
  /** Logarithm of the size. */
  readonly x: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Every size at which one of the curves overtakes another. Declared only between two sizes at which the whole 95 %
 * interval (Welch, of the ratio of the two models' figures) lies on different sides of equality. The interval of the
 * crossing is where the band between those intervals, drawn straight on logarithmic scales, holds equality.
 */
export function crossoversOf(curves: readonly ScalingCurve[]): readonly Crossover[] {
  return curves.flatMap((one, index) => curves.slice(index + 1).flatMap((other) => crossings(one, other)));
}

function crossings(one: ScalingCurve, other: ScalingCurve): readonly Crossover[] {
  const band = advantages(one, other);
  const clear = band.filter(({ low, high }) => low > 0 || high < 0);
  return clear.slice(1).flatMap((to, index) => {
    const from = clear[index];
    if (from === undefined || from.low > 0 === to.low > 0) return [];
    const between = band.slice(band.indexOf(from), band.indexOf(to) + 1);
    return [crossing(between, from.low > 0 ? [one.model, other.model] : [other.model, one.model])];
  });
}

function crossing(band: readonly Advantage[], [overtaken, overtaking]: readonly [ConcurrencyModel, ConcurrencyModel]): Crossover {
  const falls = (band[0]?.low ?? 0) > 0;
  const [first, last] = falls ? (['low', 'high'] as const) : (['high', 'low'] as const);
  const size = (zeros: readonly number[], at: 0 | -1) => Math.exp(zeros.at(at) ?? band[0]?.x ?? 0);
  return {
    overtaken,
    overtaking,
    size: size(zerosOf(band, 'value'), 0),
    low: size(zerosOf(band, first), 0),
    high: size(zerosOf(band, last), -1),
  };
}

/** Where a line through the points passes zero. */
function zerosOf(band: readonly Advantage[], edge: 'value' | 'low' | 'high'): readonly number[] {
  return band.slice(1).flatMap((right, index) => {
    const left = band[index];
    if (left === undefined || left[edge] > 0 === right[edge] > 0) return [];
    return [left.x + ((right.x - left.x) * left[edge]) / (left[edge] - right[edge])];
  });
}

function advantages(one: ScalingCurve, other: ScalingCurve): readonly Advantage[] {
  return one.points.flatMap(({ size, values }) => {
    const match = other.points.find((point) => point.size === size);
    if (match === undefined) return [];
    const lower = one.metric.better === 'lower';
    const ratio = lower ? ratioBetween({ head: match.values, base: values }) : ratioBetween({ head: values, base: match.values });
    if (ratio === null || ratio.bounds.kind === 'none') return [];
    const { low, high } = ratio.bounds;
    return [{ x: Math.log(size), value: Math.log(ratio.value), low: Math.log(low), high: Math.log(high) }];
  });
}
