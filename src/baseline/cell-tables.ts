import { type Cell, cellId } from '../model/cell.ts';
import type { RecordedWorkload } from '../model/results.ts';
import type { ColumnedLine } from './line-codec.ts';

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
  #last: CellTable = { cells: [], places: new Map() };

  /** The table of a run; null where a row names a workload or model that the line does not have, or a cell comes twice. */
  of(line: ColumnedLine, described: Described): CellTable | null {
    const table = tableOf(line, described, this.#last);
    if (table !== null) this.#last = table;
    return table;
  }
}

function tableOf(line: ColumnedLine, described: Described, last: CellTable): CellTable | null {
  const { measured, broken } = line;
  const cells: Cell[] = [];
  const add = (cell: Cell | null) => {
    const known = last.cells[cells.length];
    if (cell !== null) cells.push(known !== undefined && isSame(cell, known) ? known : cell);
  };
  for (let row = 0; row < measured.rows; row += 1) add(cellAt(line, described, measured.cellOf(row)));
  for (const [workload, model, params] of broken) add(cellAt(line, described, { workload, model, params }));
  if (cells.length < measured.rows + broken.length) return null;
  if (cells.length === last.cells.length && cells.every((cell, place) => cell === last.cells[place])) return last;
  const places = new Map(cells.map((cell, place) => [cellId(cell), place]));
  return places.size === cells.length ? { cells, places } : null;
}

function cellAt(
  { models }: ColumnedLine,
  { workloads, runtime }: Described,
  places: { readonly workload: number; readonly model: number; readonly params: string },
): Cell | null {
  const [workload, model] = [workloads[places.workload], models[places.model]];
  return workload === undefined || model === undefined ? null : { workload: workload.id, model, runtime, params: places.params };
}

function isSame(one: Cell, other: Cell): boolean {
  return one.workload === other.workload && one.model === other.model && one.params === other.params && one.runtime === other.runtime;
}
