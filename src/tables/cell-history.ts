import { indexCells } from '../judge/cell-index.ts';
import { processValues } from '../judge/process-value.ts';
import { type Cell, cellId } from '../model/cell.ts';
import type { Metric } from '../model/metric.ts';
import type { Run } from '../model/run.ts';
import { median } from '../stats/quantiles.ts';

/** What one stored run says of a cell. */
export interface CellHistoryPoint {
  readonly run: string;
  /** 40 hex digits, or null outside a checkout. */
  readonly commit: string | null;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly cpuModel: string;
  /** Median over the processes, base unit; null where the cell was broken. */
  readonly level: number | null;
  readonly processes: number;
}

/** A cell over the stored runs, by the metric that it is judged by in the newest of them. */
export interface CellHistoryTable {
  readonly cell: Cell;
  readonly metric: Metric;
  /** Oldest first. */
  readonly points: readonly CellHistoryPoint[];
}

/**
 * The histories of the cells that are asked for by their id, in the order of their ids. A cell that no run measured is not in it.
 *
 * @param runs oldest first, each of one runtime
 */
export function cellHistories(runs: readonly Run[], fits: (id: string) => boolean): readonly CellHistoryTable[] {
  const stored = runs.map(indexCells);
  const ids = [...new Set(stored.flatMap(({ states }) => [...states.keys()]))].filter(fits).toSorted();
  return ids.flatMap((id): readonly CellHistoryTable[] => {
    const newest = stored.findLast(({ states }) => states.get(id)?.status === 'measured')?.states.get(id);
    if (newest?.status !== 'measured') return [];
    const { cell, gate: metric } = newest;
    return [{ cell, metric, points: stored.flatMap((index) => pointOf(index, cellId(cell), metric)) }];
  });
}

function pointOf({ results, states }: ReturnType<typeof indexCells>, id: string, metric: Metric): readonly CellHistoryPoint[] {
  const state = states.get(id);
  if (state === undefined) return [];
  const { runId: run, commit, created, machine } = results;
  const values = state.status === 'measured' ? processValues(state.processes, metric) : [];
  const level = values.length === 0 ? null : median(values);
  return [{ run, commit, created, cpuModel: machine.cpuModel, level, processes: values.length }];
}
