import { type Cell, cellId } from '../model/cell.ts';
import type { Change, ComparedChange } from '../model/change.ts';
import type { Metric } from '../model/metric.ts';
import type { Run } from '../model/run.ts';
import { isWorse } from '../model/verdict.ts';
import { type CellIndex, indexCells, type MeasuredCell, metricFor } from './cell-index.ts';
import { comparableRuns } from './comparison.ts';
import { type Cause, hintOf } from './hints.ts';
import type { HistoryStarts } from './history-start.ts';
import { type MetricMove, mayHaveWorsened, movesOf } from './metric-move.ts';
import { type RankingFlip, rankingFlips } from './ranking-flip.ts';

/** A metric that no cell is judged by and that clearly got worse all the same. */
export interface UnjudgedMove {
  readonly cell: Cell;
  readonly metric: Metric;
  /** Base units. */
  readonly base: number;
  readonly head: number;
  readonly hint: Cause | null;
}

/** What there is to say beside the change of each cell. */
export interface Findings {
  /** Likely causes of cells that got worse, by `cellId`. */
  readonly hints: ReadonlyMap<string, Cause>;
  /** Of cells whose gate metric did not get notably worse; the largest first. */
  readonly unjudged: readonly UnjudgedMove[];
  readonly flips: readonly RankingFlip[];
}

/** Metrics that move by themselves too much, or whose direction is neither good nor bad. */
const unwatched: readonly string[] = ['cpu_per_wall', 'involuntary_switches_per_unit', 'calibration'];

/**
 * Looks for likely causes, for metrics that moved unjudged, and for models that changed places.
 *
 * @param starts as for the changes; none when left out
 */
export function findingsOf(
  head: CellIndex,
  baselineRuns: readonly Run[],
  { changes, starts = new Map() }: { readonly changes: readonly Change[]; readonly starts?: HistoryStarts },
): Findings {
  const history = { stored: baselineRuns.map(indexCells), starts };
  const hints = new Map<string, Cause>();
  const unjudged: UnjudgedMove[] = [];
  for (const change of changes) {
    const state = change.status === 'compared' ? head.states.get(cellId(change.cell)) : undefined;
    if (change.status !== 'compared' || state?.status !== 'measured') continue;
    const stored = comparableRuns(state, history, head.results.machine.cpuModel);
    if (!callsForExplanation(change) && !mayBeStriking(state, stored)) continue;
    const moves = movesOf(state, stored);
    const hint = hintOf(new Map(moves.map(({ metric, direction }) => [metric.id, direction])), change.cell.model);
    if (!gotNotablyWorse(change, moves)) unjudged.push(...unjudgedMoves(state, moves, hint));
    else if (hint !== null) hints.set(cellId(change.cell), hint);
  }
  return { hints, unjudged: unjudged.sort((one, other) => size(other) - size(one)), flips: rankingFlips(head, baselineRuns, starts) };
}

/** Whether the gate metric itself calls for an explanation; below a notable change it may be chance, and what else moved stands for itself. */
function gotNotablyWorse(change: ComparedChange, moves: readonly MetricMove[]): boolean {
  const own = moves.find(({ metric }) => metric.id === change.metric.id);
  return callsForExplanation(change) && own !== undefined && own.direction !== 'flat';
}

function callsForExplanation(change: ComparedChange): boolean {
  return excludesEquality(change) && isWorse(change);
}

/** Whether the interval of a change lies on one side of equality. */
function excludesEquality({ ratio: { bounds } }: ComparedChange): boolean {
  return bounds.kind === 'interval' && (bounds.low > 1 || bounds.high < 1);
}

function unjudgedMoves({ cell, gate }: MeasuredCell, moves: readonly MetricMove[], hint: Cause | null): readonly UnjudgedMove[] {
  return moves
    .filter(({ metric }) => isWatched(metric.id, gate))
    .filter(isStriking)
    .map(({ metric, base, head }) => ({ cell, metric, base, head, hint }));
}

function isWatched(id: string, gate: Metric): boolean {
  return id !== gate.id && !unwatched.includes(id);
}

/** Never false where `isStriking` holds for some metric. */
function mayBeStriking(head: MeasuredCell, stored: readonly MeasuredCell[]): boolean {
  return head.processes.metrics.some((id) => {
    const metric = metricFor(head.workload, id);
    return isWatched(id, head.gate) && mayHaveWorsened(head, stored, metric, strikingFactor(metric));
  });
}

/** Worse, with the whole interval beyond what such a metric does by itself; from nothing to at least one where there is no ratio. */
function isStriking({ metric, direction, interval, head }: MetricMove): boolean {
  if (direction !== (metric.better === 'lower' ? 'up' : 'down')) return false;
  if (interval === null) return metric.unit === 'count' && head >= 1;
  const certain = metric.better === 'lower' ? interval.low : 1 / interval.high;
  return certain > strikingFactor(metric);
}

/** Counts of threads hardly vary; tails and lag vary by half from run to run, the rest by some tens of percent. */
function strikingFactor({ id, family }: Metric): number {
  if (id === 'peak_threads') return 1.1;
  return family === 'latency' || family === 'event loop' ? 2 : 1.5;
}

function size({ base, head }: UnjudgedMove): number {
  return base > 0 && head > 0 ? Math.abs(Math.log(head / base)) : Number.POSITIVE_INFINITY;
}
