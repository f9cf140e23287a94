import { type Metric, type ProcessStatistic, processStatistic } from '../model/metric.ts';
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

/** The process values of several processes, in their order; those that did not report the metric are not in it. */
export function processValues(samples: readonly MeasuredSample[], metric: Metric): readonly number[] {
  return samples.map((sample) => processValue(sample, metric)).filter((value) => value !== null);
}

function summarise(values: readonly number[], statistic: ProcessStatistic): number {
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
