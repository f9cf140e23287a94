import { type Cell, cellId } from '../model/cell.ts';
import { processSeconds, type Run } from '../model/run.ts';
import { mean, median } from '../stats/quantiles.ts';

/**
 * What a workload's cells took in stored runs, per round and by Python: the median process of each cell, summed up. A cell
 * that delivered nothing, such as one that ran into its time limit, took its time all the same: it is taken for an average one.
 *
 * @param stored the newest stored run of each runtime
 * @returns wall seconds by workload id of the runs whose runtime `fits`; empty where none does, or nothing was delivered
 */
export function storedCosts(stored: readonly Run[], fits: (run: Run) => boolean): ReadonlyMap<string, number> {
  const cells = cellSeconds(stored.filter(fits));
  const delivered = cells.flatMap(({ seconds }) => (seconds.length === 0 ? [] : median(seconds)));
  const costs = new Map<string, number>();
  if (delivered.length === 0) return costs;
  const average = mean(delivered);
  for (const { workload, seconds } of cells) {
    costs.set(workload, (costs.get(workload) ?? 0) + (seconds.length === 0 ? average : median(seconds)));
  }
  return costs;
}

interface CellSeconds {
  readonly workload: string;
  /** Of the processes that delivered. */
  readonly seconds: readonly number[];
}

/** Every cell of the runs; the same one on several runtimes is one. */
function cellSeconds(runs: readonly Run[]): readonly CellSeconds[] {
  const byCell = new Map(runs.flatMap(cellsOf).map((cell) => [keyOf(cell), { workload: cell.workload, seconds: [] as number[] }]));
  for (const [cell, seconds] of runs.flatMap(processSeconds)) byCell.get(keyOf(cell))?.seconds.push(seconds);
  return [...byCell.values()];
}

function cellsOf(run: Run): readonly Cell[] {
  if ('samples' in run) return run.samples.map(({ cell }) => cell);
  return [...run.cells.keys()].flatMap((id) => run.cells.get(id)?.cell ?? []);
}

function keyOf(cell: Cell): string {
  return cellId({ ...cell, runtime: '' });
}
