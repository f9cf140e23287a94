import { median } from '../stats/quantiles.ts';
import { stripScale } from './charts/trend-scale.ts';

/** An odd number of heights: the one in the middle stands for the median and what is within about 1.5 % of it. */
const blocks = Array.from('▁▂▃▄▅▆▇');

/**
 * Levels as blocks of seven heights, one each, by the scale of a chart: 10 % below and above their median is always within
 * it, so that noise stays flat. Equal ratios are equally high where all levels are above 0. Empty for none.
 */
export function sparkline(levels: readonly number[]): string {
  if (levels.length === 0) return '';
  const highest = blocks.length - 1;
  const { y } = stripScale({ levels, center: median(levels) }, [highest, 0]);
  return levels.map((level) => blocks[Math.round(y(level))] ?? '').join('');
}
