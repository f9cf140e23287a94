import type { CellIndex, CellState, MeasuredCell } from '../judge/cell-index.ts';
import { metricFor } from '../judge/cell-index.ts';
import { absenceReason } from '../judge/lookup.ts';
import { processValues } from '../judge/process-value.ts';
import { type Cell, cellId } from '../model/cell.ts';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import { type Metric, metrics } from '../model/metric.ts';
import { median } from '../stats/quantiles.ts';
import { type RuntimeColumn, runtimeColumns } from './columns.ts';

/** One metric of one cell. */
export type CellFigure =
  | {
      readonly status: 'measured';
      readonly cell: Cell;
      readonly metric: Metric;
      /** Median, smallest and largest over processes, base units. */
      readonly median: number;
      readonly smallest: number;
      readonly largest: number;
      readonly processes: number;
    }
  | { readonly status: 'broken'; readonly cell: Cell; readonly message: string; readonly broken: number; readonly processes: number }
  | { readonly status: 'absent'; readonly cell: Cell; readonly reason: string };

/** One workload under one model by one metric, on every runtime. */
export interface CellRow {
  readonly workload: string;
  readonly params: string;
  readonly model: ConcurrencyModel;
  /** The metric of the figures; of a row with none, the label says why it has none. */
  readonly metric: Metric | null;
  /** One per column. */
  readonly figures: readonly CellFigure[];
}

/** Every cell by its gate metric, and all further metrics apart. */
export interface CellTable {
  readonly columns: readonly RuntimeColumn[];
  readonly gates: readonly CellRow[];
  readonly others: readonly CellRow[];
}

type Key = Pick<Cell, 'workload' | 'params' | 'model'>;

/** Tabulates every cell that has a process, in the order of the workloads and of the models. */
export function cellTable(index: CellIndex): CellTable {
  const columns = runtimeColumns(index.results.runtimes);
  const lines = rowKeys(index).map((key) => lineOf(index, key, columns));
  return { columns, gates: lines.map(gateRow), others: lines.flatMap(otherRows) };
}

/** One workload under one model on every runtime. */
interface CellLine {
  readonly key: Key;
  /** One per column. */
  readonly places: readonly CellPlace[];
}

type CellPlace = CellState | Extract<CellFigure, { readonly status: 'absent' }>;

function lineOf(index: CellIndex, { workload, params, model }: Key, columns: readonly RuntimeColumn[]): CellLine {
  const key = { workload, params, model };
  const places = columns.map(({ runtime }): CellPlace => {
    const cell = { ...key, runtime: runtime.id };
    return index.states.get(cellId(cell)) ?? { status: 'absent', cell, reason: absenceReason(index, cell) };
  });
  return { key, places };
}

function rowKeys({ states, workloads }: CellIndex): readonly Key[] {
  const keys = new Map<string, Key>();
  for (const { cell } of states.values()) keys.set(cellId({ ...cell, runtime: '' }), cell);
  const order = [...workloads.keys()];
  const rank = ({ workload, model }: Key) => [order.indexOf(workload), concurrencyModels.indexOf(model)] as const;
  return [...keys.values()].sort((one, other) => {
    const [workloadOne, modelOne] = rank(one);
    const [workloadOther, modelOther] = rank(other);
    return workloadOne - workloadOther || one.params.localeCompare(other.params, 'en', { numeric: true }) || modelOne - modelOther;
  });
}

function gateRow({ key, places }: CellLine): CellRow {
  const figures = places.map((place) => figureOf(place, null));
  const metric = figures.find((entry) => entry.status === 'measured')?.metric ?? null;
  return { ...key, metric, figures };
}

function otherRows({ key, places }: CellLine): readonly CellRow[] {
  const cells = places.filter((place) => place.status === 'measured');
  return furtherMetrics(cells).map((metric) => ({ ...key, metric, figures: places.map((place) => figureOf(place, metric)) }));
}

/** What the processes reported besides the gate metric: first the registry's in its order, then the workload's own. */
export function furtherMetrics(cells: readonly MeasuredCell[]): readonly Metric[] {
  const [first] = cells;
  if (first === undefined) return [];
  const reported = new Set(cells.flatMap(({ processes }) => processes.metrics));
  const registered = metrics.filter(({ id }) => reported.has(id)).map(({ id }) => id);
  const own = [...reported].filter((id) => !registered.includes(id)).sort();
  return [...registered, ...own].filter((id) => cells.some(({ gate }) => gate.id !== id)).map((id) => metricFor(first.workload, id));
}

function figureOf(place: CellPlace, metric: Metric | null): CellFigure {
  if (place.status === 'absent') return place;
  const { cell } = place;
  if (place.status === 'broken')
    return { status: 'broken', cell, message: place.message, broken: place.broken, processes: place.processes };
  const shown = metric ?? place.gate;
  const values = processValues(place.processes, shown);
  if (values.length === 0) return { status: 'absent', cell, reason: `${cell.workload} does not report ${shown.label}` };
  const [smallest, largest] = [Math.min(...values), Math.max(...values)];
  return { status: 'measured', cell, metric: shown, median: median(values), smallest, largest, processes: values.length };
}
