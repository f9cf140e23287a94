import { processSeconds, type Run } from '../model/run.ts';
import { median } from '../stats/quantiles.ts';

/**
 * What a workload's cells took in stored runs, per round and by Python: the median process of each cell, summed up.
 *
 * @param stored the newest stored run of each runtime
 * @returns wall seconds by workload id of the runs whose runtime `fits`; empty where none does
 */
export function storedCosts(stored: readonly Run[], fits: (run: Run) => boolean): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const [key, seconds] of cellSeconds(stored.filter(fits))) {
    const workload = key.slice(0, key.indexOf('/'));
    costs.set(workload, (costs.get(workload) ?? 0) + median(seconds));
  }
  return costs;
}

/** Seconds of the processes of each cell, by `workload/model/params`: the same cell on several runtimes is one. */
function cellSeconds(runs: readonly Run[]): ReadonlyMap<string, readonly number[]> {
  const byCell = new Map<string, number[]>();
  for (const [{ workload, model, params }, seconds] of runs.flatMap(processSeconds)) {
    const key = `${workload}/${model}/${params}`;
    byCell.set(key, [...(byCell.get(key) ?? []), seconds]);
  }
  return byCell;
}
