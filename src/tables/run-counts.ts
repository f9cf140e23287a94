import type { CellIndex } from '../judge/cell-index.ts';

/** A run in numbers: of cells where nothing else is said. */
export interface RunCounts {
  /** Cells whose every process delivered. */
  readonly measured: number;
  /** Workloads with at least one process. */
  readonly workloads: number;
  /** Workloads that were refused on some runtime. */
  readonly refused: number;
  /** The fewest and the most processes of a measured cell; 0 when none was measured. */
  readonly fewestProcesses: number;
  readonly mostProcesses: number;
}

/** Counts what a run measured. */
export function runCounts({ states, results }: CellIndex): RunCounts {
  const processes = [...states.values()].flatMap((state) => (state.status === 'measured' ? [state.processes.count] : []));
  return {
    measured: processes.length,
    workloads: new Set([...states.values()].map(({ cell }) => cell.workload)).size,
    refused: new Set(results.refused.map(({ id }) => id)).size,
    fewestProcesses: processes.length === 0 ? 0 : Math.min(...processes),
    mostProcesses: Math.max(0, ...processes),
  };
}
