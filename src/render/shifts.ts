import { shiftAlpha } from '../judge/history-shift.ts';
import { fewestForStep } from '../judge/history-step.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import type { Report } from '../tables/report.ts';
import type { ShiftRow, ShiftTable } from '../tables/shifts.ts';
import { type Block, type Document, heading, type Line, paragraph, stacked, strong, table, text } from './document.ts';
import { aboutText, cellName, counted, labelOf } from './names.ts';
import { changeText, shareText } from './number.ts';
import { shortCommit } from './stored-runs.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** The most shifts in a report; the newest come first. */
const mostRows = 20;

/** The lasting changes of level on the base branch, folded; nothing where there is none. */
export function shiftBlocks({ shifts, columns }: Pick<Report, 'shifts' | 'columns'>): readonly Block[] {
  const { rows } = shifts;
  if (rows.length === 0) return [];
  const rest = rows.length - mostRows;
  const blocks = [
    paragraph(text(chanceSentence(shifts))),
    rowTable(rows.slice(0, mostRows), { shifts, columns }),
    ...(rest > 0 ? [paragraph(text(`And ${rest} older.`))] : []),
    ...unclearBlocks(shifts),
  ];
  return [{ kind: 'fold', summary: `Shifts on the base branch (${rows.length})`, blocks }];
}

/** The same for a terminal, where it is what was asked for: nothing folded, and said where there is none. */
export function renderShiftsTerminal(shifts: ShiftTable, columns: readonly RuntimeColumn[], layout: TerminalLayout): string {
  return terminalOf(shiftDocument(shifts, columns), layout);
}

function shiftDocument(shifts: ShiftTable, columns: readonly RuntimeColumn[]): Document {
  const title = heading(2, 'Shifts on the base branch');
  if (shifts.rows.length === 0) return [title, paragraph(text(`${historySentence(shifts)}.`)), ...unclearBlocks(shifts)];
  return [title, paragraph(text(chanceSentence(shifts))), rowTable(shifts.rows, { shifts, columns }), ...unclearBlocks(shifts)];
}

/** What the history came to, in a clause: "no lasting step in 104 histories of a cell". */
export function historySentence({ histories, rows, tooShort }: ShiftTable): string {
  const short =
    tooShort === 0
      ? ''
      : `; ${counted(tooShort, 'history has', 'histories have')} fewer than the ${fewestForStep} runs on one CPU model that it can be seen in`;
  if (histories === 0) return `No lasting step can be seen yet${short}`;
  const found = rows.length === 0 ? 'No lasting step' : counted(rows.length, 'lasting step');
  return `${found} in ${counted(histories, 'history of a cell', 'histories of cells')}${short}`;
}

/** "slower by 6.0 % since 1a2b3c4 (2026-11-20)". */
export function shiftText({ ratio, metric, place, from, to }: Pick<ShiftRow, 'ratio' | 'metric' | 'place' | 'from' | 'to'>): string {
  const change = changeText(ratio, metric);
  const day = to.created.slice(0, 10);
  if (to.commit === null || from.commit === null) return `${change} since the run of ${day}`;
  const commit = shortCommit(to.commit);
  switch (place) {
    case 'commit':
      return `${change} since ${commit} (${day})`;
    case 'same commit':
      return `${change} between two runs of ${commit} (${day}): not by the code`;
    case 'between commits':
    case 'no commit':
      return `${change} between ${shortCommit(from.commit)} and ${commit} (${day})`;
  }
}

function chanceSentence({ histories, expected }: ShiftTable): string {
  const were = histories === 1 ? 'was' : 'were';
  return (
    `${counted(histories, 'history of a cell', 'histories of cells')} on one CPU model ${were} looked through. ` +
    `That any step is listed although nothing changed has a chance of ${shareText(shiftAlpha)} at most where noise is normal; ` +
    `of any noise, ${aboutText(expected)} of the histories would show one by chance. A step may lie a run or two beside its place.`
  );
}

function unclearBlocks({ unclear }: ShiftTable): readonly Block[] {
  if (unclear === 0) return [];
  const one = unclear === 1;
  return [
    paragraph(
      text(
        `${counted(unclear, 'more step')} ${one ? 'is' : 'are'} not listed: among so many histories ${one ? 'it' : 'they'} may be chance. More runs will tell.`,
      ),
    ),
  ];
}

interface RowContext {
  readonly shifts: ShiftTable;
  readonly columns: readonly RuntimeColumn[];
}

function rowTable(rows: readonly ShiftRow[], context: RowContext): Block {
  return table(
    ['Cell', 'Shift', 'Runs', 'At the same place', 'Accepted'],
    rows.map((row) => shiftRow(row, context)),
  );
}

function shiftRow(row: ShiftRow, { shifts: { histories }, columns }: RowContext): readonly Line[] {
  const { cell, cpuModel, before, after, accepted, direction } = row;
  return [
    stacked(cellName(cell), [text(labelOf(cell, columns))]),
    [direction === 'worse' ? strong(shiftText(row)) : text(shiftText(row))],
    stacked([text(`${before} before, ${after} after`)], [text(`on ${cpuModel}`)]),
    togetherLine(row, histories),
    [text(accepted === null ? 'no' : `by ${accepted.by} on ${accepted.created.slice(0, 10)}: ${accepted.why}`)],
  ];
}

/** What speaks against blaming the commit comes with the shift. */
function togetherLine({ together, alongside }: ShiftRow, histories: number): Line {
  const others = together - 1;
  const most = together > histories / 2 && histories > 1;
  return stacked(
    others === 0
      ? [text('no other cell')]
      : [text(`${counted(others, 'other cell')}${most ? ': most of them, so look at machine and toolchain first' : ''}`)],
    ...alongside.map((fact) => [text(fact)]),
  );
}
