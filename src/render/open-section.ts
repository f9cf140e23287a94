import type { Metric } from '../model/metric.ts';
import type { Report } from '../tables/report.ts';
import type { OpenCell } from '../tables/verdicts.ts';
import { type Block, heading, type Line, paragraph, stacked, table, text } from './document.ts';
import { excludedText, figuresLine, noFigure, ratioLine, worseningText } from './evidence.ts';
import { cellList, cellName, counted, labelOf } from './names.ts';
import { basisWords, doubtWords, type Evidence } from './verdict-words.ts';

/** The most inconclusive cells in the table; the others are under “All cells” only. */
const mostRows = 20;

/** Cells of which neither a change nor its absence is shown, with what could have been seen; nothing where there is none. */
export function openBlocks(report: Report): readonly Block[] {
  const { open } = report.verdicts;
  if (open.length === 0) return [];
  const withFigures = open.filter(({ verdict }) => verdict.pairs !== null || verdict.stored !== null);
  return [
    heading(2, 'Inconclusive'),
    ...tableBlocks(withFigures, report),
    ...withoutFigures(
      open.filter(({ verdict }) => verdict.pairs === null && verdict.stored === null),
      report,
    ),
  ];
}

function tableBlocks(cells: readonly OpenCell[], report: Report): readonly Block[] {
  if (cells.length === 0) return [];
  const rows = cells.slice(0, mostRows).map((cell) => openRow(cell, report));
  const rest = cells.length - rows.length;
  const more = rest === 0 ? [] : [paragraph(text(`And ${rest} more, with their figures under “All cells”.`))];
  return [table(['Cell', 'Change (95 % interval)', 'Base → head', 'Rests on', 'Seen or excluded', 'Why'], rows), ...more];
}

function openRow({ cell, metric, sourceDiffers, verdict }: OpenCell, { columns }: Report): readonly Line[] {
  const evidence = verdict.pairs ?? verdict.stored;
  const name = stacked(cellName(cell), [text(labelOf(cell, columns))]);
  const why: Line = [text(doubtWords(verdict.doubt))];
  if (metric === null || evidence === null) return [name, [text(noFigure)], [text(noFigure)], [text(noFigure)], [text(noFigure)], why];
  return [
    name,
    ratioLine(metric, evidence.ratio, text),
    figuresLine({ metric, sourceDiffers }, evidence.figures),
    [text(basisWords(verdict))],
    [text(seenWords(metric, verdict))],
    why,
  ];
}

/** The smallest effect that pairs would have flagged, or that the stored runs exclude. */
function seenWords(metric: Metric, { pairs, stored }: Evidence): string {
  if (pairs !== null) return pairs.smallestEffect === null ? noFigure : worseningText(metric, pairs.smallestEffect);
  const excluded = stored?.excluded ?? null;
  if (excluded === null) return noFigure;
  return excluded <= 0 ? 'a slowdown of any size is excluded' : excludedText(metric, excluded);
}

/** Cells of which there is no second figure at all: one paragraph for each reason. */
function withoutFigures(cells: readonly OpenCell[], { columns }: Report): readonly Block[] {
  const groups = Map.groupBy(cells, ({ verdict }) => doubtWords(verdict.doubt));
  return [...groups].map(([why, members]) => {
    const names = cellList(
      members.map(({ cell }) => cell),
      columns,
    );
    return paragraph(text(`Without a second figure, ${why}: ${counted(members.length, 'cell')}.`), text(` ${names}`));
  });
}
