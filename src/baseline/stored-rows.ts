import { cellId } from '../model/cell.ts';
import type { RecordedWorkload, Results } from '../model/results.ts';
import type { MeasuredSample, Sample } from '../model/sample.ts';
import type { MeasuredRow, RunLine } from './stored-run-schema.ts';

/** The part of a line that holds the cells of a run. */
export type StoredCells = Pick<RunLine, 'models' | 'columns' | 'measured' | 'broken'>;

type BrokenRow = RunLine['broken'][number];

/** The samples of a condensed run as rows, one for each cell; throws RangeError for samples that are not condensed. */
export function rowsOf({ samples, workloads }: Results): StoredCells {
  const places = new Map(workloads.map(({ id }, at) => [id, at]));
  const [models, columns] = [new Table<RunLine['models'][number]>(), new Table<readonly string[]>()];
  const measured: MeasuredRow[] = [];
  const broken: BrokenRow[] = [];
  for (const [id, all] of Map.groupBy(samples, ({ cell }) => cellId(cell))) {
    const [first] = all;
    const at = first === undefined ? undefined : places.get(first.cell.workload);
    if (first === undefined || at === undefined) throw new RangeError(`the run does not describe the workload of ${id}`);
    const model = models.placeOf(first.cell.model);
    if (first.status === 'broken') broken.push([at, model, first.cell.params, first.kind, first.message, all.length]);
    else measured.push([at, model, ...measuredRow(first, { processes: all.map(asMeasured), gates: workloads[at]?.gates ?? {}, columns })]);
  }
  return { models: models.rows, columns: columns.rows, measured, broken };
}

/** Rows that are written once and named by their place. */
class Table<Row> {
  readonly rows: Row[] = [];
  readonly #places = new Map<string, number>();

  placeOf(row: Row): number {
    const key = JSON.stringify(row);
    const place = this.#places.get(key) ?? this.rows.length;
    if (place === this.rows.length) this.rows.push(row);
    this.#places.set(key, place);
    return place;
  }
}

function asMeasured(sample: Sample): MeasuredSample {
  if (sample.status === 'measured') return sample;
  throw new RangeError(`${cellId(sample.cell)} is not condensed: it is measured and broken`);
}

interface RowContext {
  readonly processes: readonly MeasuredSample[];
  readonly gates: RecordedWorkload['gates'];
  readonly columns: Table<readonly string[]>;
}

type RowOfCell = MeasuredRow extends readonly [number, number, ...infer Rest] ? Rest : never;

function measuredRow(first: MeasuredSample, { processes, gates, columns }: RowContext): RowOfCell {
  const { cell, units, ideal, phases } = first;
  const judged = gates[cell.model] ?? Object.keys(first.values)[0] ?? '';
  const informing = Object.keys(first.values).filter((id) => id !== judged);
  return [
    cell.params,
    columns.placeOf([judged, ...informing]),
    first.calibration.length,
    units,
    ideal,
    shortened(processes.map(({ values }) => figureOf(values[judged]))),
    processes.map(({ calibration }) => figureOf(calibration) ?? 0),
    [phases.total, phases.startup, phases.peers, phases.measured],
    informing.map((id) => figureOf(first.values[id])),
  ];
}

/** The figure that a condensed process repeats; null where it has none. */
function figureOf(values: readonly number[] | undefined): number | null {
  if (values === undefined) return null;
  const [figure = null] = values;
  if (values.some((value) => value !== figure)) throw new RangeError('a process is not condensed: its values differ');
  return figure;
}

/** One number for a figure that all processes share. */
function shortened(figures: readonly (number | null)[]): MeasuredRow[7] {
  const [first = null] = figures;
  return first !== null && figures.every((figure) => figure === first) ? first : figures;
}
