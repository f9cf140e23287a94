import { type ConcurrencyModel, isSingleThreaded } from './concurrency-model.ts';

/** Base units: seconds, bytes, pure ratios and counts. Scaled text exists only when rendering. */
export type Unit = 's' | 'B' | 'ratio' | 'count';

/** Which direction is good. */
export type Better = 'lower' | 'higher';

/** How the inner values of one process become its one figure. */
export type ProcessStatistic = 'min' | 'q25' | 'median' | 'max';

/** One measured quantity. */
export interface Metric {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly better: Better;
  /** What kind of thing moved, for hints and grouping. */
  readonly family: 'time' | 'latency' | 'event loop' | 'concurrency' | 'memory' | 'scheduling' | 'custom';
  /** `by model`: the minimum where only additive noise disturbs, the lower quartile where hand-offs are bimodal. */
  readonly statistic: ProcessStatistic | 'by model';
  /** Whether the in-process calibration loop may explain part of its noise. */
  readonly controlVariate: boolean;
}

type MetricRow = readonly [string, string, Unit, Better, Metric['family'], Metric['statistic'], boolean];

const rows: readonly MetricRow[] = [
  ['wall_per_unit', 'wall time per unit', 's', 'lower', 'time', 'by model', true],
  ['overhead_per_unit', 'overhead over ideal per unit', 's', 'lower', 'time', 'by model', true],
  ['cpu_per_unit', 'CPU time per unit', 's', 'lower', 'time', 'by model', true],
  ['latency_p50', 'latency p50', 's', 'lower', 'latency', 'median', false],
  ['latency_p99', 'latency p99', 's', 'lower', 'latency', 'median', false],
  ['latency_max', 'latency max', 's', 'lower', 'latency', 'median', false],
  ['loop_lag_p99', 'event-loop lag p99', 's', 'lower', 'event loop', 'median', false],
  ['loop_lag_max', 'event-loop lag max', 's', 'lower', 'event loop', 'median', false],
  ['overlap', 'overlap factor', 'ratio', 'higher', 'concurrency', 'median', false],
  ['peak_threads', 'peak OS threads', 'count', 'lower', 'concurrency', 'max', false],
  ['peak_rss', 'peak resident memory', 'B', 'lower', 'memory', 'median', false],
  ['memory_per_unit', 'memory per concurrent unit', 'B', 'lower', 'memory', 'median', false],
  ['virtual_memory_per_unit', 'address space per concurrent unit', 'B', 'lower', 'memory', 'median', false],
  ['voluntary_switches_per_unit', 'voluntary context switches per unit', 'count', 'lower', 'scheduling', 'median', false],
  ['involuntary_switches_per_unit', 'involuntary context switches per unit', 'count', 'lower', 'scheduling', 'median', false],
];

/** Every metric a worker may report by itself, in display order. A workload's own metrics are added by its description. */
export const metrics: readonly Metric[] = rows.map(([id, label, unit, better, family, statistic, controlVariate]) => ({
  id,
  label,
  unit,
  better,
  family,
  statistic,
  controlVariate,
}));

const byId: ReadonlyMap<string, Metric> = new Map(metrics.map((metric) => [metric.id, metric]));

/** The metric of that id, or a custom one: unknown ids come from workloads' own `work.metric` and `work.samples`. */
export function metricOf(id: string, declared?: { readonly unit: Unit; readonly better: Better }): Metric {
  const known = byId.get(id);
  if (known !== undefined) return known;
  const { unit, better } = declared ?? { unit: 'count', better: 'lower' };
  return { id, label: id.replaceAll('_', ' '), unit, better, family: 'custom', statistic: 'median', controlVariate: false };
}

/** The statistic that turns the inner values of one process into one figure, for this metric under this model. */
export function processStatistic(metric: Metric, model: ConcurrencyModel): ProcessStatistic {
  if (metric.statistic !== 'by model') return metric.statistic;
  return isSingleThreaded(model) ? 'min' : 'q25';
}
