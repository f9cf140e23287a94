import type { TwoSampleCell } from '../judge/two-sample.ts';
import type { Cell } from '../model/cell.ts';
import type { Better, Unit } from '../model/metric.ts';
import { warningText } from '../model/warning.ts';
import type { ProcessMedian } from '../stats/median-interval.ts';
import type { ComparedSide, ResultsComparison } from '../tables/comparison.ts';
import type { MetricGroup } from '../tables/comparison-cells.ts';

/** Version of the comparison document that this program writes. 1: first. */
const comparisonSchema = 1;

/** The median of the processes of one side, base units; `spread` says what `low` and `high` are. */
export interface JsonMedian {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly spread: 'interval' | 'range';
  readonly processes: number;
}

/** One compared cell; `runtime` is its id in head. */
export interface JsonCell extends Cell {
  readonly metric: string;
  readonly unit: Unit;
  readonly better: Better;
  readonly base: JsonMedian;
  readonly head: JsonMedian;
  /** Head's median over base's; null where one of them is zero or below. */
  readonly ratio: number | null;
  readonly outcome: TwoSampleCell['outcome']['kind'];
  /** Two-sided, of Mann and Whitney; null where no test was needed. */
  readonly p: number | null;
  /** Holm's over all tested cells; null where the cell was not tested. */
  readonly adjustedP: number | null;
  /** Processes a side that a difference would need; null where there are enough. */
  readonly neededProcesses: number | null;
}

/** The geometric mean of the ratios of one metric on one runtime, without a verdict. */
export interface JsonMean {
  readonly runtime: string;
  readonly metric: string;
  readonly unit: Unit;
  readonly ratio: number;
  readonly cells: number;
}

/** A cell that has no second figure to compare with, and why. */
export interface JsonUncompared extends Cell {
  readonly status: 'no baseline' | 'new' | 'missing' | 'broken' | 'not comparable';
  readonly reason: string | null;
}

/** The comparison of two results for other programs: plain values that `JSON.stringify` keeps. */
export interface ComparisonJson {
  readonly schema: typeof comparisonSchema;
  readonly kind: 'comparison';
  readonly base: ComparedSide;
  readonly head: ComparedSide;
  /** Ids of runtimes that were compared with each other, and what differs between them. */
  readonly runtimes: readonly { readonly base: string; readonly head: string; readonly differences: readonly string[] }[];
  /** Labels of runtimes that only one side has. */
  readonly onlyBase: readonly string[];
  readonly onlyHead: readonly string[];
  /** Error probability of one test, in (0, 1). */
  readonly alpha: number;
  readonly tested: number;
  readonly expectedByChance: number;
  readonly cells: readonly JsonCell[];
  readonly geometricMeans: readonly JsonMean[];
  readonly notCompared: readonly JsonUncompared[];
  readonly warnings: readonly { readonly code: string; readonly text: string }[];
}

/** The comparison as a JSON value. Figures are in base units, and none is rounded. */
export function comparisonJson(comparison: ResultsComparison): ComparisonJson {
  const { base, head, pairs, cells, changes, warnings } = comparison;
  return {
    schema: comparisonSchema,
    kind: 'comparison',
    base,
    head,
    runtimes: pairs.map((pair) => ({ base: pair.base.runtime.id, head: pair.head.runtime.id, differences: pair.differences })),
    onlyBase: comparison.onlyBase,
    onlyHead: comparison.onlyHead,
    alpha: cells.level,
    tested: cells.tested,
    expectedByChance: cells.byChance,
    cells: cells.groups.flatMap(({ rows }) => rows.map(cellJson)),
    geometricMeans: cells.groups.flatMap(meanJson),
    notCompared: changes.flatMap((change): readonly JsonUncompared[] => {
      if (change.status === 'compared') return [];
      const reason = 'reason' in change ? change.reason : 'message' in change ? change.message : null;
      return [{ ...change.cell, status: change.status, reason }];
    }),
    warnings: warnings.map((warning) => ({ code: warning.code, text: warningText(warning) })),
  };
}

function cellJson({ cell, metric, base, head, ratio, outcome }: TwoSampleCell): JsonCell {
  return {
    ...cell,
    metric: metric.id,
    unit: metric.unit,
    better: metric.better,
    base: medianJson(base),
    head: medianJson(head),
    ratio,
    outcome: outcome.kind,
    p: 'p' in outcome ? outcome.p : null,
    adjustedP: 'adjustedP' in outcome ? outcome.adjustedP : null,
    neededProcesses: 'needed' in outcome ? outcome.needed : null,
  };
}

function medianJson({ value, spread, processes }: ProcessMedian): JsonMedian {
  return { median: value, low: spread.low, high: spread.high, spread: spread.kind, processes };
}

function meanJson({ column, metric, mean }: MetricGroup): readonly JsonMean[] {
  if (mean === null) return [];
  return [{ runtime: column.runtime.id, metric: metric.id, unit: metric.unit, ratio: mean.ratio, cells: mean.cells }];
}
