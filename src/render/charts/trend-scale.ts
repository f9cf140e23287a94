import { scaleLinear } from 'd3-scale';
import type { TrendLine } from '../../tables/trend.ts';

/** A step up or down by so much is always as high as the grey band at least: what is smaller is noise on most runners. */
export const bandShare = 0.1;

/** Where things stand in a strip, pixels from the top of the chart. */
export interface StripScale {
  /** Of a level in the base unit. */
  readonly y: (level: number) => number;
  readonly bandTop: number;
  readonly bandBottom: number;
}

/** The place of each of `count` runs, pixels; a single one stands in the middle. Half numbers stand between two runs. */
export function runScale(count: number, [left, right]: readonly [number, number]): (place: number) => number {
  return scaleLinear(count < 2 ? [-1, 1] : [0, count - 1], [left, right]);
}

/**
 * The scale of one line: all of its levels fit, and never less than the band does, so that noise stays flat. Equal ratios
 * are equally high where all levels are above 0.
 */
export function stripScale({ levels, center }: Pick<TrendLine, 'levels' | 'center'>, [top, bottom]: readonly [number, number]): StripScale {
  const numbers = levels.filter((level) => typeof level === 'number');
  const isLogarithmic = center > 0 && numbers.every((level) => level > 0);
  const { place, half } = isLogarithmic ? { place: Math.log, half: Math.log1p(bandShare) } : linearPlaces(numbers, center);
  const [low, high] = [place(center) - half, place(center) + half];
  const places = numbers.map(place);
  const y = scaleLinear([Math.min(low, ...places), Math.max(high, ...places)], [bottom, top]);
  return { y: (level) => y(place(level)), bandTop: y(high), bandBottom: y(low) };
}

/** Shares of the largest figure: the differences of figures themselves may be more than a number holds. */
function linearPlaces(numbers: readonly number[], center: number): { readonly place: (level: number) => number; readonly half: number } {
  const largest = Math.max(Math.abs(center), ...numbers.map(Math.abs)) || 1;
  const half = center === 0 ? 1 : Math.abs(center / largest) * bandShare;
  return { place: (level) => level / largest, half: half || bandShare };
}
