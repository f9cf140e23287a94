import type { CellIndex } from '../judge/cell-index.ts';
import { wasNotReached } from '../plan/ending.ts';
import { type RunCounts, runCounts } from './run-counts.ts';
import type { VerdictTable } from './verdicts.ts';

/** The report in numbers: of cells where nothing else is said. */
export interface ReportCounts extends RunCounts {
  /** Every cell that has a verdict: those of this run and the missing ones. */
  readonly cells: number;
  readonly regressions: number;
  readonly improvements: number;
  readonly noChange: number;
  readonly inconclusive: number;
  readonly notComparable: number;
  readonly new: number;
  readonly missing: number;
  readonly broken: number;
  /** Cells that this run was to measure: those with a process, and those that it ended before. */
  readonly planned: number;
  /** Cells that this run ended before; the scale points of a workload under one model that have none count as one. */
  readonly notReached: number;
  /** Use cases on a runtime whose order of models reversed since the stored runs. */
  readonly flips: number;
}

/** Counts what was measured and what was said of it. */
export function reportCounts(index: CellIndex, { rows, counts }: VerdictTable, flips: number): ReportCounts {
  const notReached = index.results.leftOut.filter(wasNotReached).length;
  return {
    ...runCounts(index),
    cells: rows.length,
    regressions: counts.regression,
    improvements: counts.improvement,
    noChange: counts['no change'],
    inconclusive: counts.inconclusive,
    notComparable: counts['not comparable'],
    new: counts.new,
    missing: counts.missing,
    broken: counts.broken,
    planned: index.states.size + notReached,
    notReached,
    flips,
  };
}
