import type { BrokenCell, DeliveredCell, Run, RunCells, RunContext } from '../model/run.ts';
import type { Warning } from '../model/warning.ts';
import { median } from '../stats/quantiles.ts';
import type { CellIndex } from './cell-index.ts';
import { cellsOf } from './run-cells.ts';

/**
 * How far the calibration loop may move before the reader is told. The speed of a shared virtual CPU moves single
 * processes by 20 % and the median of a run by a few percent.
 */
const notableShift = 1.1;

/** Says for which runtimes the fixed calibration loop itself changed speed between the stored runs and this one. */
export function calibrationWarnings(head: CellIndex, baselineRuns: readonly Run[]): readonly Warning[] {
  const stored = baselineRuns.map((run) => ({ runtimes: run.runtimes, cells: cellsOf(run) }));
  const own = { runtimes: head.results.runtimes, cells: head.states };
  return head.results.runtimes.flatMap(({ id }) => {
    const now = loopSeconds([own], id);
    const then = loopSeconds(stored, id);
    if (now === null || then === null) return [];
    const ratio = now / then;
    return Math.max(ratio, 1 / ratio) < notableShift ? [] : [{ code: 'calibration moved', runtime: id, ratio } as const];
  });
}

type MeasuredCells = Pick<RunContext, 'runtimes'> & { readonly cells: Pick<RunCells, 'values'> };

/** The median over processes of the fastest loop of each, in seconds; null without a process or a loop that took time. */
function loopSeconds(runs: readonly MeasuredCells[], runtime: string): number | null {
  const loops: number[] = [];
  for (const { runtimes, cells } of runs) {
    if (runtimes.every(({ id }) => id !== runtime)) continue;
    for (const cell of cells.values()) addLoops(loops, cell, runtime);
  }
  if (loops.length === 0) return null;
  const seconds = median(loops);
  return seconds > 0 ? seconds : null;
}

function addLoops(loops: number[], cell: DeliveredCell | BrokenCell, runtime: string): void {
  if (cell.status !== 'measured' || cell.cell.runtime !== runtime) return;
  const { processes } = cell;
  for (let process = 0; process < processes.count; process += 1) loops.push(processes.loop(process));
}
