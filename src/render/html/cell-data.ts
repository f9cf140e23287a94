import { evidenceOf, type JudgedCell } from '../../judge/cell-verdict.ts';
import type { Report } from '../../tables/report.ts';
import type { VerdictWord } from '../../tables/verdicts.ts';
import { singleLine } from '../plain-text.ts';
import { basisWords, doubtWords } from '../verdict-words.ts';
import type { EvidenceBook } from './cell-evidence.ts';
import { jsonBytes } from './fitting.ts';
import { type MetricList, shortFigure, shortRatio } from './metric-list.ts';
import { type BareCell, type PackedCells, packCells } from './packed-cells.ts';
import type { PackedPage, PageChange, PageEvidence } from './page-data.ts';

/** What a page has room for, in bytes of JSON. */
export interface CellRoom {
  /** For the cells with their verdicts. */
  readonly rows: number;
  /** For what the verdicts rest on. */
  readonly evidence: number;
}

/** The cells of a page, and what it had no room for. */
export interface CellData {
  readonly packed: PackedCells;
  readonly evidence: PackedPage['evidence'];
  /** Cells that are in the page without what their verdict rests on. */
  readonly withoutEvidence: number;
  /** Cells that are not in the page at all. */
  readonly leftOut: number;
}

/** Words of which a reader asks why; the evidence of all others is the first to go. */
const asked: ReadonlySet<VerdictWord> = new Set(['regression', 'improvement', 'inconclusive', 'broken']);

/** Every cell, the most urgent first, as far as there is room: first for the evidence of what needs a look, then of the others. */
export function cellData(report: Report, book: EvidenceBook, list: MetricList, room: CellRoom): CellData {
  const { rows } = report.verdicts;
  const places = new Map(report.columns.map(({ runtime }, place) => [runtime.id, place]));
  const packed = packCells(
    rows.map((judged) => bareCell(judged, places, list)),
    room.rows,
  );
  const shown = rows.slice(0, packed.rows.length).map((judged, cell) => ({ judged, cell }));
  const isAsked = ({ judged }: PlacedCell) => asked.has(judged.verdict.verdict);
  const evidence = evidenceWithin([...shown.filter(isAsked), ...shown.filter((each) => !isAsked(each))], book, room.evidence);
  return { packed, evidence, withoutEvidence: shown.length - evidence.length, leftOut: rows.length - shown.length };
}

interface PlacedCell {
  readonly judged: JudgedCell;
  readonly cell: number;
}

function evidenceWithin(cells: readonly PlacedCell[], book: EvidenceBook, limit: number): PackedPage['evidence'] {
  const found: (readonly [number, PageEvidence])[] = [];
  let bytes = 0;
  for (const { judged, cell } of cells) {
    const evidence = book.evidenceOf(judged);
    bytes += jsonBytes(evidence);
    if (bytes > limit) break;
    found.push([cell, evidence]);
  }
  return found;
}

function bareCell(judged: JudgedCell, places: ReadonlyMap<string, number>, list: MetricList): BareCell {
  const { cell, metric, verdict } = judged;
  const figures = evidenceOf(verdict)?.figures ?? null;
  return {
    workload: singleLine(cell.workload),
    params: singleLine(cell.params),
    model: cell.model,
    runtime: places.get(cell.runtime) ?? -1,
    verdict: verdict.verdict,
    why: singleLine(whyOf(judged)),
    metric: metric === null ? null : list.placeOf(metric),
    figures: figures === null ? null : { base: shortFigure(figures.base), head: shortFigure(figures.head) },
    change: changeOf(judged),
  };
}

/** Why nothing better can be said; empty where the figures say it. */
function whyOf({ verdict }: JudgedCell): string {
  switch (verdict.verdict) {
    case 'inconclusive':
      return doubtWords(verdict.doubt);
    case 'not comparable':
    case 'new':
    case 'missing':
      return verdict.reason;
    case 'broken':
      return `on ${verdict.side}: ${verdict.kind}`;
    default:
      return '';
  }
}

function changeOf(judged: JudgedCell): PageChange | null {
  const { verdict, threshold } = judged;
  const evidence = evidenceOf(verdict);
  if (evidence === null) return null;
  const { value, bounds } = evidence.ratio;
  return {
    ratio: shortRatio(value),
    interval: bounds.kind === 'none' ? null : [shortRatio(bounds.low), shortRatio(bounds.high)],
    margin: threshold.margin,
    target: threshold.target,
    restsOn: basisWords('pairs' in evidence ? { pairs: evidence, stored: null } : { pairs: null, stored: evidence }),
    controlled: 'pairs' in evidence && evidence.control.kind === 'on',
  };
}
