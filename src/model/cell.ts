import type { ConcurrencyModel } from './concurrency-model.ts';

/** What is measured and judged: one workload under one model on one runtime. */
export interface Cell {
  /** Workload id: the file's name without `.py`. */
  readonly workload: string;
  readonly model: ConcurrencyModel;
  /** Runtime id. */
  readonly runtime: string;
  /** The scaled parameter, "n=100", or the empty string when the workload is not scaled. */
  readonly params: string;
}

/** A string that is equal for equal cells and sorts by workload first. Workload ids hold no slash. */
export function cellId(cell: Cell): string {
  const scaled = cell.params === '' ? '' : `[${cell.params}]`;
  return `${cell.workload}${scaled}/${cell.model}/${cell.runtime}`;
}

/** A planned absence: why a cell that could be asked for is not measured. */
export interface LeftOut {
  readonly workload: string;
  readonly model: ConcurrencyModel;
  /** Runtime id. */
  readonly runtime: string;
  /** One sentence in the workload's or the planner's words. */
  readonly reason: string;
}
