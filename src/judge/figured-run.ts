import type { Results } from '../model/results.ts';
import { type BrokenCell, contextOf, type DeliveredCell, type FiguredRun } from '../model/run.ts';
import { FiguredProcesses } from './figured-processes.ts';
import { cellsOf } from './run-cells.ts';

/**
 * A run without the values of its processes, of which their figures are made: whatever is judged, tabulated or stored, it
 * says exactly the same. A report on fifty machines holds the values of one of them at a time.
 */
export function figuredRun(results: Results): FiguredRun {
  const grouped = cellsOf(results);
  const cells = new Map<string, DeliveredCell | BrokenCell>();
  let metrics: readonly string[] = [];
  for (const id of grouped.keys()) {
    const cell = grouped.get(id);
    if (cell?.status === 'measured') {
      metrics = sameList(cell.processes.metrics, metrics);
      cells.set(id, { ...cell, processes: new FiguredProcesses(cell.processes, metrics) });
    } else if (cell !== undefined) cells.set(id, cell);
  }
  return { ...contextOf(results), cells };
}

/** The list before, if it is the same: nearly all cells of a run report the same metrics. */
function sameList(metrics: readonly string[], before: readonly string[]): readonly string[] {
  const isSame = metrics.length === before.length && metrics.every((id, place) => id === before[place]);
  return isSame ? before : metrics;
}
