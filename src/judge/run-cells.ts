import { cellId } from '../model/cell.ts';
import type { BrokenCell, DeliveredCell, Run, RunCells } from '../model/run.ts';
import type { BrokenSample, MeasuredSample, Sample } from '../model/sample.ts';
import { SampleProcesses } from './sample-processes.ts';

/** The cells of a run, its processes grouped by cell. */
export function cellsOf(run: Run): RunCells {
  return 'cells' in run ? run.cells : groupedCells(run.samples);
}

/** The cells of several runs that have none in common, run by run. */
export function cellsOfAll(runs: readonly RunCells[]): RunCells {
  return {
    size: runs.reduce((sum, { size }) => sum + size, 0),
    *keys() {
      for (const cells of runs) yield* cells.keys();
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

function groupedCells(samples: readonly Sample[]): ReadonlyMap<string, DeliveredCell | BrokenCell> {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const id = cellId(sample.cell);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [sample]);
    else group.push(sample);
  }
  return new Map([...groups].map(([id, group]) => [id, cellOf(group)]));
}

function cellOf(samples: readonly Sample[]): DeliveredCell | BrokenCell {
  const broken = samples.filter((sample) => sample.status === 'broken');
  const [first] = broken;
  if (first !== undefined) return brokenCell(first, broken.length, samples.length);
  return deliveredCell(samples.filter((sample) => sample.status === 'measured'));
}

function brokenCell(first: BrokenSample, broken: number, processes: number): BrokenCell {
  const { cell, kind, message, output } = first;
  return { status: 'broken', cell, kind, message, output, broken, processes };
}

function deliveredCell(samples: readonly MeasuredSample[]): DeliveredCell {
  const [first] = samples;
  if (first === undefined) throw new RangeError('a cell needs at least one sample');
  return { status: 'measured', cell: first.cell, processes: new SampleProcesses(samples) };
}
