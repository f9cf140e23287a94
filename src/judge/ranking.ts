import type { Ratio } from '../model/change.ts';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import type { Better, Metric } from '../model/metric.ts';
import { median } from '../stats/quantiles.ts';
import { geometricMean } from '../stats/welch.ts';
import { type CellIndex, type MeasuredCell, metricFor } from './cell-index.ts';
import { ratioBetween } from './effect.ts';
import { findCell } from './lookup.ts';
import { processValues } from './process-value.ts';

/** One model's standing in a use case. */
export interface Standing {
  readonly model: ConcurrencyModel;
  /** Median over processes, base units. */
  readonly figure: number;
  readonly values: readonly number[];
}

/** Which models stand apart: `clear` when the whole interval of the ratio to the runner-up is above 1, else `tie`. */
export type Lead =
  | { readonly kind: 'clear' | 'tie' | 'no interval'; readonly runnerUp: ConcurrencyModel; readonly ratio: Ratio }
  | { readonly kind: 'alone'; readonly reason: string };

/** The models of one workload on one runtime, best first, or why there is no order. */
export type Ranking =
  | {
      readonly status: 'ranked';
      readonly metric: Metric;
      readonly standings: readonly [Standing, ...Standing[]];
      readonly lead: Lead;
      /** Models that were run and broke, in table order: whether one of them is the best cannot be said. */
      readonly broken: readonly ConcurrencyModel[];
      /** Why the other models are not ranked, broken ones among them, in table order. */
      readonly absent: readonly { readonly model: ConcurrencyModel; readonly reason: string }[];
    }
  | { readonly status: 'not measured'; readonly broken: readonly ConcurrencyModel[]; readonly reason: string };

/** What is ranked. */
export interface RankingSubject {
  readonly workload: string;
  /** Runtime id. */
  readonly runtime: string;
  /** The metric to rank by; left out: the gate metric when all models share it, else the wall time. */
  readonly metric?: string;
}

/**
 * Orders the models of a workload on one runtime by the geometric mean over processes, of which the ratio between two of
 * them is made too. Broken models are not ranked but named.
 */
export function rankModels(index: CellIndex, subject: RankingSubject): Ranking {
  const found = concurrencyModels.map((model) => ({ model, found: findCell(index, { ...subject, model }) }));
  const absent = found.flatMap(({ model, found: cell }) => (cell.ok ? [] : [{ model, reason: cell.reason }]));
  const broken = found.flatMap(({ model, found: cell }) => (!cell.ok && cell.broken ? [model] : []));
  const order = orderOf(
    found.flatMap(({ found: cell }) => (cell.ok ? [cell.cell] : [])),
    subject,
  );
  if (order === null) return { status: 'not measured', broken, reason: absent[0]?.reason ?? 'no model was measured' };
  const { metric, standings } = order;
  const [best, ...others] = standings;
  if (best === undefined) return { status: 'not measured', broken, reason: `no process reported ${metric.label}` };
  return { status: 'ranked', metric, standings: [best, ...others], lead: leadOf(best, others, metric), broken, absent };
}

/** Models by merit, and the metric it is told by. */
export interface ModelOrder {
  readonly metric: Metric;
  /** Best first. */
  readonly standings: readonly Standing[];
}

/** The order of the measured models alone; null where none was measured. */
export function modelOrder(index: CellIndex, subject: RankingSubject): ModelOrder | null {
  const found = concurrencyModels.map((model) => findCell(index, { ...subject, model }));
  return orderOf(
    found.flatMap((cell) => (cell.ok ? [cell.cell] : [])),
    subject,
  );
}

function orderOf(cells: readonly MeasuredCell[], subject: RankingSubject): ModelOrder | null {
  const [first] = cells;
  if (first === undefined) return null;
  const shared = cells.every(({ gate }) => gate.id === first.gate.id) ? first.gate.id : 'wall_per_unit';
  const metric = metricFor(first.workload, subject.metric ?? shared);
  const standings = cells.flatMap(({ cell, processes }) => standing(cell.model, processValues(processes, metric)));
  return { metric, standings: byMerit(standings, metric.better) };
}

function standing(model: ConcurrencyModel, values: readonly number[]): readonly Standing[] {
  return values.length === 0 ? [] : [{ model, values, figure: median(values) }];
}

/** Best first; by the medians where a value of zero or below leaves no geometric mean. */
function byMerit(standings: readonly Standing[], better: Better): readonly Standing[] {
  const centre = standings.every(({ values }) => values.every((value) => value > 0)) ? geometricMean : median;
  const merits = standings.map((each) => ({ each, merit: better === 'lower' ? -centre(each.values) : centre(each.values) }));
  return merits.sort((one, other) => other.merit - one.merit).map(({ each }) => each);
}

function leadOf(best: Standing, others: readonly Standing[], metric: Metric): Lead {
  const [second] = others;
  if (second === undefined) return { kind: 'alone', reason: 'only one model was measured' };
  const ratio = advantage(best.values, second.values, metric.better);
  if (ratio === null) return { kind: 'alone', reason: `${metric.label} is zero or below, which leaves no ratio` };
  return { kind: leadKind(ratio), runnerUp: second.model, ratio };
}

function leadKind({ bounds }: Ratio): 'clear' | 'tie' | 'no interval' {
  if (bounds.kind === 'none') return 'no interval';
  return bounds.low > 1 ? 'clear' : 'tie';
}

/** How many times better `one` is than `other`: above 1 when it is better, whichever direction is good. */
export function advantage(one: readonly number[], other: readonly number[], better: Better): Ratio | null {
  return better === 'lower' ? ratioBetween({ head: other, base: one }) : ratioBetween({ head: one, base: other });
}
