import type { Metric } from '../model/metric.ts';
import type { Processes } from '../model/processes.ts';
import type { Phases } from '../model/sample.ts';
import type { MeasuredRow } from './stored-run-schema.ts';

/** Where a row has what, in numbers from its start; the loops of its processes, their figures and the medians follow. */
const place = { processes: 0, workload: 1, model: 2, columns: 3, taken: 4, units: 5, ideal: 6, phases: 7, loops: 11 } as const;

/** Which cell a row is of: the places of its workload and its model in their tables, and its parameter. */
export interface CellPlaces {
  readonly workload: number;
  readonly model: number;
  readonly params: string;
}

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
    this.#params = rows.map((row) => row[2]);
    this.#starts = new Uint32Array(rows.length + 1);
    let [length, unfolded] = [0, 0];
    for (let index = 0; index < rows.length; index += 1) {
      const [loops, medians, taken] = sizesOf(rows[index]);
      length += place.loops + 2 * loops + medians;
      unfolded += taken * (medians + 2 * loops);
      this.#starts[index + 1] = length;
    }
    this.unfolded = unfolded;
    this.#numbers = new Float64Array(length);
    rows.forEach((row, index) => {
      fill(this.#numbers, this.#starts[index] ?? 0, row);
    });
  }

  cellOf(row: number): CellPlaces {
    return { workload: this.#at(row, place.workload), model: this.#at(row, place.model), params: this.#params[row] ?? '' };
  }

  /** Whether the rows are of the same places and parameters, in the same order. */
  hasCellsOf(other: StoredColumns): boolean {
    if (this.rows !== other.rows) return false;
    for (let row = 0; row < this.rows; row += 1) {
      if (this.#at(row, place.workload) !== other.#at(row, place.workload)) return false;
      if (this.#at(row, place.model) !== other.#at(row, place.model) || this.#params[row] !== other.#params[row]) return false;
    }
    return true;
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

function sizesOf(row: MeasuredRow | undefined): readonly [loops: number, medians: number, taken: number] {
  return row === undefined ? [0, 0, 0] : [row[8].length, row[10].length, row[4]];
}

/** By index: taking a row apart as a list costs more than all that is done with it. */
function fill(numbers: Float64Array, start: number, row: MeasuredRow): void {
  const figures = row[7];
  const loops = row[8];
  const processes = loops.length;
  numbers[start + place.processes] = processes;
  numbers[start + place.workload] = row[0];
  numbers[start + place.model] = row[1];
  numbers[start + place.columns] = row[3];
  numbers[start + place.taken] = row[4];
  numbers[start + place.units] = row[5];
  numbers[start + place.ideal] = row[6] ?? Number.NaN;
  numbers.set(row[9], start + place.phases);
  numbers.set(loops, start + place.loops);
  const judged = start + place.loops + processes;
  if (typeof figures === 'number') numbers.fill(figures, judged, judged + processes);
  else fillFrom(numbers, judged, figures);
  fillFrom(numbers, judged + processes, row[10]);
}

function fillFrom(numbers: Float64Array, start: number, values: readonly (number | null)[]): void {
  for (let index = 0; index < values.length; index += 1) numbers[start + index] = values[index] ?? Number.NaN;
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

  reporting({ id }: Metric): number {
    return id === this.#metrics[0] ? this.count : 1;
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
