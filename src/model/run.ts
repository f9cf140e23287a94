import { type Cell, cellId } from './cell.ts';
import { ofEachProcess, type Processes } from './processes.ts';
import type { Results } from './results.ts';
import type { BrokenKind } from './sample.ts';

/** What is known of a run besides its processes. */
export type RunContext = Omit<Results, 'samples'>;

/** A cell whose every process delivered. */
export interface DeliveredCell {
  readonly status: 'measured';
  readonly cell: Cell;
  readonly processes: Processes;
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

/** The cells of a run by `cellId`, in the order in which they were first measured. */
export interface RunCells {
  readonly size: number;
  keys(): Iterable<string>;
  values(): Iterable<DeliveredCell | BrokenCell>;
  get(id: string): DeliveredCell | BrokenCell | undefined;
}

/** A run of which each process is known by its figures alone: all that cells are judged by, in a fraction of the memory. */
export interface FiguredRun extends RunContext {
  readonly cells: RunCells;
}

/** A run, with all values of its processes or with their figures. */
export type Run = Results | FiguredRun;

/** A run without its processes. */
export function contextOf(run: Run): RunContext {
  if ('samples' in run) {
    const { samples: _samples, ...context } = run;
    return context;
  }
  const { cells: _cells, ...context } = run;
  return context;
}

/** The ids of the cells of a run, each once. */
export function cellIdsOf(run: Run): Iterable<string> {
  return 'cells' in run ? run.cells.keys() : new Set(run.samples.map(({ cell }) => cellId(cell)));
}

/** Wall seconds of each process that delivered, with its cell. */
export function processSeconds(run: Run): readonly (readonly [cell: Cell, seconds: number])[] {
  if ('samples' in run) return run.samples.flatMap((sample) => (sample.status === 'measured' ? [[sample.cell, sample.phases.total]] : []));
  const cells = [...run.cells.values()].filter((cell) => cell.status === 'measured');
  return cells.flatMap(({ cell, processes }) => ofEachProcess(processes, (process) => [cell, processes.phases(process).total] as const));
}
