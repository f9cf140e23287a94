import { mean } from '../../src/stats/quantiles.ts';
import type { CellValues } from './cell-values.ts';

/**
 * How alike the values of one process are, in [0, 1]: the share of the variance that is between processes, by one-way
 * analysis of variance within each side (Fisher, Statistical Methods for Research Workers, 1925, section 38), of the
 * logarithms; 0: independent values, 1: a process that is measured k times is measured once. Null where a side has
 * fewer than two processes, or processes fewer than two values or a different number of them, or a value is not above 0,
 * or nothing varies.
 */
export function intraclassCorrelation({ base, head }: Pick<CellValues, 'base' | 'head'>): number | null {
  const sides = [base.inner, head.inner].map((side) => side.map((process) => process.map(Math.log)));
  if (!sides.flat(2).every(Number.isFinite)) return null;
  const sizes = new Set(sides.flat().map((process) => process.length));
  const [size = 0] = sizes;
  if (sizes.size !== 1 || size < 2 || sides.some((side) => side.length < 2)) return null;
  const between = sum(sides.map((side) => squares(side.map(mean)) * size)) / sum(sides.map((side) => side.length - 1));
  const within = sum(sides.flat().map(squares)) / (sides.flat().length * (size - 1));
  const total = between + (size - 1) * within;
  return total === 0 ? null : Math.max(0, (between - within) / total);
}

/** How many independent values n processes of k such values are worth (Kish, Survey Sampling, 1965). */
export function effectiveValues(processes: number, values: number, correlation: number): number {
  return (processes * values) / (1 + (values - 1) * correlation);
}

function squares(values: readonly number[]): number {
  const center = mean(values);
  return sum(values.map((value) => (value - center) ** 2));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
