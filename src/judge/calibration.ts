import { ofEachProcess } from '../model/processes.ts';
import type { Run } from '../model/run.ts';
import type { Warning } from '../model/warning.ts';
import { median } from '../stats/quantiles.ts';
import { type CellIndex, type CellState, indexCells } from './cell-index.ts';

/**
 * How far the calibration loop may move before the reader is told. The speed of a shared virtual CPU moves single
 * processes by 20 % and the median of a run by a few percent.
 */
const notableShift = 1.1;

/** Says for which runtimes the fixed calibration loop itself changed speed between the stored runs and this one. */
export function calibrationWarnings(head: CellIndex, baselineRuns: readonly Run[]): readonly Warning[] {
  const stored = baselineRuns.map(indexCells);
  return head.results.runtimes.flatMap(({ id }) => {
    const now = loopSeconds([head], id);
    const then = loopSeconds(stored, id);
    if (now === null || then === null) return [];
    const ratio = now / then;
    return Math.max(ratio, 1 / ratio) < notableShift ? [] : [{ code: 'calibration moved', runtime: id, ratio } as const];
  });
}

/** The median over processes of the fastest loop of each, in seconds; null without a process or a loop that took time. */
function loopSeconds(runs: readonly CellIndex[], runtime: string): number | null {
  const measuring = runs.filter(({ results }) => results.runtimes.some(({ id }) => id === runtime));
  const loops = measuring.flatMap(({ states }) => [...states.values()].flatMap((state) => loopsOf(state, runtime)));
  if (loops.length === 0) return null;
  const seconds = median(loops);
  return seconds > 0 ? seconds : null;
}

function loopsOf(state: CellState, runtime: string): readonly number[] {
  if (state.status === 'broken' || state.cell.runtime !== runtime) return [];
  const { processes } = state;
  return ofEachProcess(processes, (process) => processes.loop(process));
}
