import { type CellIndex, metricFor } from '../judge/cell-index.ts';
import { type Crossover, crossoversOf } from '../judge/crossover.ts';
import { ratioBetween } from '../judge/effect.ts';
import { type Knee, kneeOf } from '../judge/knee.ts';
import { findCell } from '../judge/lookup.ts';
import { processValues } from '../judge/process-value.ts';
import { type OptionAxis, paramsOf, type SizeAxis, scaleAxes } from '../judge/scale-axis.ts';
import { type MarginalCost, marginalCost, type ScalingCurve, scalingCurve } from '../judge/scaling-curve.ts';
import type { Ratio } from '../model/change.ts';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import { median } from '../stats/quantiles.ts';
import { type RuntimeColumn, runtimeColumns } from './columns.ts';

/** One model's curve on one runtime. */
export interface CurveCell {
  /** Median over processes per unit of work, base units, by size. */
  readonly points: readonly { readonly size: number; readonly figure: number }[];
  /** Null where the size does not set the amount of work, or no round has all sizes. */
  readonly marginal: MarginalCost | null;
  /** The figure at the largest size over that at the smallest; null when one of them is zero or less. */
  readonly span: Ratio | null;
  readonly knee: Knee;
}

/** A workload over the sizes of one parameter, model by model. */
export interface SizeTable {
  readonly kind: 'sizes';
  readonly axis: SizeAxis;
  readonly metric: Metric;
  /** A cell for each column, null where fewer than two sizes were measured. */
  readonly rows: readonly { readonly model: ConcurrencyModel; readonly cells: readonly (CurveCell | null)[] }[];
  /** For each column, by size. */
  readonly crossovers: readonly (readonly Crossover[])[];
}

/** One model with one option on one runtime. */
export interface OptionCell {
  /** Median over processes, base units. */
  readonly figure: number;
  /** Against the plain cell; null for the plain cell itself and where it was not measured. */
  readonly ratio: Ratio | null;
}

/** A workload over the options of one parameter, such as a start method. */
export interface OptionTable {
  readonly kind: 'options';
  readonly axis: OptionAxis;
  /** A cell for each column, null where the option was not measured. */
  readonly rows: readonly {
    readonly model: ConcurrencyModel;
    readonly option: string;
    readonly metric: Metric;
    readonly cells: readonly (OptionCell | null)[];
  }[];
}

/** Everything that was varied. */
export interface ScalingTable {
  readonly columns: readonly RuntimeColumn[];
  readonly axes: readonly (SizeTable | OptionTable)[];
}

/** Fits a curve to every axis of numbers and lines up every axis of options; empty when nothing was scaled. */
export function scalingTable(index: CellIndex): ScalingTable {
  const columns = runtimeColumns(index.results.runtimes);
  const axes = scaleAxes(index).map((axis) =>
    axis.kind === 'sizes' ? sizeTable(index, axis, columns) : optionTable(index, axis, columns),
  );
  return { columns, axes: axes.filter(({ rows }) => rows.length > 0) };
}

function sizeTable(index: CellIndex, axis: SizeAxis, columns: readonly RuntimeColumn[]): SizeTable {
  const models = modelsOf(index, axis);
  const metric = curveMetric(index, axis, models);
  const curve = (model: ConcurrencyModel, runtime: string) => scalingCurve(index, axis, { model, runtime, metric: metric.id });
  const byColumn = columns.map(({ runtime }) => models.map((model) => curve(model, runtime.id)));
  const rows = models.map((model, row) => ({ model, cells: byColumn.map((curves) => curveCell(curves[row] ?? null)) }));
  const crossovers = byColumn.map((curves) =>
    [...crossoversOf(curves.filter((each) => each !== null))].sort((one, other) => one.size - other.size),
  );
  return { kind: 'sizes', axis, metric, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== null)), crossovers };
}

function curveCell(curve: ScalingCurve | null): CurveCell | null {
  if (curve === null) return null;
  const points = curve.points.map(({ size, values }) => ({ size, figure: median(values) }));
  return { points, marginal: marginalCost(curve), span: spanOf(curve), knee: kneeOf(curve) };
}

function spanOf({ points }: ScalingCurve): Ratio | null {
  const [smallest, largest] = [points[0], points.at(-1)];
  return smallest === undefined || largest === undefined ? null : ratioBetween({ head: largest.values, base: smallest.values });
}

/** The models that were run at a scale point. */
function modelsOf({ states }: CellIndex, { workload, axis }: SizeAxis | OptionAxis): readonly ConcurrencyModel[] {
  const cells = [...states.values()].map(({ cell }) => cell);
  const found = cells.filter((cell) => cell.workload === workload && cell.params.startsWith(`${axis}=`)).map(({ model }) => model);
  return concurrencyModels.filter((model) => found.includes(model));
}

/** The gate metric where all models share one that is per unit of work, else the wall time: curves need one that can be added up. */
function curveMetric({ workloads }: CellIndex, axis: SizeAxis, models: readonly ConcurrencyModel[]): Metric {
  const workload = workloads.get(axis.workload) ?? { id: axis.workload, title: '', source: '', metrics: {}, gates: {} };
  const [first = 'wall_per_unit', ...others] = models.map((model) => workload.gates[model] ?? 'wall_per_unit');
  const gate = metricFor(workload, first);
  return gate.perUnit && others.every((id) => id === first) ? gate : metricFor(workload, 'wall_per_unit');
}

function optionTable(index: CellIndex, axis: OptionAxis, columns: readonly RuntimeColumn[]): OptionTable {
  const rows = modelsOf(index, axis).flatMap((model) =>
    axis.points.flatMap((option) => {
      const found = columns.map(({ runtime }) => ({ runtime: runtime.id, cell: findCell(index, wanted(axis, option, model, runtime.id)) }));
      const metric = found.map(({ cell }) => (cell.ok ? cell.cell.gate : null)).find((gate) => gate !== null);
      if (metric === undefined || metric === null) return [];
      return [{ model, option, metric, cells: found.map(({ runtime }) => optionCell({ index, axis, option, model, runtime, metric })) }];
    }),
  );
  return { kind: 'options', axis, rows };
}

function wanted(axis: OptionAxis, option: string, model: ConcurrencyModel, runtime: string) {
  return { workload: axis.workload, model, runtime, params: paramsOf(axis, option, model) };
}

interface OptionSubject {
  readonly index: CellIndex;
  readonly axis: OptionAxis;
  readonly option: string;
  readonly model: ConcurrencyModel;
  readonly runtime: string;
  readonly metric: Metric;
}

function optionCell(subject: OptionSubject): OptionCell | null {
  const { axis, option, model } = subject;
  const values = optionValues(subject);
  if (values.length === 0) return null;
  const usual = axis.plain[model];
  const plain = usual === undefined || option === usual ? [] : optionValues({ ...subject, option: usual });
  return { figure: median(values), ratio: plain.length === 0 ? null : ratioBetween({ head: values, base: plain }) };
}

function optionValues({ index, axis, option, model, runtime, metric }: OptionSubject): readonly number[] {
  const found = findCell(index, wanted(axis, option, model, runtime));
  return found.ok ? processValues(found.cell.processes, metric) : [];
}
