import type { Report } from '../tables/report.ts';
import type { ChangedCell } from '../tables/verdicts.ts';
import { causeWords } from './cause.ts';
import { type Block, heading, type Line, paragraph, stacked, strong, table, text } from './document.ts';
import { figuresLine, noFigure, pText, ratioLine } from './evidence.ts';
import { cellName, counted, labelOf } from './names.ts';
import type { NoteBook } from './notes.ts';
import { shareText } from './number.ts';

const howToRead =
  'Base and head are medians over the processes of the pairs. The change is the trimmed mean of the pairs, and need not be their quotient where noise is large. p is adjusted for all cells that were measured in pairs.';

/** Confirmed regressions, then confirmed improvements; one sentence where there is none. */
export function changeBlocks(report: Report, notes: NoteBook): readonly Block[] {
  const { verdicts, confirmation, nullRun } = report;
  const title = heading(2, 'Changes');
  if (verdicts.changed.length === 0) return [title, paragraph(text(noChangeSentence(report)))];
  const mark = notes.mark(howToRead);
  const rows = verdicts.changed.map((row) => changeRow(row, report, notes));
  const columns = ['Cell', 'Change (95 % interval)', 'Base → head', 'Pairs and threshold'];
  const chance =
    confirmation.kind === 'pairs'
      ? ` Chance of any false flag in this ${nullRun ? 'run' : 'pull request'}: ${shareText(confirmation.summary.design.alpha)} at most.`
      : '';
  return [title, paragraph(text(`Confirmed by interleaved pairs of base and head on this runner.${chance}`), mark), table(columns, rows)];
}

function noChangeSentence({ confirmation, counts }: Report): string {
  if (counts.cells === 0) return 'Nothing was measured.';
  switch (confirmation.kind) {
    case 'pairs':
      return 'No cell was confirmed to be slower or faster.';
    case 'not needed':
      return 'The stored runs leave no cell under suspicion.';
    case 'none':
      return 'Without pairs no change can be confirmed: stored runs come from other machines and times.';
  }
}

function changeRow(row: ChangedCell, { columns }: Report, notes: NoteBook): readonly Line[] {
  const { cell, metric, verdict, threshold } = row;
  const { figures, ratio, pairs } = verdict.pairs;
  const where: Line = [text(labelOf(cell, columns))];
  const tested = verdict.p !== null;
  return [
    stacked(cellName(cell), where, verdict.verdict === 'improvement' ? [text('improvement')] : [strong('regression')]),
    stacked(metric === null ? [text(noFigure)] : ratioLine(metric, ratio), hintLine(row, notes)),
    metric === null ? [text(noFigure)] : figuresLine({ metric, sourceDiffers: row.sourceDiffers }, figures),
    stacked(
      [text(`${counted(pairs, 'pair')}, ${tested ? `p ${equalled(pText(verdict.p))}` : pText(verdict.p)}`)],
      tested ? [text(`margin ${shareText(threshold.margin)}`)] : [],
      [text(`target ${shareText(threshold.target)}`)],
    ),
  ];
}

function hintLine({ hint }: ChangedCell, notes: NoteBook): Line {
  return hint === null ? [] : [text(`hint: ${hint}`), notes.mark(causeWords(hint))];
}

/** "= 0.0004", "< 0.000001". */
function equalled(p: string): string {
  return p.startsWith('<') ? p : `= ${p}`;
}
