import { type Metric, metricOf, registeredMetric } from '../model/metric.ts';
import type { RecordedWorkload } from '../model/results.ts';
import type { BrokenCell, DeliveredCell, Run, RunCells, RunContext } from '../model/run.ts';
import { cellsOf } from './run-cells.ts';

/** A cell whose every process delivered, and what it is judged by. */
export interface MeasuredCell extends DeliveredCell {
  /** The metric it is judged by. */
  readonly gate: Metric;
  readonly workload: RecordedWorkload;
}

/** What one run knows of one cell. */
export type CellState = MeasuredCell | BrokenCell;

/** A run, its processes grouped by cell. */
export interface CellIndex {
  readonly results: RunContext;
  readonly states: CellStates;
  readonly workloads: ReadonlyMap<string, RecordedWorkload>;
}

type Workloads = CellIndex['workloads'];

/** Groups the processes of a run by cell. */
export function indexCells(run: Run): CellIndex {
  const workloads = new Map(run.workloads.map((workload) => [workload.id, workload]));
  return { results: run, states: new CellStates(cellsOf(run), workloads), workloads };
}

/**
 * The cells of a run by `cellId`, in the order in which they were first measured. A state is made each time it is asked
 * for: a history of thirty runs has hundreds of thousands, and few are asked for twice.
 */
export class CellStates {
  readonly #cells: RunCells;
  readonly #workloads: Workloads;

  constructor(cells: RunCells, workloads: Workloads) {
    this.#cells = cells;
    this.#workloads = workloads;
  }

  get size(): number {
    return this.#cells.size;
  }

  get(id: string): CellState | undefined {
    const cell = this.#cells.get(id);
    return cell === undefined ? undefined : stateOf(cell, this.#workloads);
  }

  has(id: string): boolean {
    return this.#cells.get(id) !== undefined;
  }

  keys(): Iterable<string> {
    return this.#cells.keys();
  }

  *values(): Generator<CellState> {
    for (const cell of this.#cells.values()) yield stateOf(cell, this.#workloads);
  }

  *[Symbol.iterator](): Generator<[id: string, state: CellState]> {
    for (const id of this.#cells.keys()) {
      const state = this.get(id);
      if (state !== undefined) yield [id, state];
    }
  }
}

function stateOf(cell: DeliveredCell | BrokenCell, workloads: Workloads): CellState {
  return cell.status === 'measured' ? measuredCell(cell, workloads) : cell;
}

function measuredCell({ cell, processes }: DeliveredCell, workloads: Workloads): MeasuredCell {
  const workload = workloads.get(cell.workload) ?? { id: cell.workload, title: cell.workload, source: '', metrics: {}, gates: {} };
  return { status: 'measured', cell, processes, workload, gate: metricFor(workload, workload.gates[cell.model] ?? 'wall_per_unit') };
}

/** The metric of that id as a workload declared it, or as the registry knows it. */
export function metricFor(workload: RecordedWorkload, metricId: string): Metric {
  return registeredMetric(metricId) ?? metricOf(metricId, workload.metrics[metricId] ?? declaredStem(workload, metricId));
}

/** `work.samples("latency", …)` of a workload's own becomes `<name>_p50`, `_p99` and `_max`, in the unit of `<name>`. */
function declaredStem(workload: RecordedWorkload, metricId: string): RecordedWorkload['metrics'][string] | undefined {
  return workload.metrics[metricId.replace(/_(p50|p99|max)$/, '')];
}
