import type { Results } from '../model/results.ts';
import type { Warning } from '../model/warning.ts';
import { median, minimum } from '../stats/quantiles.ts';
import type { CellIndex } from './cell-index.ts';

/**
 * How far the calibration loop may move before the reader is told. The speed of a shared virtual CPU moves single
 * processes by 20 % and the median of a run by a few percent.
 */
const notableShift = 1.1;

/** Says for which runtimes the fixed calibration loop itself changed speed between the stored runs and this one. */
export function calibrationWarnings(head: CellIndex, baselineRuns: readonly Results[]): readonly Warning[] {
  return head.results.runtimes.flatMap(({ id }) => {
    const now = loopSeconds([head.results], id);
    const then = loopSeconds(baselineRuns, id);
    if (now === null || then === null) return [];
    const ratio = now / then;
    return Math.max(ratio, 1 / ratio) < notableShift ? [] : [{ code: 'calibration moved', runtime: id, ratio } as const];
  });
}

/** The median over processes of the fastest loop of each, in seconds; null without a process or a loop that took time. */
function loopSeconds(runs: readonly Results[], runtime: string): number | null {
  const loops = runs.flatMap(({ samples }) =>
    samples.flatMap((sample) => (sample.status === 'measured' && sample.cell.runtime === runtime ? [minimum(sample.calibration)] : [])),
  );
  if (loops.length === 0) return null;
  const seconds = median(loops);
  return seconds > 0 ? seconds : null;
}
