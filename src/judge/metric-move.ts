import { fewestForInterval } from '../model/change.ts';
import { type Metric, metricOf } from '../model/metric.ts';
import { ofEachProcess } from '../model/processes.ts';
import { maximum, median, minimum } from '../stats/quantiles.ts';
import { type MeasuredCell, metricFor } from './cell-index.ts';
import { compareFigures } from './comparison.ts';
import { processValues } from './process-value.ts';

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
  const moves = head.processes.metrics.map((id) => {
    const metric = metricFor(head.workload, id);
    return moveOf(metric, head, stored, ({ processes }) => processValues(processes, metric));
  });
  return [...moves, moveOf(calibration, head, stored, loopsOf)].filter((move) => move !== null);
}

/**
 * Whether the interval of a metric may lie beyond `factor` for the worse, as its most extreme processes have it. Never false
 * where it does: most metrics of most cells are passed over without an interval. True where a value of zero or below leaves
 * no ratio.
 */
export function mayHaveWorsened(head: MeasuredCell, stored: readonly MeasuredCell[], metric: Metric, factor: number): boolean {
  const [now, then] = [rangeOf([head], metric), rangeOf(stored, metric)];
  if (!(now.least > 0 && then.least > 0)) return true;
  const most = metric.better === 'lower' ? now.most / then.least : then.most / now.least;
  return most > factor * (1 - 1e-9);
}

/** The smallest and the largest figure of a metric; of none, from infinity down to 0. */
function rangeOf(cells: readonly MeasuredCell[], metric: Metric): { readonly least: number; readonly most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const { processes } of cells) {
    const count = processes.reporting(metric);
    for (let process = 0; process < count; process += 1) {
      const figure = processes.figure(process, metric);
      if (figure === null) continue;
      if (figure < least) least = figure;
      if (figure > most) most = figure;
    }
  }
  return { least, most };
}

function loopsOf({ processes }: MeasuredCell): readonly number[] {
  return ofEachProcess(processes, (process) => processes.loop(process));
}

function moveOf(
  metric: Metric,
  head: MeasuredCell,
  stored: readonly MeasuredCell[],
  figures: (cell: MeasuredCell) => readonly number[],
): MetricMove | null {
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
