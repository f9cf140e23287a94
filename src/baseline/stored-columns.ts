import type { Metric } from '../model/metric.ts';
import type { Processes } from '../model/processes.ts';
import type { Phases } from '../model/sample.ts';
import type { MeasuredRow } from './stored-run-schema.ts';

/** Where a row has what, in numbers from its start; the loops of its processes, their figures and the medians follow. */
const place = { processes: 0, workload: 1, model: 2, columns: 3, taken: 4, units: 5, ideal: 6, phases: 7, loops: 11 } as const;

/**
 * The measured rows of a run as one array of numbers: a history has hundreds of thousands of rows, and as objects they
 * would take several times the memory. What is null in a row is NaN here.
 */
export class StoredColumns {
  readonly #numbers: Float64Array;
  /** Where each row starts, and where the last one ends. */
  readonly #starts: Uint32Array;
  readonly #params: readonly string[];
  readonly rows: number;
  /** How many numbers the rows stand for when every value of every process is written out. */
  readonly unfolded: number;

  constructor(rows: readonly MeasuredRow[]) {
    this.rows = rows.length;
    this.unfolded = rows.reduce((sum, row) => sum + row[4] * (row[10].length + 2 * row[8].length), 0);
    this.#params = rows.map(([, , params]) => params);
    this.#starts = new Uint32Array(rows.length + 1);
    for (const [index, row] of rows.entries()) this.#starts[index + 1] = (this.#starts[index] ?? 0) + lengthOf(row);
    this.#numbers = new Float64Array(this.#starts[rows.length] ?? 0);
    for (const [index, row] of rows.entries()) fill(this.#numbers, this.#starts[index] ?? 0, row);
  }

  /** Places of the workload and the model of a row, and its parameter. */
  cellOf(row: number): { readonly workload: number; readonly model: number; readonly params: string } {
    return { workload: this.#at(row, place.workload), model: this.#at(row, place.model), params: this.#params[row] ?? '' };
  }

  /** Place of the metric ids of a row. */
  columnsOf(row: number): number {
    return this.#at(row, place.columns);
  }

  /** Medians that a row holds. */
  mediansOf(row: number): number {
    return (this.#starts[row + 1] ?? 0) - (this.#starts[row] ?? 0) - place.loops - 2 * this.#at(row, place.processes);
  }

  /** @param metrics ids: of the one that the cell is judged by, then one for each median */
  processesOf(row: number, metrics: readonly string[]): Processes {
    return new StoredProcesses(this.#numbers, this.#starts[row] ?? 0, metrics);
  }

  #at(row: number, offset: number): number {
    return this.#numbers[(this.#starts[row] ?? 0) + offset] ?? 0;
  }
}

function lengthOf([, , , , , , , , loops, , medians]: MeasuredRow): number {
  return place.loops + 2 * loops.length + medians.length;
}

function fill(numbers: Float64Array, start: number, row: MeasuredRow): void {
  const [workload, model, , columns, taken, units, ideal, figures, loops, phases, medians] = row;
  let at = start;
  const add = (value: number | null) => {
    numbers[at] = value ?? Number.NaN;
    at += 1;
  };
  for (const value of [loops.length, workload, model, columns, taken, units, ideal]) add(value);
  phases.forEach(add);
  loops.forEach(add);
  for (let process = 0; process < loops.length; process += 1) add(typeof figures === 'number' ? figures : (figures[process] ?? null));
  medians.forEach(add);
}

/** The processes of one row, read where it stands. What only informs is a median over all of them, and is told of the first. */
class StoredProcesses implements Processes {
  readonly count: number;
  readonly #numbers: Float64Array;
  readonly #start: number;
  readonly #metrics: readonly string[];

  constructor(numbers: Float64Array, start: number, metrics: readonly string[]) {
    this.#numbers = numbers;
    this.#start = start;
    this.#metrics = metrics;
    this.count = this.#at(place.processes);
  }

  get metrics(): readonly string[] {
    return this.#metrics.filter((_, index) => {
      if (index > 0) return this.#medianAt(index - 1) !== null;
      return Array.from({ length: this.count }, (__, process) => this.#judged(process)).some((figure) => figure !== null);
    });
  }

  figure(process: number, { id }: Metric): number | null {
    if (id === this.#metrics[0]) return this.#judged(process);
    const index = process === 0 ? this.#metrics.indexOf(id) : -1;
    return index < 0 ? null : this.#medianAt(index - 1);
  }

  loop(process: number): number {
    return this.#at(place.loops + process);
  }

  taken(): number {
    return this.#at(place.taken);
  }

  round(process: number): number {
    return process;
  }

  units(): number {
    return this.#at(place.units);
  }

  ideal(): number | null {
    return orNull(this.#at(place.ideal));
  }

  phases(): Phases {
    const part = (index: number) => this.#at(place.phases + index);
    return { total: part(0), startup: part(1), peers: part(2), measured: part(3) };
  }

  #judged(process: number): number | null {
    return orNull(this.#at(place.loops + this.count + process));
  }

  #medianAt(index: number): number | null {
    return orNull(this.#at(place.loops + 2 * this.count + index));
  }

  #at(offset: number): number {
    return this.#numbers[this.#start + offset] ?? Number.NaN;
  }
}

function orNull(number: number): number | null {
  return Number.isNaN(number) ? null : number;
}
