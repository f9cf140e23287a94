import { type Bounds, fewestForInterval, intervalLevel } from '../model/change.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import { ofEachProcess } from '../model/processes.ts';
import { mean, median } from '../stats/quantiles.ts';
import { type Point, theilSenSlope } from '../stats/theil-sen.ts';
import { meanInterval } from '../stats/welch.ts';
import { type CellIndex, type MeasuredCell, metricFor } from './cell-index.ts';
import { tooFew } from './effect.ts';
import { findCell } from './lookup.ts';
import { processValues } from './process-value.ts';
import { paramsOf, type SizeAxis } from './scale-axis.ts';

/** One model at one size. */
export interface CurvePoint {
  readonly size: number;
  /** Units of work in one value. */
  readonly units: number;
  /** Figures of the processes, base units of the metric (per unit of work). */
  readonly values: readonly number[];
  /** The same by round of the schedule. */
  readonly byRound: ReadonlyMap<number, number>;
}

/** One model over the sizes of an axis, by one metric per unit of work. */
export interface ScalingCurve {
  readonly model: ConcurrencyModel;
  readonly metric: Metric;
  /** By size, ascending; at least two. */
  readonly points: readonly CurvePoint[];
  /** `grows`: every larger size has more units of work; `fixed`: the size does not set the amount of work but how it is spread. */
  readonly work: 'grows' | 'fixed';
}

/** The cost of one more unit of work, base units of the metric. */
export interface MarginalCost {
  readonly value: number;
  readonly bounds: Bounds;
}

/** Which curve is wanted. */
export interface CurveSubject {
  readonly model: ConcurrencyModel;
  /** Runtime id. */
  readonly runtime: string;
  /** Metric id; one that is per unit of work. */
  readonly metric: string;
}

/** The curve of one model on one runtime, of the sizes at which it was measured; null when these are fewer than two. */
export function scalingCurve(index: CellIndex, axis: SizeAxis, subject: CurveSubject): ScalingCurve | null {
  const found = axis.points.flatMap((size) => {
    const cell = findCell(index, { ...subject, workload: axis.workload, params: paramsOf(axis, size, subject.model) });
    return cell.ok ? [{ size, cell: cell.cell }] : [];
  });
  const [first] = found;
  if (first === undefined) return null;
  const metric = metricFor(first.cell.workload, subject.metric);
  const points = found.flatMap(({ size, cell }) => curvePoint(size, cell, metric));
  if (points.length < 2) return null;
  const grows = points.slice(1).every(({ units }, index) => units > (points[index]?.units ?? 0));
  return { model: subject.model, metric, points, work: grows ? 'grows' : 'fixed' };
}

/**
 * What one more unit of work costs: the slope of the total of a value (figure per unit times units) over its units, by
 * Theil and Sen within each round, then the mean over rounds with Student's interval. A round is one process at every
 * size, so rounds are the independent repetitions, whatever the noise does with the size. Null where the work is fixed.
 */
export function marginalCost(curve: ScalingCurve): MarginalCost | null {
  if (curve.work === 'fixed') return null;
  const slopes = marginalCosts(curve);
  if (slopes.length === 0) return null;
  const few = tooFew([slopes]);
  if (few !== null)
    return {
      value: mean(slopes),
      bounds: { ...few, reason: `${slopes.length} of the ${fewestForInterval} rounds that an interval needs` },
    };
  const { value, low, high } = meanInterval(slopes, intervalLevel);
  return { value, bounds: { kind: 'interval', low, high } };
}

/** The marginal cost of every round that has a process at each size of the curve; empty where the work is fixed. */
export function marginalCosts(curve: ScalingCurve): readonly number[] {
  if (curve.work === 'fixed') return [];
  return completeRounds(curve).map(theilSenSlope);
}

/** Total against units, size by size, for every round that has a process at each size. */
export function completeRounds({ points }: ScalingCurve): readonly (readonly Point[])[] {
  const rounds = [...(points[0]?.byRound.keys() ?? [])];
  return rounds.flatMap((round) => {
    const totals = points.flatMap(({ units, byRound }) => {
      const figure = byRound.get(round);
      return figure === undefined ? [] : [{ x: units, y: figure * units }];
    });
    return totals.length === points.length ? [totals] : [];
  });
}

function curvePoint(size: number, { processes }: MeasuredCell, metric: Metric): readonly CurvePoint[] {
  const values = processValues(processes, metric);
  if (values.length === 0) return [];
  const rounds = ofEachProcess(processes, (process) => [processes.round(process), processes.figure(process, metric)] as const);
  const byRound = new Map(rounds.flatMap(([round, value]) => (value === null ? [] : [[round, value] as const])));
  return [{ size, units: median(ofEachProcess(processes, (process) => processes.units(process))), values, byRound }];
}
