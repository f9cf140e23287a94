import { cellId } from '../model/cell.ts';
import { fewestForInterval, intervalLevel, type Ratio } from '../model/change.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import type { Run } from '../model/run.ts';
import { meanInterval } from '../stats/welch.ts';
import { type CellIndex, indexCells } from './cell-index.ts';
import type { StoredHistory } from './comparison.ts';
import { FormerFigures, type FormerPair } from './former-figures.ts';
import type { HistoryStarts } from './history-start.ts';
import { findCell } from './lookup.ts';
import { mergeParts } from './merge-parts.ts';
import { advantage, modelOrder, type RankingSubject, type Standing } from './ranking.ts';
import { useCasesOf } from './use-case.ts';

/** Two models of a use case that changed places since the baseline. */
export interface RankingFlip {
  readonly useCase: string;
  readonly workload: string;
  /** Runtime id. */
  readonly runtime: string;
  readonly metric: Metric;
  readonly overtaken: ConcurrencyModel;
  readonly overtaking: ConcurrencyModel;
  /** How many times better the overtaken model was; above 1 with its whole interval. */
  readonly before: Ratio;
  /** How many times better the overtaking model is now; above 1 with its whole interval. */
  readonly now: Ratio;
  /** Stored runs that `before` rests on, >= 1. */
  readonly runs: number;
}

interface Subject extends RankingSubject {
  readonly useCase: string;
}

/**
 * The use cases whose order of models is not what it was: at most one finding for each use case and runtime, in which the
 * model that was best before or is best now takes part. Each order must be clear by itself, the interval of its ratio
 * above 1 on both occasions, so chance alone makes about one flip in a thousand pairs that are really equal.
 *
 * @param baselineRuns stored runs of any runtimes, oldest first, and complete
 * @param starts none when left out: every run counts
 */
export function rankingFlips(head: CellIndex, baselineRuns: readonly Run[], starts: HistoryStarts = new Map()): readonly RankingFlip[] {
  const history = { stored: wholeRuns(baselineRuns).map(indexCells), starts };
  const flips = head.results.runtimes.flatMap(({ id }) =>
    useCasesOf(head.workloads.values()).flatMap(({ useCase, workload, metric }) =>
      flipOf(head, history, { useCase, workload, runtime: id, ...(metric === undefined ? {} : { metric }) }),
    ),
  );
  const keys = flips.map((flip) => flipKey(head, flip));
  return flips.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** Stored runs are kept by runtime; two that differ in their uvloop alone share the cells of one interpreter. */
function wholeRuns(runs: readonly Run[]): readonly Run[] {
  return [...Map.groupBy(runs, ({ runId }) => runId).values()].map((records) => mergeParts(records));
}

/** Equal for runtimes that share both cells. */
function flipKey(head: CellIndex, { workload, runtime, metric, overtaken, overtaking }: RankingFlip): string {
  const cells = [overtaken, overtaking].map((model) => {
    const found = findCell(head, { workload, model, runtime });
    return found.ok ? cellId(found.cell.cell) : `${model}/${runtime}`;
  });
  return JSON.stringify([metric.id, ...cells]);
}

function flipOf(head: CellIndex, { stored, starts }: StoredHistory, subject: Subject): readonly RankingFlip[] {
  const now = modelOrder(head, subject);
  const formerBest = now === null ? null : bestBefore(stored, { ...subject, metric: now.metric.id });
  if (now === null || formerBest === null) return [];
  const context = { head, stored, starts, subject, metric: now.metric };
  const history = new FormerFigures(context);
  for (const [overtaking, overtaken] of reorderedPairs(now.standings, formerBest)) {
    const flip = flipBetween(context, history, { overtaking, overtaken });
    if (flip !== null) return [flip];
  }
  return [];
}

/** The best model of the newest stored run that measured any. */
function bestBefore(stored: readonly CellIndex[], subject: RankingSubject): ConcurrencyModel | null {
  for (const index of stored.toReversed()) {
    const [best] = modelOrder(index, subject)?.standings ?? [];
    if (best !== undefined) return best.model;
  }
  return null;
}

/** Pairs of (better now, worse now) with the best now or the best before in them, the most telling first. */
function reorderedPairs(standings: readonly Standing[], formerBest: ConcurrencyModel): readonly (readonly [Standing, Standing])[] {
  const pairs = standings.flatMap((better, index) => standings.slice(index + 1).map((worse) => [better, worse] as const));
  const involved = pairs.filter(([better, worse]) => better === standings[0] || worse.model === formerBest);
  return [...involved].sort(([, one], [, other]) => Number(other.model === formerBest) - Number(one.model === formerBest));
}

interface FlipContext extends StoredHistory {
  readonly head: CellIndex;
  readonly subject: Subject;
  readonly metric: Metric;
}

function flipBetween(
  { subject, metric }: FlipContext,
  history: FormerFigures,
  { overtaking, overtaken }: { readonly overtaking: Standing; readonly overtaken: Standing },
): RankingFlip | null {
  const earlier = history.pairsOf(overtaking.model, overtaken.model);
  const before = earlierAdvantage(earlier, metric);
  if (before === null || !isClear(before)) return null;
  const now = advantage(overtaking.values, overtaken.values, metric.better);
  if (now === null || !isClear(now)) return null;
  const { useCase, workload, runtime } = subject;
  return {
    useCase,
    workload,
    runtime,
    metric,
    overtaken: overtaken.model,
    overtaking: overtaking.model,
    before,
    now,
    runs: earlier.length,
  };
}

/** Between the runs where there are enough: within one run what differs from run to run cancels out of the ratio. */
function earlierAdvantage(pairs: readonly FormerPair[], { better }: Metric): Ratio | null {
  if (pairs.length < fewestForInterval) {
    const all = (side: keyof FormerPair) => pairs.flatMap((pair) => pair[side].values);
    return pairs.length === 0 ? null : advantage(all('overtaken'), all('overtaking'), better);
  }
  const differences = pairs.flatMap(({ overtaken, overtaking }) =>
    overtaken.merit === null || overtaking.merit === null ? [] : [overtaking.merit - overtaken.merit],
  );
  if (differences.length < pairs.length) return null;
  const sign = better === 'lower' ? 1 : -1;
  const { value, low, high } = meanInterval(
    differences.map((difference) => sign * difference),
    intervalLevel,
  );
  return { value: Math.exp(value), bounds: { kind: 'interval', low: Math.exp(low), high: Math.exp(high) } };
}

function isClear({ bounds }: Ratio): boolean {
  return bounds.kind === 'interval' && bounds.low > 1;
}
