import { cellId } from '../model/cell.ts';
import { fewestForInterval, intervalLevel, type Ratio } from '../model/change.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import type { Results } from '../model/results.ts';
import { logarithms, meanInterval } from '../stats/welch.ts';
import { type CellIndex, indexCells, type MeasuredCell } from './cell-index.ts';
import { whyNotComparable } from './comparability.ts';
import { windowRuns } from './comparison.ts';
import { findCell } from './lookup.ts';
import { processValues } from './process-value.ts';
import { advantage, type RankingSubject, rankModels, type Standing } from './ranking.ts';
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
 */
export function rankingFlips(head: CellIndex, baselineRuns: readonly Results[]): readonly RankingFlip[] {
  const stored = wholeRuns(baselineRuns).map(indexCells);
  const flips = head.results.runtimes.flatMap(({ id }) =>
    useCasesOf(head.workloads.values()).flatMap(({ useCase, workload, metric }) =>
      flipOf(head, stored, { useCase, workload, runtime: id, ...(metric === undefined ? {} : { metric }) }),
    ),
  );
  const keys = flips.map((flip) => flipKey(head, flip));
  return flips.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** Stored runs are kept by runtime; two that differ in their uvloop alone share the cells of one interpreter. */
function wholeRuns(runs: readonly Results[]): readonly Results[] {
  const whole = new Map<string, Results>();
  for (const run of runs) {
    const known = whole.get(run.runId);
    whole.set(run.runId, known === undefined ? run : merged(known, run));
  }
  return [...whole.values()];
}

function merged(one: Results, other: Results): Results {
  const runtimes = [...new Map([...one.runtimes, ...other.runtimes].map((runtime) => [runtime.id, runtime])).values()];
  const added = other.runtimes.filter(({ id }) => one.runtimes.every((runtime) => runtime.id !== id));
  const samples = other.samples.filter(({ cell }) => added.some(({ id }) => id === cell.runtime));
  return { ...one, runtimes, samples: [...one.samples, ...samples] };
}

/** Equal for runtimes that share both cells. */
function flipKey(head: CellIndex, { workload, runtime, metric, overtaken, overtaking }: RankingFlip): string {
  const cells = [overtaken, overtaking].map((model) => {
    const found = findCell(head, { workload, model, runtime });
    return found.ok ? cellId(found.cell.cell) : `${model}/${runtime}`;
  });
  return JSON.stringify([metric.id, ...cells]);
}

function flipOf(head: CellIndex, stored: readonly CellIndex[], subject: Subject): readonly RankingFlip[] {
  const now = rankModels(head, subject);
  if (now.status !== 'ranked') return [];
  const before = stored.map((index) => rankModels(index, { ...subject, metric: now.metric.id })).filter((each) => each.status === 'ranked');
  const [formerBest] = before.at(-1)?.standings ?? [];
  if (formerBest === undefined) return [];
  for (const [overtaking, overtaken] of reorderedPairs(now.standings, formerBest.model)) {
    const flip = flipBetween({ head, stored, subject, metric: now.metric }, overtaking, overtaken);
    if (flip !== null) return [flip];
  }
  return [];
}

/** Pairs of (better now, worse now) with the best now or the best before in them, the most telling first. */
function reorderedPairs(standings: readonly Standing[], formerBest: ConcurrencyModel): readonly (readonly [Standing, Standing])[] {
  const pairs = standings.flatMap((better, index) => standings.slice(index + 1).map((worse) => [better, worse] as const));
  const involved = pairs.filter(([better, worse]) => better === standings[0] || worse.model === formerBest);
  return [...involved].sort(([, one], [, other]) => Number(other.model === formerBest) - Number(one.model === formerBest));
}

interface FlipContext {
  readonly head: CellIndex;
  readonly stored: readonly CellIndex[];
  readonly subject: Subject;
  readonly metric: Metric;
}

function flipBetween({ head, stored, subject, metric }: FlipContext, overtaking: Standing, overtaken: Standing): RankingFlip | null {
  const now = advantage(overtaking.values, overtaken.values, metric.better);
  if (now === null || !isClear(now)) return null;
  const earlier = stored.flatMap((index) => pairIn({ head, index, subject, metric }, overtaking.model, overtaken.model)).slice(-windowRuns);
  const before = earlierAdvantage(earlier, metric);
  if (before === null || !isClear(before)) return null;
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

/** The values of two models in one stored run. */
interface StoredPair {
  readonly overtaking: readonly number[];
  readonly overtaken: readonly number[];
}

function pairIn(
  { head, index, subject, metric }: Omit<FlipContext, 'stored'> & { readonly index: CellIndex },
  overtaking: ConcurrencyModel,
  overtaken: ConcurrencyModel,
): readonly StoredPair[] {
  const [one, other] = [overtaking, overtaken].map((model) => comparableValues({ head, index, subject, metric }, model));
  return one === undefined || other === undefined || one.length === 0 || other.length === 0 ? [] : [{ overtaking: one, overtaken: other }];
}

function comparableValues(
  { head, index, subject, metric }: Omit<FlipContext, 'stored'> & { readonly index: CellIndex },
  model: ConcurrencyModel,
): readonly number[] {
  const [now, then] = [head, index].map((each) => findCell(each, { ...subject, model }));
  if (now?.ok !== true || then?.ok !== true) return [];
  return isComparable(now.cell, then.cell) ? processValues(then.cell.samples, metric) : [];
}

function isComparable(now: MeasuredCell, then: MeasuredCell): boolean {
  return whyNotComparable(now, then) === null;
}

/** Between the runs where there are enough: within one run what differs from run to run cancels out of the ratio. */
function earlierAdvantage(pairs: readonly StoredPair[], { better }: Metric): Ratio | null {
  if (pairs.length < fewestForInterval) {
    const all = (side: keyof StoredPair) => pairs.flatMap((pair) => pair[side]);
    return pairs.length === 0 ? null : advantage(all('overtaken'), all('overtaking'), better);
  }
  const ratios = pairs.flatMap((pair) => advantage(pair.overtaken, pair.overtaking, better)?.value ?? []);
  if (ratios.length < pairs.length) return null;
  const { value, low, high } = meanInterval(logarithms(ratios), intervalLevel);
  return { value: Math.exp(value), bounds: { kind: 'interval', low: Math.exp(low), high: Math.exp(high) } };
}

function isClear({ bounds }: Ratio): boolean {
  return bounds.kind === 'interval' && bounds.low > 1;
}
