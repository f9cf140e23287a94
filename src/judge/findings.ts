import { type Cell, cellId } from '../model/cell.ts';
import type { Change, ComparedChange } from '../model/change.ts';
import type { Metric } from '../model/metric.ts';
import type { Run } from '../model/run.ts';
import { isWorse } from '../model/verdict.ts';
import { type CellIndex, indexCells, type MeasuredCell, metricFor } from './cell-index.ts';
import { type ComparedCell, compareCells } from './comparison.ts';
import { type Cause, hintOf } from './hints.ts';
import type { HistoryStarts } from './history-start.ts';
import { type MetricMove, mayHaveWorsened, movesOf } from './metric-move.ts';
import { missingCells } from './missing.ts';
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
  /** Of every cell of the run, then of the missing ones. */
  readonly changes: readonly Change[];
  /** Likely causes of cells that got worse, by `cellId`. */
  readonly hints: ReadonlyMap<string, Cause>;
  /** Of cells whose gate metric did not get notably worse; the largest first. */
  readonly unjudged: readonly UnjudgedMove[];
  readonly flips: readonly RankingFlip[];
}

/** Metrics that move by themselves too much, or whose direction is neither good nor bad. */
const unwatched: readonly string[] = ['cpu_per_wall', 'involuntary_switches_per_unit', 'calibration'];

/**
 * Compares a run with its stored runs, and looks for likely causes, for metrics that moved unjudged, and for models that
 * changed places.
 *
 * @param baselineRuns stored runs of any runtimes, oldest first, and complete
 * @param starts none when left out: every run counts
 */
export function findingsOf(head: CellIndex, baselineRuns: readonly Run[], starts: HistoryStarts = new Map()): Findings {
  const stored = baselineRuns.map(indexCells);
  const compared = compareCells(head, { stored, starts });
  const moved = compared.flatMap((each) => movesOfCell(each));
  return {
    changes: [...compared.map(({ change }) => change), ...missingCells(head, stored)],
    hints: new Map(moved.flatMap(({ state, hint, isWorse: worse }) => (worse && hint !== null ? [[cellId(state.cell), hint]] : []))),
    unjudged: moved
      .flatMap(({ state, moves, hint, isWorse: worse }) => (worse ? [] : unjudgedMoves(state, moves, hint)))
      .sort((one, other) => size(other) - size(one)),
    flips: rankingFlips(head, baselineRuns, starts),
  };
}

/** What became of the metrics of a cell that something is to be said of. */
interface MovedCell {
  readonly state: MeasuredCell;
  readonly moves: readonly MetricMove[];
  readonly hint: Cause | null;
  /** Whether its gate metric got notably worse. */
  readonly isWorse: boolean;
}

function movesOfCell({ state, change, stored }: ComparedCell): readonly MovedCell[] {
  if (change.status !== 'compared' || state.status !== 'measured') return [];
  if (!callsForExplanation(change) && !mayBeStriking(state, stored)) return [];
  const moves = movesOf(state, stored);
  const hint = hintOf(new Map(moves.map(({ metric, direction }) => [metric.id, direction])), state.cell.model);
  return [{ state, moves, hint, isWorse: gotNotablyWorse(change, moves) }];
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
