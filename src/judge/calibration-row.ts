import { intervalLevel, type Ratio } from '../model/change.ts';
import { metricOf } from '../model/metric.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { Runtime } from '../model/runtime.ts';
import type { PairsOutcome } from '../model/sample-pair.ts';
import { criticalValue } from '../stats/critical-value.ts';
import { trimmedMean } from '../stats/trimmed-t.ts';
import { calibrationFigures, logDifferences } from './pair-differences.ts';

/** How the calibration loop itself moved on one runtime; shown, never judged. */
export interface CalibrationRow {
  readonly runtime: Runtime;
  /** head / base of the loop's seconds. */
  readonly ratio: Ratio;
  readonly pairs: number;
}

/** One row for each runtime whose pairs are enough for a trimmed mean; all suspects of it together. */
export function calibrationRows(
  suspects: readonly PairSuspect[],
  outcome: Pick<PairsOutcome, 'pairs'>,
  runtimes: readonly Runtime[],
): readonly CalibrationRow[] {
  return runtimes.flatMap((runtime) => {
    const pairs = suspects.flatMap(({ id, cell }) => (cell.runtime === runtime.id ? (outcome.pairs.get(id) ?? []) : []));
    const differences = logDifferences(calibrationFigures(pairs, metricOf('wall_per_unit'))).filter(Number.isFinite);
    const mean = trimmedMean(differences);
    if (mean.kind === 'none') return [];
    const reach = criticalValue((1 + intervalLevel) / 2, mean.df) * mean.error;
    const bounds = { kind: 'interval', low: Math.exp(mean.value - reach), high: Math.exp(mean.value + reach) } as const;
    return [{ runtime, ratio: { value: Math.exp(mean.value), bounds }, pairs: differences.length }];
  });
}
