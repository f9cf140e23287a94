import type { Ratio } from '../model/change.ts';
import type { ClaimResult, Effect } from '../model/claim.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import { median } from '../stats/quantiles.ts';
import { type CellIndex, metricFor } from './cell-index.ts';
import { differenceBetween, ratioBetween, ratioToOne } from './effect.ts';
import { findCell } from './lookup.ts';
import { processValues } from './process-value.ts';
import { advantage, type Ranking, type Standing } from './ranking.ts';

/** One measured quantity that a claim speaks of. */
export interface Quantity {
  readonly workload: string;
  readonly model: ConcurrencyModel;
  /** Metric id. */
  readonly metric: string;
}

/** How one claim is put to the test, on each runtime by itself. */
export interface ClaimTest {
  readonly head: Quantity;
  /** Compared with; null compares `head` with `bound` alone. */
  readonly base: Quantity | null;
  /** A difference where a side may be zero, else a ratio. */
  readonly effect: 'ratio' | 'difference';
  /** The claim holds when the whole interval of the effect lies on this side of `bound`. */
  readonly holds: 'above' | 'below';
  readonly bound: number;
  /** CPUs without which the claim cannot show. */
  readonly cpus?: number;
}

/** A figure of a claim: the median over processes, or the reason there is none. */
export type Figure =
  | {
      readonly status: 'measured';
      readonly quantity: Quantity;
      readonly metric: Metric;
      readonly value: number;
      readonly values: readonly number[];
    }
  | { readonly status: 'absent'; readonly quantity: Quantity; readonly reason: string };

type MeasuredFigure = Extract<Figure, { readonly status: 'measured' }>;

/** Looks one quantity up on one runtime. */
export function figureOf(index: CellIndex, quantity: Quantity, runtime: string): Figure {
  const found = findCell(index, { ...quantity, runtime });
  if (!found.ok) return { status: 'absent', quantity, reason: found.reason };
  const metric = metricFor(found.cell.workload, quantity.metric);
  const values = processValues(found.cell.samples, metric);
  if (values.length === 0) return { status: 'absent', quantity, reason: `${quantity.workload} does not report ${metric.label}` };
  return { status: 'measured', quantity, metric, value: median(values), values };
}

/** Judges one claim on one runtime: on a free-threaded one the claims about the GIL are judged like all others, anew. */
export function judgeClaim(index: CellIndex, test: ClaimTest, runtime: string): ClaimResult {
  const { cpus } = index.results.machine;
  if (test.cpus !== undefined && cpus < test.cpus) {
    return { status: 'not measured', reason: `this machine lends ${cpus} CPU, the claim needs ${test.cpus}` };
  }
  const head = figureOf(index, test.head, runtime);
  if (head.status === 'absent') return { status: 'not measured', reason: head.reason };
  if (test.base === null) return judgeEffect(ratioEffect(ratioToOne(head.values)), test);
  const base = figureOf(index, test.base, runtime);
  if (base.status === 'absent') return { status: 'not measured', reason: base.reason };
  return judgeEffect(effectOf(head, base, test), test);
}

function effectOf(head: MeasuredFigure, base: MeasuredFigure, test: ClaimTest): Effect | null {
  const values = { head: head.values, base: base.values };
  return test.effect === 'ratio' ? ratioEffect(ratioBetween(values)) : differenceBetween(values, head.metric.unit);
}

function ratioEffect(ratio: Ratio | null): Effect | null {
  return ratio === null ? null : { kind: 'ratio', ...ratio };
}

function judgeEffect(effect: Effect | null, { holds, bound }: Pick<ClaimTest, 'holds' | 'bound'>): ClaimResult {
  if (effect === null) return { status: 'not measured', reason: 'a process reported zero or less, which leaves no ratio' };
  const { bounds } = effect;
  if (bounds.kind === 'none') return { status: 'undecided', effect, reason: bounds.reason };
  if (bounds.low > bound) return { status: holds === 'above' ? 'holds' : 'does not hold', effect };
  if (bounds.high < bound) return { status: holds === 'below' ? 'holds' : 'does not hold', effect };
  return { status: 'undecided', effect, reason: 'the interval holds both answers' };
}

/**
 * Judges "the best option is …": the best of the named models against the best of all others.
 * The effect is how many times better the named one is, so above 1 it holds.
 */
export function judgeBestOption(ranking: Ranking, expected: readonly ConcurrencyModel[]): ClaimResult {
  if (ranking.status !== 'ranked') return { status: 'not measured', reason: ranking.reason };
  const isExpected = ({ model }: Standing) => expected.includes(model);
  const named = ranking.standings.find(isExpected);
  const other = ranking.standings.find((standing) => !isExpected(standing));
  if (named === undefined) return { status: 'not measured', reason: ranking.absent[0] ?? 'the named models were not measured' };
  if (other === undefined) return { status: 'not measured', reason: 'no other model was measured' };
  const effect = ratioEffect(advantage(named.values, other.values, ranking.metric.better));
  return judgeEffect(effect, { holds: 'above', bound: 1 });
}
