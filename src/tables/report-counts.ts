import type { CellIndex } from '../judge/cell-index.ts';
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
  /** Use cases on a runtime whose order of models reversed since the stored runs. */
  readonly flips: number;
}

/** Counts what was measured and what was said of it. */
export function reportCounts(index: CellIndex, { rows, counts }: VerdictTable, flips: number): ReportCounts {
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
    flips,
  };
}
