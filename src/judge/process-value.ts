import { type Metric, type ProcessStatistic, processStatistic } from '../model/metric.ts';
import type { Processes } from '../model/processes.ts';
import type { MeasuredSample } from '../model/sample.ts';
import { maximum, median, minimum, quantile } from '../stats/quantiles.ts';

/**
 * The one figure of a process for a metric, base units, by the statistic of that metric under that model; null when
 * the process did not report the metric.
 */
export function processValue(sample: MeasuredSample, metric: Metric): number | null {
  const values = sample.values[metric.id];
  if (values === undefined) return null;
  return summarise(values, processStatistic(metric, sample.cell.model));
}

/** The process values of a cell, in the order of its processes; those that did not report the metric are not in it. */
export function processValues(processes: Processes, metric: Metric): readonly number[] {
  const count = processes.reporting(metric);
  // Made in its size: histories hold hundreds of thousands of such lists, and one that grows is three times as large.
  const values = new Array<number>(count);
  let reported = 0;
  for (let process = 0; process < count; process += 1) {
    const value = processes.figure(process, metric);
    if (value === null) continue;
    values[reported] = value;
    reported += 1;
  }
  return reported === count ? values : values.slice(0, reported);
}

/** Values of one process by one statistic; at least one, and finite. */
export function summarise(values: readonly number[], statistic: ProcessStatistic): number {
  switch (statistic) {
    case 'min':
      return minimum(values);
    case 'q25':
      return quantile(values, 0.25);
    case 'median':
      return median(values);
    case 'max':
      return maximum(values);
  }
}
