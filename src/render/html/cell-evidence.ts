import type { MeasuredCell } from '../../judge/cell-index.ts';
import type { JudgedCell } from '../../judge/cell-verdict.ts';
import { pairFigures } from '../../judge/pair-differences.ts';
import { processValues } from '../../judge/process-value.ts';
import { cellId } from '../../model/cell.ts';
import type { Metric } from '../../model/metric.ts';
import type { Run } from '../../model/run.ts';
import type { SamplePair } from '../../model/sample-pair.ts';
import { median } from '../../stats/quantiles.ts';
import { furtherMetrics } from '../../tables/cells.ts';
import type { ShiftTable } from '../../tables/shifts.ts';
import { manyLines, shortenedTo, singleLine } from '../plain-text.ts';
import type { HtmlReport } from './html-report.ts';
import { type MetricList, shortFigure, spreadOf } from './metric-list.ts';
import type { PageEvidence, PageRun } from './page-data.ts';
import { indexParts, partOfCell, runAxis, trendData } from './trend-data.ts';

/** The most characters of what a broken process printed: its end, where the error is. */
const longestOutput = 2000;

/** Finds what the verdicts of a report rest on. */
export interface EvidenceBook {
  readonly runs: readonly PageRun[];
  readonly evidenceOf: (cell: JudgedCell) => PageEvidence;
}

/** Looks through the processes, the pairs and the stored runs of a report; `list` learns every metric that is spoken of. */
export function evidenceBook({ report, parts }: HtmlReport, list: MetricList): EvidenceBook {
  const axis = runAxis(parts);
  const indexed = indexParts(parts);
  const paired = new Map(parts.flatMap(({ results }) => pairsOf(results)));
  const shifts = shiftRuns(report.shifts);
  return {
    runs: axis.runs,
    evidenceOf: (judged) => {
      const part = partOfCell(judged.id, indexed);
      const state = part?.index.states.get(judged.id);
      const measured = state?.status === 'measured' ? state : null;
      const gate = judged.metric ?? measured?.gate ?? null;
      const trend = gate === null || part === undefined ? [] : trendData(judged.id, gate, part, axis);
      const begun = new Set((shifts.get(judged.id) ?? []).map((runId) => axis.places.get(runId)));
      return {
        ...(gate === null ? noFigures : figuresOf(gate, measured, pairsBehind(judged, paired.get(judged.id) ?? []))),
        trend,
        shifts: trend.flatMap(([place]) => (begun.has(place) ? [place] : [])),
        others: measured === null ? [] : otherMetrics(measured, list),
        fault: faultOf(judged),
      };
    },
  };
}

function pairsOf({ comparison }: Run): readonly (readonly [string, readonly SamplePair[]])[] {
  return comparison?.pairs.kind === 'pairs' ? comparison.pairs.run.series.flatMap(({ outcome }) => [...outcome.pairs]) : [];
}

/** The pairs that the verdict rests on: not those that were measured after it was reached. */
function pairsBehind({ verdict }: JudgedCell, pairs: readonly SamplePair[]): readonly SamplePair[] {
  const used = 'pairs' in verdict ? verdict.pairs?.pairs : undefined;
  return pairs.slice(0, used);
}

type GateFigures = Pick<PageEvidence, 'processes' | 'pairs'>;

const noFigures: GateFigures = { processes: [], pairs: null };

function figuresOf(gate: Metric, measured: MeasuredCell | null, pairs: readonly SamplePair[]): GateFigures {
  return {
    processes: measured === null ? [] : processValues(measured.processes, gate).map(shortFigure),
    pairs: figuresOfPairs(pairs, gate),
  };
}

/** The runs that began a lasting new level, by the id of the cell. */
function shiftRuns({ rows }: ShiftTable): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(rows, ({ cell }) => cellId(cell));
  return new Map([...groups].map(([id, shifts]) => [id, shifts.map(({ to }) => to.run)]));
}

/** Pairs of which both processes have a figure. */
function figuresOfPairs(pairs: readonly SamplePair[], metric: Metric): PageEvidence['pairs'] {
  const { base, head } = pairFigures(pairs, metric);
  const whole = base.flatMap((value, pair) => {
    const other = head[pair] ?? Number.NaN;
    return value > 0 && other > 0 ? [[value, other] as const] : [];
  });
  return whole.length === 0
    ? null
    : { base: whole.map(([value]) => shortFigure(value)), head: whole.map(([, value]) => shortFigure(value)) };
}

function otherMetrics(cell: MeasuredCell, list: MetricList): PageEvidence['others'] {
  return furtherMetrics([cell]).flatMap((metric) => {
    const values = processValues(cell.processes, metric);
    return values.length === 0 ? [] : [[list.placeOf(metric), ...spreadOf(values, median(values))] as const];
  });
}

function faultOf({ verdict }: JudgedCell): PageEvidence['fault'] {
  if (verdict.verdict !== 'broken') return null;
  const printed = manyLines(verdict.output.trimEnd()).join('\n');
  const output = printed.length <= longestOutput ? printed : `…${printed.slice(-longestOutput).replace(/^[\udc00-\udfff]/, '')}`;
  return { message: shortenedTo(singleLine(verdict.message), 400), output };
}
