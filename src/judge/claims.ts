import type { Ratio } from '../model/change.ts';
import type { ClaimResult, Effect } from '../model/claim.ts';
import { type ConcurrencyModel, modelLabel } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import { median } from '../stats/quantiles.ts';
import { type CellIndex, metricFor } from './cell-index.ts';
import { differenceBetween, ratioBetween, ratioToOne } from './effect.ts';
import { findCell } from './lookup.ts';
import { processValues } from './process-value.ts';
import { advantage, type Ranking, type Standing } from './ranking.ts';
import { paramsOf, type SizeAxis, scaleAxes } from './scale-axis.ts';
import { marginalCosts, scalingCurve } from './scaling-curve.ts';
import type { BestOption } from './use-case.ts';

/** One measured quantity that a claim speaks of. */
export interface Quantity {
  readonly workload: string;
  readonly model: ConcurrencyModel;
  /** Metric id. */
  readonly metric: string;
  /** The axis whose largest measured size is meant; left out: the plain cell. */
  readonly largest?: string;
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
  /** Whether the reason given is the GIL: on a free-threaded build the claim is judged all the same, and the reader told. */
  readonly gil?: boolean;
}

/** A figure of a claim: the median over processes, or over rounds where it is the slope over several sizes; or why there is none. */
export type Figure =
  | {
      readonly status: 'measured';
      readonly quantity: Quantity;
      readonly metric: Metric;
      readonly value: number;
      readonly values: readonly number[];
      readonly basis: 'cell' | 'slope';
    }
  | { readonly status: 'absent'; readonly quantity: Quantity; readonly reason: string };

type MeasuredFigure = Extract<Figure, { readonly status: 'measured' }>;

/** Looks one quantity up on one runtime. Memory per unit is the slope over the sizes of an axis where these were measured. */
export function figureOf(index: CellIndex, quantity: Quantity, runtime: string): Figure {
  const place = placeOf(index, quantity);
  if (!place.ok) return { status: 'absent', quantity, reason: place.reason };
  const found = findCell(index, { ...quantity, runtime, params: place.params });
  if (!found.ok) return { status: 'absent', quantity, reason: found.reason };
  const metric = metricFor(found.cell.workload, quantity.metric);
  const slopes = metric.family === 'memory' && metric.perUnit ? memorySlopes(index, quantity, runtime) : [];
  const values = slopes.length > 0 ? slopes : processValues(found.cell.processes, metric);
  if (values.length === 0) return { status: 'absent', quantity, reason: `${quantity.workload} does not report ${metric.label}` };
  return { status: 'measured', quantity, metric, value: median(values), values, basis: slopes.length > 0 ? 'slope' : 'cell' };
}

function placeOf(
  index: CellIndex,
  { workload, model, largest }: Quantity,
): { readonly ok: true; readonly params: string } | { readonly ok: false; readonly reason: string } {
  if (largest === undefined) return { ok: true, params: '' };
  const axis = sizeAxis(index, workload, largest);
  const size = axis?.points.at(-1);
  if (axis === undefined || size === undefined) {
    return { ok: false, reason: `${workload} was run at one number of ${largest} only; "workloads: full" measures several` };
  }
  return { ok: true, params: paramsOf(axis, size, model) };
}

function sizeAxis(index: CellIndex, workload: string, name?: string): SizeAxis | undefined {
  return scaleAxes(index)
    .filter((axis) => axis.kind === 'sizes')
    .find((axis) => axis.workload === workload && (name === undefined || axis.axis === name));
}

function memorySlopes(index: CellIndex, { workload, model, metric }: Quantity, runtime: string): readonly number[] {
  const axis = sizeAxis(index, workload);
  const curve = axis === undefined ? null : scalingCurve(index, axis, { model, runtime, metric });
  return curve === null ? [] : marginalCosts(curve);
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
 * Judges "the best option is …": the best of the named models against the best of all others. Models that belong to
 * neither side are passed over. The effect is how many times better the named one is, so above 1 it holds. What a broken
 * model could turn round stays undecided.
 */
export function judgeBestOption(ranking: Ranking, option: BestOption): ClaimResult {
  if (ranking.status !== 'ranked') return { status: 'not measured', reason: ranking.reason };
  const { models, neither } = option;
  const isExpected = ({ model }: Standing) => models.includes(model);
  const named = ranking.standings.find(isExpected);
  const other = ranking.standings.find((standing) => !isExpected(standing) && !neither.includes(standing.model));
  if (named === undefined) {
    const why = ranking.absent.find(({ model }) => models.includes(model));
    return { status: 'not measured', reason: why?.reason ?? 'the named models were not measured' };
  }
  if (other === undefined) return { status: 'not measured', reason: 'no other model was measured' };
  const effect = ratioEffect(advantage(named.values, other.values, ranking.metric.better));
  return withoutBroken(judgeEffect(effect, { holds: 'above', bound: 1 }), ranking.broken, option);
}

/** A broken model that is named leaves any answer open; one of the others only that the named ones are best. */
function withoutBroken(result: ClaimResult, broken: readonly ConcurrencyModel[], { models, neither }: BestOption): ClaimResult {
  if (result.status === 'not measured') return result;
  const decisive = broken.filter((model) => models.includes(model) || (result.status === 'holds' && !neither.includes(model)));
  if (decisive.length === 0) return result;
  const names = decisive.map(modelLabel).join(', ');
  return { status: 'undecided', effect: result.effect, reason: `${names} ${decisive.length === 1 ? 'is' : 'are'} broken and not ranked` };
}
