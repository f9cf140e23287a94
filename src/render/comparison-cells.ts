import type { Cause } from '../judge/hints.ts';
import type { TwoSampleCell } from '../judge/two-sample.ts';
import { cellId } from '../model/cell.ts';
import { intervalLevel } from '../model/change.ts';
import type { Metric } from '../model/metric.ts';
import { shareText } from '../model/share.ts';
import { fewestForMedianInterval, type ProcessMedian } from '../stats/median-interval.ts';
import type { ResultsComparison } from '../tables/comparison.ts';
import { type ComparedCells, differsOverAll, type GeometricMean, type MetricGroup } from '../tables/comparison-cells.ts';
import { causeWords } from './cause.ts';
import { type Block, heading, type Inline, type Line, paragraph, strong, table, text } from './document.ts';
import { aboutText, cellName, counted, listed } from './names.ts';
import type { NoteBook } from './notes.ts';
import { changeText, differenceText, figureText } from './number.ts';

const howToRead = (level: number) =>
  `Medians of the processes of each side, one figure a process; the values within a process are not independent and count once. “~”: the two sides are not told apart, p of Mann and Whitney (two-sided) above ${shareText(level)}. “=”: one and the same figure everywhere; “exact”: a deterministic figure without spread, which needs no test. The geometric mean has no verdict.`;

/** How many cells differ, in one paragraph that ends in `marks`; one that says so where there is none to compare. */
export function differenceBlocks({ cells }: ResultsComparison, notes: NoteBook, marks: readonly Inline[]): readonly Block[] {
  if (cells.cells === 0) return [paragraph(text('No cell could be compared.'), ...marks)];
  const { different } = cells;
  const worse = different.filter((each) => isBeyond(each, 'worse')).length;
  const better = different.filter((each) => isBeyond(each, 'better')).length;
  const directions = [...(worse === 0 ? [] : [`${worse} worse`]), ...(better === 0 ? [] : [`${better} better`])];
  const verb = different.length === 1 ? 'differs' : 'differ';
  const found =
    different.length === 0 ? 'none differs' : `${different.length} ${verb}${directions.length === 0 ? '' : `, ${listed(directions)}`}`;
  return [
    paragraph(text(`${counted(cells.cells, 'cell')} compared process by process: ${found}.`), ...marks, notes.mark(howToRead(cells.level))),
  ];
}

/** Every compared cell in the manner of benchstat: a table for each metric and runtime, then what so many tests are worth. */
export function cellBlocks(comparison: ResultsComparison, notes: NoteBook): readonly Block[] {
  const { cells } = comparison;
  if (cells.cells === 0) return [];
  const spreads = spreadLegend(cells);
  return [
    heading(2, cells.cells === 1 ? 'The compared cell' : `All ${cells.cells} compared cells`),
    paragraph(text(spreads.words)),
    ...cells.groups.flatMap((group) => groupBlocks(group, comparison, { notes, markRanges: spreads.mixed })),
    ...chanceBlocks(cells),
  ];
}

function isBeyond({ metric: { better }, base, head }: TwoSampleCell, side: 'worse' | 'better'): boolean {
  const rises = (better === 'lower') === (side === 'worse');
  return rises ? head.value > base.value : head.value < base.value;
}

/** What “±” is; where it is not the same everywhere, ranges are marked. */
function spreadLegend({ groups }: ComparedCells): { readonly words: string; readonly mixed: boolean } {
  const kinds = new Set(groups.flatMap(({ rows }) => rows.flatMap(({ base, head }) => [base.spread.kind, head.spread.kind])));
  const interval = `± is the ${shareText(intervalLevel)} interval of the median`;
  if (!kinds.has('range')) return { words: `${interval}.`, mixed: false };
  if (kinds.has('interval')) return { words: `${interval}; where marked, the range of the processes.`, mixed: true };
  return { words: `± is the range of the processes: ${rangeNeeds}.`, mixed: false };
}

const rangeNeeds = `an interval of the median at ${shareText(intervalLevel)} needs ${fewestForMedianInterval()} of them`;

interface RowContext {
  readonly notes: NoteBook;
  readonly markRanges: boolean;
}

function groupBlocks(group: MetricGroup, comparison: ResultsComparison, context: RowContext): readonly Block[] {
  const { column, metric, rows, mean } = group;
  const title = comparison.pairs.length === 1 ? metric.label : `${metric.label}, Python ${column.label}`;
  const lines = rows.map((row) => cellRow(row, comparison, context));
  const last = mean === null ? [] : [meanRow(mean, metric)];
  return [heading(3, title), table(['Cell', 'Before', 'Now', 'Change', 'p, processes'], [...lines, ...last])];
}

function cellRow(row: TwoSampleCell, comparison: ResultsComparison, context: RowContext): readonly Line[] {
  const { cell, metric, base, head } = row;
  return [
    cellName(cell),
    medianLine(base, metric, context),
    medianLine(head, metric, context),
    changeLine(row, comparison, context.notes),
    [text(testText(row))],
  ];
}

function meanRow({ base, head, ratio, cells }: GeometricMean, metric: Metric): readonly Line[] {
  const figures = [base, head].map((figure): Line => [text(figureText(figure, metric.unit))]);
  return [[text('geometric mean')], ...figures, [text(changeText(ratio, metric))], [text(counted(cells, 'cell'))]];
}

function medianLine(median: ProcessMedian, { unit }: Metric, { notes, markRanges }: RowContext): Line {
  const { value, spread } = median;
  const mark = markRanges && spread.kind === 'range' ? [notes.mark(`The range of the processes: ${rangeNeeds}.`)] : [];
  const figure = figureText(value, unit);
  const share = spreadText(median);
  if (share !== null) return [text(`${figure} ± ${share}`), ...mark];
  return [text(`${figure}, ${figureText(spread.low, unit)} to ${figureText(spread.high, unit)}`), ...mark];
}

/** The farther end of the spread in percent of the median; null where a figure of zero or below leaves no percent. */
function spreadText({ value, spread: { low, high } }: ProcessMedian): string | null {
  if (low === high) return '0 %';
  if (low <= 0 || value <= 0) return null;
  const share = Math.max(high / value - 1, 1 - low / value) * 100;
  return `${share.toFixed(share < 10 ? 1 : 0)} %`;
}

function changeLine(row: TwoSampleCell, { table: { hints }, cells }: ResultsComparison, notes: NoteBook): Line {
  const { cell, outcome } = row;
  switch (outcome.kind) {
    case 'equal':
      return [text('=')];
    case 'not told apart':
      return [text('~')];
    case 'too few processes':
      return [text('~'), notes.mark(`Needs ${outcome.needed} processes a side to reach ${shareText(cells.level)}.`)];
    case 'exact':
      return [strong(sizeText(row))];
    case 'different':
      return differentLine(row, hints.get(cellId(cell)), { cells, notes });
  }
}

/** Strong and marked is what differs over all tested cells together; a likely cause is noted where it got worse. */
function differentLine(
  row: TwoSampleCell,
  hint: Cause | undefined,
  { cells, notes }: { readonly cells: ComparedCells; readonly notes: NoteBook },
): Line {
  const overAll = differsOverAll(row, cells.level);
  const marked = overAll && cells.tested > 1 ? [notes.mark(overAllWords(cells))] : [];
  const cause = hint !== undefined && isBeyond(row, 'worse') ? [notes.mark(causeWords(hint))] : [];
  return [overAll ? strong(sizeText(row)) : text(sizeText(row)), ...marked, ...cause];
}

function overAllWords({ tested, level }: ComparedCells): string {
  return `Differs over all ${counted(tested, 'tested cell')} together as well: Holm’s adjusted p is at most ${shareText(level)}.`;
}

function sizeText({ ratio, metric, base, head }: TwoSampleCell): string {
  if (base.value === head.value) return 'differs, the same median';
  return ratio === null ? differenceText(head.value - base.value, metric.unit) : changeText(ratio, metric);
}

function testText({ outcome, base, head }: TwoSampleCell): string {
  const processes = `n=${base.processes}+${head.processes}`;
  return 'p' in outcome ? `${pText(outcome.p)} ${processes}` : `exact ${processes}`;
}

/** To three decimals, as benchstat does; what would read zero is below the last of them. */
function pText(p: number): string {
  const rounded = p.toFixed(3);
  return Number(rounded) === 0 ? 'p<0.001' : `p=${rounded}`;
}

function chanceBlocks(cells: ComparedCells): readonly Block[] {
  const { level, tested, byChance } = cells;
  if (tested === 0) return [];
  const most = byChance < 0.5 ? aboutText(byChance) : `no more than ${aboutText(byChance)}`;
  const chance = `${counted(tested, 'cell')} tested at ${shareText(level)} each: if nothing had changed, ${most} would differ by chance.`;
  return [paragraph(text(tested === 1 ? chance : `${chance} ${overAllSentence(cells)}`))];
}

function overAllSentence({ level, tested, overAll, neededOverAll }: ComparedCells): string {
  const at = `at ${shareText(level)} over all ${tested} together (Holm)`;
  if (overAll > 0) return `${overAll} ${overAll === 1 ? 'differs' : 'differ'} ${at} as well, marked.`;
  const why = neededOverAll === null ? '' : `, and with so few processes none could: that needs ${neededOverAll} a side`;
  return `None differs ${at}${why}.`;
}
