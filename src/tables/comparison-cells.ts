import { fewestToReach, type TwoSampleCell } from '../judge/two-sample.ts';
import type { Metric } from '../model/metric.ts';
import { smallestP } from '../stats/mann-whitney.ts';
import { geometricMean } from '../stats/welch.ts';
import type { RuntimeColumn } from './columns.ts';

/** What the cells of one metric on one runtime have in common; no verdict. */
export interface GeometricMean {
  /** exp of the mean of the logarithms of the medians, base units, and of head / base. */
  readonly base: number;
  readonly head: number;
  readonly ratio: number;
  /** Cells that have a ratio, >= 2. */
  readonly cells: number;
}

/** The cells that are judged by one metric on one runtime of the second results. */
export interface MetricGroup {
  readonly column: RuntimeColumn;
  readonly metric: Metric;
  readonly rows: readonly TwoSampleCell[];
  /** Null where fewer than two cells have a ratio. */
  readonly mean: GeometricMean | null;
}

/** Every cell that both results have, and how far so many tests can be trusted. */
export interface ComparedCells {
  /** Of each test: the chance of calling two equal sides of one cell different, in (0, 1). */
  readonly level: number;
  readonly groups: readonly MetricGroup[];
  /** Cells in all groups. */
  readonly cells: number;
  /** Cells that were tested: enough processes, and a metric with spread. */
  readonly tested: number;
  /** Cells that differ: tested ones at `level` each, and deterministic ones. */
  readonly different: readonly TwoSampleCell[];
  /** The most that would differ by chance if nothing had changed: the level times the tested cells. */
  readonly byChance: number;
  /** Of the tested ones, how many differ at `level` over all of them together. */
  readonly overAll: number;
  /** Processes a side that the most different cell would need for that; null where a cell here has enough. */
  readonly neededOverAll: number | null;
}

/**
 * Groups compared cells by runtime, in the order of the columns, then by metric, in the order of the cells.
 *
 * @param level that they were compared at, in (0, 1)
 */
export function comparedCells(cells: readonly TwoSampleCell[], columns: readonly RuntimeColumn[], level: number): ComparedCells {
  const tested = cells.filter(({ outcome }) => outcome.kind === 'different' || outcome.kind === 'not told apart');
  const levelOverAll = level / Math.max(1, tested.length);
  const enough = tested.some(({ base, head }) => smallestP(head.processes, base.processes) <= levelOverAll);
  return {
    level,
    groups: columns.flatMap((column) => metricGroups(cells, column)),
    cells: cells.length,
    tested: tested.length,
    different: cells.filter(({ outcome }) => outcome.kind === 'different' || outcome.kind === 'exact'),
    byChance: tested.length * level,
    overAll: cells.filter((each) => differsOverAll(each, level)).length,
    neededOverAll: enough ? null : fewestToReach(levelOverAll),
  };
}

/** Whether a cell differs even if all tested cells together may err once in 1 / `level`, in (0, 1). */
export function differsOverAll({ outcome }: TwoSampleCell, level: number): boolean {
  return outcome.kind === 'different' && outcome.adjustedP <= level;
}

function metricGroups(cells: readonly TwoSampleCell[], column: RuntimeColumn): readonly MetricGroup[] {
  const ofRuntime = cells.filter(({ cell }) => cell.runtime === column.runtime.id);
  const groups = Map.groupBy(ofRuntime, ({ metric: { id, unit, better } }) => [id, unit, better].join());
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    return first === undefined ? [] : [{ column, metric: first.metric, rows, mean: meanOf(rows) }];
  });
}

function meanOf(rows: readonly TwoSampleCell[]): GeometricMean | null {
  const known = rows.flatMap(({ ratio, base, head }) => (ratio === null ? [] : [{ ratio, base: base.value, head: head.value }]));
  if (known.length < 2) return null;
  const of = (pick: (figures: (typeof known)[number]) => number) => geometricMean(known.map(pick));
  return { base: of(({ base }) => base), head: of(({ head }) => head), ratio: of(({ ratio }) => ratio), cells: known.length };
}
