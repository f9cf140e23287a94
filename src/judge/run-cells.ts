import { cellId } from '../model/cell.ts';
import type { Processes } from '../model/processes.ts';
import type { BrokenCell, DeliveredCell, Run, RunCells } from '../model/run.ts';
import type { BrokenSample, MeasuredSample, Sample } from '../model/sample.ts';
import { SampleProcesses } from './sample-processes.ts';

/** The cells of a run, its processes grouped by cell. */
export function cellsOf(run: Run): RunCells {
  return 'cells' in run ? run.cells : groupedCells(run.samples, (samples) => new SampleProcesses(samples));
}

/** The cells of several runs that have none in common, run by run. */
export function cellsOfAll(runs: readonly RunCells[]): RunCells {
  return {
    size: runs.reduce((sum, { size }) => sum + size, 0),
    *keys() {
      for (const cells of runs) yield* cells.keys();
    },
    *values() {
      for (const cells of runs) yield* cells.values();
    },
    get(id) {
      for (const cells of runs) {
        const found = cells.get(id);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/**
 * Groups samples by cell.
 *
 * @param processesOf makes the processes of a cell of its samples, at least one
 */
export function groupedCells(
  samples: readonly Sample[],
  processesOf: (samples: readonly MeasuredSample[]) => Processes,
): ReadonlyMap<string, DeliveredCell | BrokenCell> {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const id = cellId(sample.cell);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [sample]);
    else group.push(sample);
  }
  const cells = new Map<string, DeliveredCell | BrokenCell>();
  for (const [id, group] of groups) {
    const broken = group.filter((sample) => sample.status === 'broken');
    const cell =
      brokenCell(broken, group.length) ??
      deliveredCell(
        group.filter((sample) => sample.status === 'measured'),
        processesOf,
      );
    cells.set(id, cell);
  }
  return cells;
}

function brokenCell([first, ...others]: readonly BrokenSample[], processes: number): BrokenCell | null {
  if (first === undefined) return null;
  const { cell, kind, message, output } = first;
  return { status: 'broken', cell, kind, message, output, broken: 1 + others.length, processes };
}

function deliveredCell(samples: readonly MeasuredSample[], processesOf: (samples: readonly MeasuredSample[]) => Processes): DeliveredCell {
  const [first] = samples;
  if (first === undefined) throw new RangeError('a cell needs at least one sample');
  return { status: 'measured', cell: first.cell, processes: processesOf(samples) };
}
