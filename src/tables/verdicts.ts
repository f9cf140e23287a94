import type { CellVerdict, Doubt, JudgedCell } from '../judge/cell-verdict.ts';
import type { Ratio } from '../model/change.ts';
import type { Metric } from '../model/metric.ts';
import { groupByReason, type ReasonGroup } from './reason-group.ts';
import type { UncomparedCells } from './uncompared.ts';

/** The words that are said of cells. */
export type VerdictWord = CellVerdict['verdict'];

/** A cell of which one of these words is said; words of one member of the union are named together. */
export type JudgedAs<Word extends VerdictWord> = JudgedCell & { readonly verdict: Extract<CellVerdict, { readonly verdict: Word }> };

/** A regression or an improvement. */
export type ChangedCell = JudgedAs<'regression' | 'improvement'>;

/** An inconclusive cell. */
export type OpenCell = JudgedAs<'inconclusive'>;

/** What is said of the cells of a run, sorted into what its reader asks for. */
export interface VerdictTable extends UncomparedCells {
  /** Every cell of the run and every missing one, the most urgent first. */
  readonly rows: readonly JudgedCell[];
  /** The same, by `cellId`. */
  readonly byCell: ReadonlyMap<string, JudgedCell>;
  readonly counts: Readonly<Record<VerdictWord, number>>;
  /** How many cells are inconclusive for which reason. */
  readonly doubts: Readonly<Record<Doubt['kind'], number>>;
  /** Inconclusive cells that look slower than the stored runs, beyond what chance explains. */
  readonly suspected: number;
  /** How many cells pairs cleared, and how many the stored runs did. */
  readonly cleared: { readonly pairs: number; readonly stored: number };
  /** The smallest and the largest target of the cells without a change, as shares; null when there is none. */
  readonly targets: { readonly least: number; readonly most: number } | null;
  /** Regressions first, larger changes first. */
  readonly changed: readonly ChangedCell[];
  /** Suspected ones first, then what looks worst; without a figure last. */
  readonly open: readonly OpenCell[];
  readonly broken: readonly JudgedAs<'broken'>[];
}

/**
 * Sorts what is said of cells into what a reader asks for.
 *
 * @param rows each cell once, the most urgent first
 */
export function verdictTable(rows: readonly JudgedCell[]): VerdictTable {
  const changed = saidOf(rows, 'regression', 'improvement');
  const open = saidOf(rows, 'inconclusive');
  const same = saidOf(rows, 'no change');
  return {
    rows,
    byCell: new Map(rows.map((row) => [row.id, row])),
    counts: verdictCounts(rows),
    doubts: doubtCounts(open),
    suspected: open.filter(isSuspected).length,
    cleared: clearedBy(same),
    targets: targetsOf(same),
    changed: changed.toSorted((one, other) => Number(isImproved(one)) - Number(isImproved(other)) || sizeOf(other) - sizeOf(one)),
    open: open.toSorted((one, other) => Number(isSuspected(other)) - Number(isSuspected(one)) || worseningOf(other) - worseningOf(one)),
    broken: saidOf(rows, 'broken'),
    fresh: reasonsOf(rows, 'new'),
    missing: reasonsOf(rows, 'missing'),
    notComparable: reasonsOf(rows, 'not comparable'),
  };
}

function saidOf<Word extends VerdictWord>(rows: readonly JudgedCell[], ...words: readonly Word[]): readonly JudgedAs<Word>[] {
  const isSaid = (word: string) => words.some((each) => each === word);
  return rows.filter((row): row is JudgedAs<Word> => isSaid(row.verdict.verdict));
}

function reasonsOf(rows: readonly JudgedCell[], word: 'new' | 'missing' | 'not comparable'): readonly ReasonGroup[] {
  return groupByReason(
    rows.flatMap(({ cell, verdict }) => (verdict.verdict === word && 'reason' in verdict ? [{ cell, reason: verdict.reason }] : [])),
  );
}

/** Whether an inconclusive cell looks slower than the stored runs, beyond what chance explains. */
export function isSuspected({ verdict: { doubt } }: OpenCell): boolean {
  return doubt.kind === 'not confirmed' && doubt.suspected;
}

function isImproved({ verdict }: ChangedCell): boolean {
  return verdict.verdict === 'improvement';
}

/** How far a confirmed cell moved, either way. */
function sizeOf({ verdict, metric }: ChangedCell): number {
  return Math.abs(worsening(verdict.pairs.ratio, metric));
}

function worseningOf({ verdict, metric }: OpenCell): number {
  const evidence = verdict.pairs ?? verdict.stored;
  return evidence === null ? -Number.MAX_VALUE : worsening(evidence.ratio, metric);
}

/** The logarithm of the change, above 0 where it is for the worse. */
function worsening({ value }: Ratio, metric: Metric | null): number {
  return Math.log(value) * (metric?.better === 'higher' ? -1 : 1);
}

function verdictCounts(rows: readonly JudgedCell[]): VerdictTable['counts'] {
  const count = (word: VerdictWord) => rows.filter(({ verdict }) => verdict.verdict === word).length;
  return {
    regression: count('regression'),
    improvement: count('improvement'),
    'no change': count('no change'),
    inconclusive: count('inconclusive'),
    'not comparable': count('not comparable'),
    new: count('new'),
    missing: count('missing'),
    broken: count('broken'),
  };
}

function doubtCounts(open: readonly OpenCell[]): VerdictTable['doubts'] {
  const count = (kind: Doubt['kind']) => open.filter(({ verdict }) => verdict.doubt.kind === kind).length;
  return {
    'too noisy': count('too noisy'),
    'not re-measured': count('not re-measured'),
    'not confirmed': count('not confirmed'),
    'not deterministic': count('not deterministic'),
    'family open': count('family open'),
    'no estimate': count('no estimate'),
  };
}

function clearedBy(same: readonly JudgedAs<'no change'>[]): VerdictTable['cleared'] {
  const pairs = same.filter(({ verdict }) => verdict.pairs !== null).length;
  return { pairs, stored: same.length - pairs };
}

function targetsOf(same: readonly JudgedAs<'no change'>[]): VerdictTable['targets'] {
  const targets = same.map(({ threshold }) => threshold.target);
  return targets.length === 0 ? null : { least: Math.min(...targets), most: Math.max(...targets) };
}
