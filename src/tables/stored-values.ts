import type { CellIndex, MeasuredCell } from '../judge/cell-index.ts';
import { whyNotComparable } from '../judge/comparability.ts';
import { processValues } from '../judge/process-value.ts';
import { cellId } from '../model/cell.ts';

/**
 * What a stored run has of a cell, as every trend of it shows it: the figures of its processes by the metric that the cell
 * is judged by, in the base unit. None where it was broken; null where the run did not measure the cell, or measured what
 * cannot be compared with it, such as another version of the workload.
 */
export function storedValues({ states }: CellIndex, cell: MeasuredCell): readonly number[] | null {
  const stored = states.get(cellId(cell.cell));
  if (stored === undefined) return null;
  if (stored.status === 'broken') return [];
  return whyNotComparable(cell, stored) === null ? processValues(stored.processes, cell.gate) : null;
}
