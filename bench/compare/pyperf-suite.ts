import type { CellValues, SideValues } from './cell-values.ts';

/** What pyperf takes for the values of a run. */
export type ValuesOfRun =
  /** All values of the process, as pyperf measures by itself: its test then counts each of them. */
  | 'every value'
  /** The one figure of the process that our verdicts use. */
  | 'one a process';

/** pyperf's names for units; it has none for a quotient, and writes an integer's figure as it is. */
const units = { s: 'second', B: 'byte', count: 'integer', ratio: 'integer' } as const;

/** One side as a benchmark suite of pyperf (JSON format 1.0), one run a process. Every figure must be above 0. */
export function pyperfSuite(cells: readonly CellValues[], side: 'base' | 'head', values: ValuesOfRun): string {
  const benchmarks = cells.map((cell) => ({
    metadata: { name: cell.name, unit: units[cell.ours.metric.unit] },
    runs: runsOf(cell[side], values).map((run) => ({ values: run })),
  }));
  return `${JSON.stringify({ version: '1.0', benchmarks })}\n`;
}

/** Whether pyperf can hold the cell at all: it refuses values of zero and below. */
export function fitsPyperf({ base, head }: Pick<CellValues, 'base' | 'head'>): boolean {
  return [...base.inner, ...head.inner, base.processes, head.processes].flat().every((value) => value > 0);
}

function runsOf({ processes, inner }: SideValues, values: ValuesOfRun): readonly (readonly number[])[] {
  switch (values) {
    case 'every value':
      return inner;
    case 'one a process':
      return processes.map((value) => [value]);
  }
}
