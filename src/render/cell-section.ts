import { cellId } from '../model/cell.ts';
import type { CellFigure, CellRow, CellTable } from '../tables/cells.ts';
import type { VerdictTable } from '../tables/verdicts.ts';
import { type Block, type Line, paragraph, stacked, strong, table, text } from './document.ts';
import { cellName, counted } from './names.ts';
import type { NoteBook } from './notes.ts';
import { figureText } from './number.ts';
import { verdictLine } from './verdict-words.ts';

/** Every cell by its gate metric with its verdict and, apart, by every other metric; both folded. */
export function cellBlocks({ columns, gates, others }: CellTable, verdicts: VerdictTable, notes: NoteBook): readonly Block[] {
  const labels = columns.map(({ label }) => label);
  const gateRows = gates.map((row) => [rowName(row), ...row.figures.map((figure) => gateLine(figure, verdicts, notes))]);
  const otherRows = others.map((row) => [rowName(row), ...row.figures.map((figure) => shortLine(figure, notes))]);
  return [
    fold(
      `All cells (${rowsTimesPythons(gates, columns)})`,
      'Median over processes with the smallest and the largest, then the verdict, the change it rests on with its 95 % interval, and what that was measured by.',
      ['Cell', ...labels],
      gateRows,
    ),
    fold(
      `Further metrics (${rowsTimesPythons(others, columns)})`,
      'Median over processes. These inform and are not judged.',
      ['Cell', ...labels],
      otherRows,
    ),
  ];
}

/** A row has one cell for each Python: "52 rows × 2 Pythons" are up to 104 cells. */
function rowsTimesPythons(rows: readonly CellRow[], columns: CellTable['columns']): string {
  return `${counted(rows.length, 'row')} × ${counted(columns.length, 'Python')}`;
}

function fold(summary: string, sentence: string, columns: readonly string[], rows: readonly (readonly Line[])[]): Block {
  if (rows.length === 0) return { kind: 'fold', summary, blocks: [paragraph(text('Nothing was measured.'))] };
  return { kind: 'fold', summary, blocks: [paragraph(text(sentence)), table(columns, rows)] };
}

function rowName(row: CellRow): Line {
  return stacked(cellName(row), row.metric === null ? [] : [text(row.metric.label)]);
}

function gateLine(figure: CellFigure, { byCell }: VerdictTable, notes: NoteBook): Line {
  const judged = byCell.get(cellId(figure.cell));
  const verdict = figure.status === 'broken' || judged === undefined ? [] : verdictLine(judged);
  return stacked(shortLine(figure, notes), spreadLine(figure), verdict);
}

function spreadLine(figure: CellFigure): Line {
  if (figure.status !== 'measured' || figure.smallest === figure.largest) return [];
  const { smallest, largest, metric } = figure;
  return [text(`${figureText(smallest, metric.unit)} to ${figureText(largest, metric.unit)}`)];
}

function shortLine(figure: CellFigure, notes: NoteBook): Line {
  switch (figure.status) {
    case 'measured':
      return [text(figureText(figure.median, figure.metric.unit))];
    case 'broken':
      return [strong('broken')];
    case 'absent':
      return [text('not measured'), notes.mark(`Not measured: ${figure.reason}.`)];
  }
}
