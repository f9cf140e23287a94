import { type Cell, cellId } from '../model/cell.ts';
import type { RecordedWorkload } from '../model/results.ts';
import type { ColumnedLine } from './line-codec.ts';
import type { CellPlaces } from './stored-columns.ts';

/** The cells of a run in the order of its rows, the measured ones first, and the place of each by its id. */
export interface CellTable {
  readonly cells: readonly Cell[];
  readonly places: ReadonlyMap<string, number>;
}

/** What the rows of a run are of. */
export interface Described {
  readonly workloads: readonly RecordedWorkload[];
  /** Runtime id. */
  readonly runtime: string;
}

/** The tables of the runs of a file: those that measured the same cells share one. */
export class CellTables {
  #last: { readonly line: ColumnedLine; readonly described: Described; readonly table: CellTable } | null = null;

  /** The table of a run; null where a row names a workload or model that the line does not have, or a cell comes twice. */
  of(line: ColumnedLine, described: Described): CellTable | null {
    const last = this.#last;
    if (last !== null && hasCellsOf(line, last.line) && isDescribedAs(described, last.described)) return last.table;
    const table = tableOf(line, described);
    if (table !== null) this.#last = { line, described, table };
    return table;
  }
}

function hasCellsOf({ measured, broken, models }: ColumnedLine, other: ColumnedLine): boolean {
  return (
    measured.hasCellsOf(other.measured) &&
    models.length === other.models.length &&
    models.every((model, at) => model === other.models[at]) &&
    broken.length === other.broken.length &&
    broken.every((row, at) => [0, 1, 2].every((part) => row[part] === other.broken[at]?.[part]))
  );
}

function isDescribedAs({ workloads, runtime }: Described, other: Described): boolean {
  const isSame = workloads.length === other.workloads.length && runtime === other.runtime;
  return isSame && workloads.every(({ id }, at) => id === other.workloads[at]?.id);
}

function tableOf(line: ColumnedLine, described: Described): CellTable | null {
  const { measured, broken } = line;
  const rows = Array.from({ length: measured.rows }, (_, row) => measured.cellOf(row));
  const all = [...rows, ...broken.map(([workload, model, params]) => ({ workload, model, params }))];
  const cells = all.map((places) => cellAt(line, described, places)).filter((cell) => cell !== null);
  const places = new Map(cells.map((cell, place) => [cellId(cell), place]));
  return places.size === all.length ? { cells, places } : null;
}

/** Null where the line does not have the workload or the model. */
function cellAt({ models }: ColumnedLine, { workloads, runtime }: Described, places: CellPlaces): Cell | null {
  const workload = workloads[places.workload];
  const model = models[places.model];
  return workload === undefined || model === undefined ? null : { workload: workload.id, model, runtime, params: places.params };
}
