import { type Cell, cellId } from '../model/cell.ts';
import type { Change, ComparedChange } from '../model/change.ts';
import type { Warning } from '../model/warning.ts';
import type { ChangeTable, ReasonGroup } from '../tables/changes.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import type { Report } from '../tables/report.ts';
import { causeWords } from './cause.ts';
import { directionCounts } from './direction-counts.ts';
import { type Block, heading, type Inline, type Line, paragraph, stacked, strong, table, text } from './document.ts';
import { flipBlocks, unjudgedBlocks } from './finding-section.ts';
import { warningMarks } from './headline.ts';
import { aboutText, cellName, cellWords, counted, labelOf, listed } from './names.ts';
import type { NoteBook } from './notes.ts';
import { changeIntervalText, changeText, figureText } from './number.ts';

/** The most cells that are named in one sentence. */
const namedCells = 12;

const howToRead =
  'Change of the gate metric with its 95 % interval. “Not confirmed”: nothing was measured a second time, so this is a hint and fails nothing. The figures of a comparison are means on the logarithmic scale; the other tables show medians.';

/** What differs from the stored runs, and what could not be compared and why. */
export function changeBlocks(report: Report, notes: NoteBook): readonly Block[] {
  const { changes, columns } = report;
  const marks = warningMarks(report, notes, false);
  return [
    heading(2, 'Changes since the baseline'),
    ...packageBlocks(report.warnings),
    ...flipBlocks(changes, columns, notes),
    ...comparisonBlocks(changes, columns, { notes, marks }),
    ...unjudgedBlocks(changes, columns, notes),
    ...uncomparedBlocks(changes, columns),
  ];
}

function packageBlocks(warnings: readonly Warning[]): readonly Block[] {
  const changed = warnings.filter((warning) => warning.code === 'packages changed');
  if (changed.length === 0) return [];
  const words = changed.map(({ runtime, changes }) => `on ${runtime} ${changes}`).join('; ');
  return [paragraph(strong('Packages changed:'), text(` ${words}.`))];
}

/** The table of what differs, under a sentence that says of how many and how many of those chance alone explains. */
export function comparisonBlocks(
  changes: ChangeTable,
  columns: readonly RuntimeColumn[],
  { notes, marks }: { readonly notes: NoteBook; readonly marks: readonly Inline[] },
): readonly Block[] {
  if (changes.compared === 0) return [paragraph(text('Nothing to compare with yet.'), ...marks)];
  const sentence = text(comparedSentence(changes));
  if (changes.changed.length === 0) return [paragraph(sentence, ...marks)];
  const mark = notes.mark(howToRead);
  const rows = changes.changed.map((change) => changeRow(change, changes, { columns, notes }));
  return [paragraph(sentence, mark, ...marks), table(['Cell', 'Before → now', 'Change'], rows)];
}

/** One paragraph for each kind of cell that has no comparison. */
export function uncomparedBlocks(changes: ChangeTable, columns: readonly RuntimeColumn[]): readonly Block[] {
  const fresh =
    changes.fresh.length === 0
      ? []
      : [paragraph(strong(`New: ${counted(changes.fresh.length, 'cell')}.`), text(` ${cellList(changes.fresh, columns)}`))];
  return [
    ...changes.missing.map((group) => uncomparedGroup('Missing', group, columns)),
    ...fresh,
    ...changes.notComparable.map((group) => uncomparedGroup('Not comparable', group, columns)),
  ];
}

/** The change of one cell in one line: "slower by 12.4 % (+9.8 % to +15.1 %)", or why there is none. */
export function changeWords(change: Change): string {
  if (change.status !== 'compared') return change.status;
  const interval = changeIntervalText(change.ratio.bounds);
  const words = changeText(change.ratio.value, change.metric);
  return interval === null ? `${words}, no interval` : `${words} (${interval})`;
}

function changeRow(
  change: ComparedChange,
  { hints }: ChangeTable,
  { columns, notes }: { readonly columns: readonly RuntimeColumn[]; readonly notes: NoteBook },
): readonly Line[] {
  const { cell, metric, base, head, ratio } = change;
  const interval = changeIntervalText(ratio.bounds);
  const hint = hints.get(cellId(cell));
  return [
    stacked(cellName(cell), [text(labelOf(cell, columns))]),
    stacked([text(`${figureText(base, metric.unit)} → ${figureText(head, metric.unit)}`)], [text(metric.label)]),
    stacked([strong(changeText(ratio.value, metric))], interval === null ? [] : [text(interval)], [
      text('not confirmed'),
      ...(hint === undefined ? [] : [text(`; hint: ${hint}`), notes.mark(causeWords(hint))]),
    ]),
  ];
}

function comparedSentence({ compared, changed, withInterval, byChance, storedRuns }: ChangeTable): string {
  const runs = storedRuns === null ? '' : ` with ${storedRunsText(storedRuns)}`;
  const head = `${counted(compared, 'cell')} compared${runs}. `;
  const chance = `If nothing had changed, ${aboutText(byChance)} of ${counted(withInterval, 'interval')} would still differ by chance.`;
  if (changed.length === 0)
    return `${head}No clear difference: ${withInterval === 0 ? 'no interval could be made.' : 'every interval holds “no change”.'}`;
  return `${head}${directionCounts(changed, 'cell')}. ${chance}`;
}

function storedRunsText({ fewest, most }: { readonly fewest: number; readonly most: number }): string {
  return fewest === most ? counted(most, 'stored run') : `${fewest} to ${most} stored runs`;
}

function uncomparedGroup(word: string, { reason, cells }: ReasonGroup, columns: readonly RuntimeColumn[]): Block {
  return paragraph(strong(`${word}: ${counted(cells.length, 'cell')}, ${reason}.`), text(` ${cellList(cells, columns)}`));
}

/** "spawn threads (3.9.18, 3.13.0), …": cells that differ only in the runtime are named once. */
function cellList(cells: readonly Cell[], columns: readonly RuntimeColumn[]): string {
  const names = new Map<string, string[]>();
  for (const cell of cells) {
    const name = cellWords(cell);
    names.set(name, [...(names.get(name) ?? []), labelOf(cell, columns)]);
  }
  const entries = [...names].map(([name, labels]) => `${name} (${labels.join(', ')})`);
  const rest = entries.length - namedCells;
  return rest > 0 ? `${entries.slice(0, namedCells).join('; ')}; and ${rest} more.` : `${listed(entries)}.`;
}
