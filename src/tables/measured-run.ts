import { indexCells } from '../judge/cell-index.ts';
import type { Run } from '../model/run.ts';
import type { UnavailableRuntime } from '../model/runtime.ts';
import type { Warning } from '../model/warning.ts';
import { type BrokenRow, brokenInRun } from './broken.ts';
import { type RuntimeColumn, runtimeColumns } from './columns.ts';
import { type RefusedGroup, refusedGroups } from './refused.ts';
import { type RunCounts, runCounts } from './run-counts.ts';
import { runWarnings } from './run-warnings.ts';

/** What a run measured, compared with nothing. */
export interface MeasuredRun {
  readonly partial: boolean;
  readonly columns: readonly RuntimeColumn[];
  readonly counts: RunCounts;
  readonly broken: readonly BrokenRow[];
  readonly refused: readonly RefusedGroup[];
  readonly unavailable: readonly UnavailableRuntime[];
  readonly warnings: readonly Warning[];
}

/** Tabulates a run that is not judged. */
export function measuredRun(results: Run): MeasuredRun {
  const index = indexCells(results);
  const columns = runtimeColumns(results.runtimes);
  const { partial, unavailable } = results;
  return {
    ...{ partial, unavailable, columns },
    counts: runCounts(index),
    broken: brokenInRun(index),
    refused: refusedGroups(results, columns),
    warnings: runWarnings(index),
  };
}
