import { type ConcurrencyModel, isSingleThreaded } from './concurrency-model.ts';

/** Base units: seconds, bytes, pure ratios and counts. Scaled text exists only when rendering. */
export type Unit = 's' | 'B' | 'ratio' | 'count';

/** Which direction is good. */
export type Better = 'lower' | 'higher';

/** How the inner values of one process become its one figure. */
export type ProcessStatistic = 'min' | 'q25' | 'median' | 'max';

/** What a quantity measures; readers see it in the words for a change, hints look for it. */
export type MetricFamily = 'time' | 'latency' | 'event loop' | 'concurrency' | 'memory' | 'scheduling' | 'custom';

/** One measured quantity. */
export interface Metric {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly better: Better;
  readonly family: MetricFamily;
  /** `by model`: the minimum where only additive noise disturbs, the lower quartile where hand-offs are bimodal. */
  readonly statistic: ProcessStatistic | 'by model';
  /** The normaliser: whether the in-process calibration loop may explain part of its noise. */
  readonly controlVariate: boolean;
  /** Whether a cell may be judged by it; what only informs varies too much between processes, or has no good direction. */
  readonly role: 'gate' | 'inform';
  /** Whether the figure is of one unit of work, so that a value's total is the figure times its units. */
  readonly perUnit: boolean;
}

type Declared = Omit<Metric, 'id' | 'label' | 'unit' | 'better' | 'role' | 'perUnit'>;

const time: Declared = { family: 'time', statistic: 'by model', controlVariate: true };
const latency: Declared = { family: 'latency', statistic: 'median', controlVariate: false };
const eventLoop: Declared = { family: 'event loop', statistic: 'median', controlVariate: false };
const concurrency: Declared = { family: 'concurrency', statistic: 'median', controlVariate: false };
const memory: Declared = { family: 'memory', statistic: 'median', controlVariate: false };
const scheduling: Declared = { family: 'scheduling', statistic: 'median', controlVariate: false };

type MetricRow = readonly [id: string, label: string, unit: Unit, better: Better, role: Metric['role'], declared: Declared];

const rows: readonly MetricRow[] = [
  ['wall_per_unit', 'wall time per unit', 's', 'lower', 'gate', time],
  ['overhead_per_unit', 'overhead over ideal per unit', 's', 'lower', 'gate', time],
  ['cpu_per_unit', 'CPU time per unit', 's', 'lower', 'gate', time],
  ['latency_p50', 'latency p50', 's', 'lower', 'gate', latency],
  ['latency_p99', 'latency p99', 's', 'lower', 'inform', latency],
  ['latency_max', 'latency max', 's', 'lower', 'inform', latency],
  ['loop_lag_p99', 'event-loop lag p99', 's', 'lower', 'inform', eventLoop],
  ['loop_lag_max', 'event-loop lag max', 's', 'lower', 'inform', eventLoop],
  ['overlap', 'overlap factor', 'ratio', 'higher', 'gate', concurrency],
  ['cpu_per_wall', 'CPU seconds per wall second', 'ratio', 'higher', 'inform', concurrency],
  ['peak_threads', 'peak OS threads', 'count', 'lower', 'gate', { ...concurrency, statistic: 'max' }],
  ['peak_rss', 'peak resident memory', 'B', 'lower', 'gate', memory],
  ['memory_per_unit', 'memory per concurrent unit', 'B', 'lower', 'gate', memory],
  ['virtual_memory_per_unit', 'address space per concurrent unit', 'B', 'lower', 'gate', memory],
  ['voluntary_switches_per_unit', 'voluntary context switches per unit', 'count', 'lower', 'gate', scheduling],
  ['involuntary_switches_per_unit', 'involuntary context switches per unit', 'count', 'lower', 'inform', scheduling],
];

/**
 * Every metric a worker may report by itself, in display order: the one registry. A workload's own metrics are added by
 * its description.
 */
export const metrics: readonly Metric[] = rows.map(([id, label, unit, better, role, declared]) => ({
  ...declared,
  id,
  label,
  unit,
  better,
  role,
  perUnit: id.endsWith('_per_unit'),
}));

const byId: ReadonlyMap<string, Metric> = new Map(metrics.map((metric) => [metric.id, metric]));

/** The metric of the registry of that id; undefined for one of a workload's own. */
export function registeredMetric(id: string): Metric | undefined {
  return byId.get(id);
}

/** The metric of that id, or a custom one: unknown ids come from workloads' own `work.metric` and `work.samples`. */
export function metricOf(id: string, declared?: { readonly unit: Unit; readonly better: Better }): Metric {
  const known = byId.get(id);
  if (known !== undefined) return known;
  const { unit, better } = declared ?? { unit: 'count', better: 'lower' };
  const label = id.replaceAll('_', ' ');
  return { id, label, unit, better, family: 'custom', statistic: 'median', controlVariate: false, role: 'gate', perUnit: false };
}

/** The statistic that turns the inner values of one process into one figure, for this metric under this model. */
export function processStatistic(metric: Metric, model: ConcurrencyModel): ProcessStatistic {
  if (metric.statistic !== 'by model') return metric.statistic;
  return isSingleThreaded(model) ? 'min' : 'q25';
}
