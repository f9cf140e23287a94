import { fewestForInterval } from '../model/change.ts';
import { type Metric, metricOf } from '../model/metric.ts';
import type { MeasuredSample } from '../model/sample.ts';
import { maximum, median, minimum } from '../stats/quantiles.ts';
import { type MeasuredCell, metricFor } from './cell-index.ts';
import { compareFigures } from './comparison.ts';
import { processValue } from './process-value.ts';

/** Which way a figure went since the stored runs; `unclear` when it cannot be told. */
export type Direction = 'up' | 'down' | 'flat' | 'unclear';

/** What became of one metric of one cell since the stored runs. */
export interface MetricMove {
  readonly metric: Metric;
  /** Base units. */
  readonly base: number;
  readonly head: number;
  readonly direction: Direction;
  /** The interval of head / base; null when there is none. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** A figure that differs by less is called flat: causes that matter move theirs by more. */
const notableMove = 1.1;

/** The fixed calibration loop, as a metric: it moves when the machine or the interpreter changes speed. */
const calibration = metricOf('calibration', { unit: 's', better: 'lower' });

/** What became of every metric that a cell reports now and reported in the comparable stored runs, at least one; the calibration loop last. */
export function movesOf(head: MeasuredCell, stored: readonly MeasuredCell[]): readonly MetricMove[] {
  const ids = [...new Set(head.samples.flatMap(({ values }) => Object.keys(values)))];
  const moves = ids.map((id) => {
    const metric = metricFor(head.workload, id);
    return moveOf(metric, head, stored, (sample) => processValue(sample, metric));
  });
  return [...moves, moveOf(calibration, head, stored, (sample) => minimum(sample.calibration))].filter((move) => move !== null);
}

function moveOf(
  metric: Metric,
  head: MeasuredCell,
  stored: readonly MeasuredCell[],
  figureOf: (sample: MeasuredSample) => number | null,
): MetricMove | null {
  const figures = ({ samples }: MeasuredCell) => samples.map(figureOf).filter((figure) => figure !== null);
  const values = figures(head);
  const runs = stored.map(figures).filter((run) => run.length > 0);
  if (values.length === 0 || runs.length === 0) return null;
  const compared = compareFigures(values, runs);
  if (compared === null)
    return { metric, base: median(runs.flat()), head: median(values), direction: apart(values, runs.flat()), interval: null };
  const { base, head: now, ratio } = compared;
  const interval = ratio.bounds.kind === 'interval' ? ratio.bounds : null;
  return { metric, base, head: now, direction: directionOf(ratio.value, interval), interval };
}

function directionOf(value: number, interval: MetricMove['interval']): Direction {
  if (value < notableMove && value > 1 / notableMove) return 'flat';
  if (interval === null) return 'unclear';
  if (value > 1) return interval.low > 1 ? 'up' : 'unclear';
  return interval.high < 1 ? 'down' : 'unclear';
}

/** Where a zero leaves no ratio: only what does not overlap at all has moved. */
function apart(head: readonly number[], base: readonly number[]): Direction {
  if (head.length < fewestForInterval || base.length < fewestForInterval) return 'unclear';
  if (minimum(head) > maximum(base)) return 'up';
  return maximum(head) < minimum(base) ? 'down' : 'flat';
}
