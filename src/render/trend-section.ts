import { cellId } from '../model/cell.ts';
import type { CellTrend } from '../tables/cell-trends.ts';
import type { CellRow } from '../tables/cells.ts';
import type { Report } from '../tables/report.ts';
import { type Block, type Line, paragraph, stacked, table, text } from './document.ts';
import { cellName, counted } from './names.ts';
import { figureText, percentText } from './number.ts';
import { sparkline } from './sparkline.ts';

const howToRead =
  'From the oldest stored run to this one, median over processes; the change is that from the first to the last and no verdict. ' +
  'One block a run: their height spans at least 10 % below and above the median of the runs, so that noise stays flat.';

const mixedModels = 'Where marked *, runs on other CPU models are among them, for want of enough on that of this run.';

/** How every cell came to its figure over the stored runs; folded, and nothing where no stored run can be compared with. */
export function trendBlocks({ trends, cells: { columns, gates } }: Pick<Report, 'trends' | 'cells'>): readonly Block[] {
  if (trends.size === 0) return [];
  const rows = gates.flatMap((row) => trendRow(row, trends));
  const runs = Math.max(...[...trends.values()].map(({ levels }) => levels.length - 1));
  const isMixed = [...trends.values()].some(({ mixed }) => mixed);
  const sentence = isMixed ? `${howToRead} ${mixedModels}` : howToRead;
  return [
    {
      kind: 'fold',
      summary: `Trend (${counted(rows.length, 'row')}, up to ${counted(runs, 'stored run')})`,
      blocks: [paragraph(text(sentence)), table(['Cell', ...columns.map(({ label }) => label)], rows)],
    },
  ];
}

/** None where no runtime of the row has a trend. */
function trendRow(row: CellRow, trends: Report['trends']): readonly (readonly Line[])[] {
  const found = row.figures.map(({ cell }) => trends.get(cellId(cell)));
  if (found.every((trend) => trend === undefined)) return [];
  const name = stacked(cellName(row), row.metric === null ? [] : [text(row.metric.label)]);
  return [[name, ...found.map(trendLine)]];
}

/** The figures come first: a screen reader spells the blocks out one by one. */
function trendLine(trend: CellTrend | undefined): Line {
  if (trend === undefined) return [text('no stored run')];
  const { metric, levels, mixed } = trend;
  const [first = 0, last = 0] = [levels[0], levels.at(-1)];
  const change = first > 0 && last > 0 ? ` (${percentText(last / first)})` : '';
  const figures = `${figureText(first, metric.unit)} → ${figureText(last, metric.unit)}${change}`;
  return stacked([text(figures)], [text(`${counted(levels.length, 'run')}${mixed ? ' *' : ''} ${sparkline(levels)}`)]);
}
