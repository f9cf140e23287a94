import type { Cell } from '../model/cell.ts';
import type { BrokenCell, DeliveredCell, RunCells } from '../model/run.ts';
import type { CellTable } from './cell-tables.ts';
import type { ColumnedLine } from './line-codec.ts';

/** The cells of a stored run. Each is put together when it is asked for: most of a history is looked at once. */
export class StoredRunCells implements RunCells {
  readonly #line: ColumnedLine;
  readonly #table: CellTable;

  private constructor(line: ColumnedLine, table: CellTable) {
    this.#line = line;
    this.#table = table;
  }

  /** Null without a table, and where a row has other metrics than it has medians. */
  static of(line: ColumnedLine, table: CellTable | null): StoredRunCells | null {
    const { measured, columns } = line;
    if (table === null) return null;
    for (let row = 0; row < measured.rows; row += 1) {
      if (columns[measured.columnsOf(row)]?.length !== measured.mediansOf(row) + 1) return null;
    }
    return new StoredRunCells(line, table);
  }

  get size(): number {
    return this.#table.places.size;
  }

  keys(): Iterable<string> {
    return this.#table.places.keys();
  }

  *values(): Generator<DeliveredCell | BrokenCell> {
    const { cells } = this.#table;
    for (let place = 0; place < cells.length; place += 1) {
      const cell = cells[place];
      if (cell !== undefined) yield this.#at(place, cell);
    }
  }

  get(id: string): DeliveredCell | BrokenCell | undefined {
    const place = this.#table.places.get(id);
    const cell = place === undefined ? undefined : this.#table.cells[place];
    return place === undefined || cell === undefined ? undefined : this.#at(place, cell);
  }

  #at(place: number, cell: Cell): DeliveredCell | BrokenCell {
    const { measured, columns, broken } = this.#line;
    if (place < measured.rows) {
      return { status: 'measured', cell, processes: measured.processesOf(place, columns[measured.columnsOf(place)] ?? []) };
    }
    const row = broken[place - measured.rows];
    if (row === undefined) throw new RangeError(`the run has no cell ${place}`);
    return { status: 'broken', cell, kind: row[3], message: row[4], output: '', broken: row[5], processes: row[5] };
  }
}
