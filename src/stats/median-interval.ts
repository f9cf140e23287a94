import { intervalLevel } from '../model/change.ts';
import { maximum, median, minimum } from './quantiles.ts';

/**
 * How far the true median may lie from that of the processes: the interval of their order statistics at `intervalLevel`
 * or, where there are too few for one, the smallest and the largest, which promise nothing.
 */
export interface MedianSpread {
  readonly kind: 'interval' | 'range';
  /** Base units. */
  readonly low: number;
  readonly high: number;
}

/** The median of the processes of one side, base units. */
export interface ProcessMedian {
  readonly value: number;
  readonly spread: MedianSpread;
  /** Processes that reported the metric, >= 1. */
  readonly processes: number;
}

/** The median of at least one finite process value, with its spread. */
export function processMedian(values: readonly number[]): ProcessMedian {
  const sorted = values.toSorted((one, other) => one - other);
  const rank = medianRank(values.length);
  const [low, high] = [sorted[rank - 1], sorted[sorted.length - rank]];
  const spread: MedianSpread =
    low === undefined || high === undefined
      ? { kind: 'range', low: minimum(values), high: maximum(values) }
      : { kind: 'interval', low, high };
  return { value: median(values), spread, processes: values.length };
}

/** The fewest processes whose order statistics enclose the median at `intervalLevel`. */
export function fewestForMedianInterval(): number {
  let processes = 1;
  while (medianRank(processes) === 0) processes += 1;
  return processes;
}

/**
 * The rank r for which the r-th smallest and the r-th largest of n values enclose their distribution's median with at
 * least `intervalLevel`, whatever that distribution: the largest with 2 P(B < r) <= 1 - level, B binomial with n trials
 * at one half (Hahn and Meeker, Statistical Intervals, 1991, section 5.2). Zero when there is none.
 */
function medianRank(count: number): number {
  let logTerm = -count * Math.LN2;
  let below = 0;
  for (let rank = 0; rank < count; rank += 1) {
    below += Math.exp(logTerm);
    if (2 * below > 1 - intervalLevel) return rank;
    logTerm += Math.log((count - rank) / (rank + 1));
  }
  return 0;
}
