import type { Metric } from '../model/metric.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { MeasuredSample } from '../model/sample.ts';
import type { BothSides, SamplePair } from '../model/sample-pair.ts';
import type { PairControl, PairedCell } from './confirm-pairs.ts';
import { isDisturbedPair } from './disturbed-pairs.ts';
import { processValue } from './process-value.ts';
import type { Threshold } from './threshold.ts';

/** Why a pair gives no difference of the metric, or null when it does. Never a verdict: its suspect is not comparable. */
export function whyNoDifference({ base, head }: SamplePair, metric: Metric): string | null {
  const sides = [['base', base] as const, ['head', head] as const];
  for (const [side, sample] of sides) {
    const reason = whyNoFigure(sample, metric);
    if (reason !== null) return `a process of ${side} ${reason}`;
  }
  if (base.units !== head.units) return `a value is ${head.units} units of work on head and ${base.units} on base`;
  const [was, is] = [base.values[metric.id]?.length, head.values[metric.id]?.length];
  return was === is ? null : `a process measured ${is} values on head and ${was} on base`;
}

function whyNoFigure(sample: MeasuredSample, metric: Metric): string | null {
  const values = sample.values[metric.id] ?? [];
  if (values.length === 0) return `did not report ${metric.label}`;
  const value = values.find((each) => !Number.isFinite(each)) ?? figureOf(sample, metric);
  return value > 0 && Number.isFinite(value)
    ? null
    : `reported ${value} as ${metric.label}, which leaves no ratio: its clock went backwards, or the workload reports it`;
}

/** The process value, or NaN where one of its values is no number or there is none. */
function figureOf(sample: MeasuredSample, metric: Metric): number {
  const values = sample.values[metric.id] ?? [];
  return values.length > 0 && values.every(Number.isFinite) ? (processValue(sample, metric) ?? Number.NaN) : Number.NaN;
}

/** The process values of pairs, base units, by side: NaN for a process without one. */
export function pairFigures(pairs: readonly SamplePair[], metric: Metric): BothSides<readonly number[]> {
  return { base: pairs.map(({ base }) => figureOf(base, metric)), head: pairs.map(({ head }) => figureOf(head, metric)) };
}

/** A suspect as the confirmation takes it: one difference of logarithms a pair, larger is worse. Pairs without a fault only, but for disturbed ones. */
export function pairedCell({ id, metric, runtimes }: PairSuspect, pairs: readonly SamplePair[], threshold: Threshold): PairedCell {
  const sign = metric.better === 'lower' ? 1 : -1;
  const figures = pairFigures(pairs, metric);
  const differences = logDifferences(figures).map((difference) => sign * difference);
  const disturbed = new Set(pairs.flatMap((pair, place) => (isDisturbedPair(pair) ? [place] : [])));
  return { id, threshold, differences, disturbed, control: controlOf(pairs, metric, runtimes) };
}

/**
 * ln(head) - ln(base) of the calibration loop, one per pair, each process summarised as its metric is; off where the
 * loop cannot explain the metric or would carry the effect itself.
 */
function controlOf(pairs: readonly SamplePair[], metric: Metric, { base, head }: PairSuspect['runtimes']): PairControl {
  if (base.build !== head.build || base.python !== head.python) return { kind: 'off', reason: 'the interpreters of the sides differ' };
  if (!metric.controlVariate || metric.better !== 'lower') {
    return { kind: 'off', reason: `${metric.label} does not follow the speed of the machine` };
  }
  return { kind: 'on', differences: logDifferences(calibrationFigures(pairs, metric)) };
}

/** Seconds of the calibration loop of each process, by side, summarised by the statistic of the metric. */
export function calibrationFigures(pairs: readonly SamplePair[], metric: Metric): BothSides<readonly number[]> {
  const loops = (sample: MeasuredSample) => ({ ...sample, values: { [metric.id]: sample.calibration } });
  return pairFigures(
    pairs.map(({ base, head }) => ({ base: loops(base), head: loops(head) })),
    metric,
  );
}

/** ln(head) - ln(base), pair by pair. */
export function logDifferences({ base, head }: BothSides<readonly number[]>): readonly number[] {
  return head.map((value, index) => Math.log(value) - Math.log(base[index] ?? Number.NaN));
}
