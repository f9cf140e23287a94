import { counted } from '../names.ts';
import { noteBook } from '../notes.ts';
import { singleLine } from '../plain-text.ts';
import { type CellData, type CellRoom, cellData } from './cell-data.ts';
import { evidenceBook } from './cell-evidence.ts';
import { curveData, rankingData } from './comparison-data.ts';
import { fitting } from './fitting.ts';
import { heroHtml } from './hero.ts';
import { embeddedJson, escapeHtml } from './html-escape.ts';
import type { HtmlReport, PageParts } from './html-report.ts';
import { metricList } from './metric-list.ts';
import { type PackedPage, pageFormat } from './page-data.ts';
import { pageHtml } from './page-frame.ts';
import {
  answerSections,
  backgroundSections,
  cellTableHtml,
  noteSections,
  type Section,
  scalingHtml,
  useCaseHtml,
  writeUpSections,
} from './sections.ts';

/** What three hundred cells with thirty stored runs and their pairs need, and a few thousand cells without. */
const defaultRoom: PageRoom = { rows: 900_000, evidence: 1_100_000, comparisons: 150_000 };

/** What a page has room for, in bytes of JSON. */
interface PageRoom extends CellRoom {
  /** For the models of use cases, and as much for curves. */
  readonly comparisons: number;
}

/**
 * The whole report as one HTML file that loads nothing: verdicts first, then what each of them rests on, drawn when it is
 * asked for. Without a script the verdicts and tables still read. What there is no room for is counted and said.
 */
export function renderReportHtml(input: HtmlReport, parts: PageParts, room: PageRoom = defaultRoom): string {
  const { report } = input;
  const notes = noteBook();
  const list = metricList();
  const book = evidenceBook(input, list);
  const found = cellData(report, book, list, room);
  const [everyRanking, everyCurve] = [rankingData(report, list), curveData(report, list)];
  const rankings = fitting(everyRanking, room.comparisons);
  const curves = fitting(everyCurve, room.comparisons);
  const data: PackedPage = {
    ...{ format: pageFormat, runs: book.runs, packed: found.packed, evidence: found.evidence, curves, rankings, metrics: list.all() },
    runtimes: report.columns.map(({ label, runtime }) => ({ id: singleLine(runtime.id), label: singleLine(label) })),
  };
  const hero = heroHtml(report, notes);
  const sections: readonly Section[] = [
    ...answerSections(report, notes),
    { id: 'cells', title: 'Cells', html: cellsHtml(found, cellTableHtml(report, notes)) },
    {
      id: 'models',
      title: 'Use cases: the best option',
      html: chartsHtml('rankings', everyRanking.length - rankings.length, useCaseHtml(report, notes)),
    },
    ...(report.scaling.axes.length === 0
      ? []
      : [{ id: 'scaling', title: 'Scaling', html: chartsHtml('curves', everyCurve.length - curves.length, scalingHtml(report, notes)) }]),
    ...writeUpSections(report, notes),
    ...backgroundSections(report),
    ...noteSections(notes),
  ];
  return pageHtml({ report, hero, sections, parts, data: embeddedJson(data) });
}

function cellsHtml(found: CellData, table: string): string {
  return `${roomNotice(found)}<div id="explorer"></div>
<noscript><p>What each verdict rests on is drawn by a script, which does not run here. All verdicts and figures are in the tables.</p></noscript>
${table}`;
}

/** A place for charts above their table, and how many of them are left out. */
function chartsHtml(id: string, leftOut: number, table: string): string {
  const [noun, verb] = leftOut === 1 ? ['chart', 'is'] : ['charts', 'are'];
  const notice =
    leftOut === 0
      ? ''
      : `<p class="left-out">${leftOut} ${noun} ${verb} left out to keep this page small; the table has their figures.</p>`;
  return `<div id="${id}" class="charts"></div>${notice}${table}`;
}

/** Loud: what is not shown must not look like what is not there. */
function roomNotice({ packed, withoutEvidence, leftOut }: CellData): string {
  const all = packed.rows.length + leftOut;
  const sentences = [
    ...(withoutEvidence === 0
      ? []
      : [
          `This run is too large for one page: ${counted(withoutEvidence, 'cell')} of ${all} ${withoutEvidence === 1 ? 'is' : 'are'} shown without samples, pairs and history. Regressions, improvements and what is inconclusive or broken came first.`,
        ]),
    ...(leftOut === 0 ? [] : [`${counted(leftOut, 'cell')} of ${all} ${leftOut === 1 ? 'is' : 'are'} not in this list.`]),
  ];
  if (sentences.length === 0) return '';
  return `<p class="notice" role="note"><strong>${escapeHtml(sentences.join(' '))}</strong> The results file holds everything.</p>`;
}
