import { type Cell, cellId } from '../model/cell.ts';
import { type Metric, metricOf } from '../model/metric.ts';
import type { RecordedWorkload, Results } from '../model/results.ts';
import type { BrokenKind, BrokenSample, MeasuredSample, Sample } from '../model/sample.ts';

/** A cell whose every process delivered. */
export interface MeasuredCell {
  readonly status: 'measured';
  readonly cell: Cell;
  /** The metric it is judged by. */
  readonly gate: Metric;
  readonly workload: RecordedWorkload;
  /** One per process, at least one, in order of measurement. */
  readonly samples: readonly MeasuredSample[];
}

/** A cell with at least one process that gave no measurement: fast but sometimes wrong is not fast. */
export interface BrokenCell {
  readonly status: 'broken';
  readonly cell: Cell;
  readonly kind: BrokenKind;
  /** What the first broken process said. */
  readonly message: string;
  /** The tail of what it printed. */
  readonly output: string;
  /** Broken processes, >= 1. */
  readonly broken: number;
  /** All processes of the cell. */
  readonly processes: number;
}

/** What one run knows of one cell. */
export type CellState = MeasuredCell | BrokenCell;

/** A run, its samples grouped by cell. */
export interface CellIndex {
  readonly results: Results;
  /** By `cellId`, in the order in which cells were first measured. */
  readonly states: ReadonlyMap<string, CellState>;
  readonly workloads: ReadonlyMap<string, RecordedWorkload>;
}

/** Groups the samples of a run by cell. */
export function indexCells(results: Results): CellIndex {
  const workloads = new Map(results.workloads.map((workload) => [workload.id, workload]));
  const groups = new Map<string, Sample[]>();
  for (const sample of results.samples) {
    const id = cellId(sample.cell);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [sample]);
    else group.push(sample);
  }
  const states = new Map<string, CellState>();
  for (const [id, samples] of groups) states.set(id, stateOf(samples, workloads));
  return { results, states, workloads };
}

/** The metric of that id as a workload declared it, or as the registry knows it. */
export function metricFor(workload: RecordedWorkload, metricId: string): Metric {
  return metricOf(metricId, workload.metrics[metricId] ?? declaredStem(workload, metricId));
}

/** `work.samples("latency", …)` of a workload's own becomes `<name>_p50`, `_p99` and `_max`, in the unit of `<name>`. */
function declaredStem(workload: RecordedWorkload, metricId: string): RecordedWorkload['metrics'][string] | undefined {
  return workload.metrics[metricId.replace(/_(p50|p99|max)$/, '')];
}

function stateOf(samples: readonly Sample[], workloads: ReadonlyMap<string, RecordedWorkload>): CellState {
  const broken = samples.filter((sample) => sample.status === 'broken');
  const measured = samples.filter((sample) => sample.status === 'measured');
  const [first] = broken;
  if (first !== undefined) return brokenCell(first, broken.length, samples.length);
  return measuredCell(measured, workloads);
}

function brokenCell(first: BrokenSample, broken: number, processes: number): BrokenCell {
  const { cell, kind, message, output } = first;
  return { status: 'broken', cell, kind, message, output, broken, processes };
}

function measuredCell(samples: readonly MeasuredSample[], workloads: ReadonlyMap<string, RecordedWorkload>): MeasuredCell {
  const [first] = samples;
  if (first === undefined) throw new RangeError('a cell needs at least one sample');
  const { cell } = first;
  const workload = workloads.get(cell.workload) ?? { id: cell.workload, title: cell.workload, source: '', metrics: {}, gates: {} };
  const gate = metricFor(workload, workload.gates[cell.model] ?? 'wall_per_unit');
  return { status: 'measured', cell, gate, workload, samples };
}
