import { type CellVerdict, evidenceOf } from '../judge/cell-verdict.ts';
import { type Cell, cellId } from '../model/cell.ts';
import type { Ratio } from '../model/change.ts';
import { listFigures } from '../tables/figure-list.ts';
import type { Report } from '../tables/report.ts';
import type { Exported } from './exported.ts';
import { singleLine } from './plain-text.ts';

/** What a spreadsheet takes for the begin of a formula; the wide forms too, which some fold into the plain ones. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/;

const columns = [
  'workload',
  'params',
  'model',
  'runtime',
  'runtime_id',
  'metric',
  'unit',
  'better',
  'judged_by',
  'median',
  'smallest',
  'largest',
  'processes',
  'verdict',
  'base',
  'head',
  'ratio',
  'ratio_low',
  'ratio_high',
  'message',
] as const;

type Row = Readonly<Partial<Record<(typeof columns)[number], string | number | boolean>>>;

/**
 * A table of all figures as RFC 4180 has it: a row for each cell and metric, figures in base units with all their digits.
 * A cell without a figure has one row. The verdict and its change stand in the row of the metric that it was reached by.
 */
export function renderCsv(report: Report): Exported {
  const { figures, without } = listFigures(report);
  const verdicts = report.verdicts.byCell;
  const known = new Set([...figures, ...without].map(({ cell }) => cellId(cell)));
  const measured = figures.map(
    ({ cell, label, metric, isGate, median, smallest, largest, processes }): Row => ({
      ...place(cell, label),
      ...{ metric: metric.id, unit: metric.unit, better: metric.better, judged_by: isGate, median, smallest, largest, processes },
      ...(isGate ? verdictFields(verdicts.get(cellId(cell))?.verdict) : {}),
    }),
  );
  const broken = without.map(
    ({ cell, label, message }): Row => ({ ...place(cell, label), ...verdictFields(verdicts.get(cellId(cell))?.verdict), message }),
  );
  const labels = new Map(report.columns.map(({ runtime, label }) => [runtime.id, label]));
  const absent = report.verdicts.rows
    .filter(({ id }) => !known.has(id))
    .map(({ cell, verdict }): Row => ({ ...place(cell, labels.get(cell.runtime) ?? cell.runtime), ...verdictFields(verdict) }));
  const lines = [columns.join(','), ...[...measured, ...broken, ...absent].map((row) => columns.map((name) => field(row[name])).join(','))];
  return { text: lines.map((line) => `${line}\r\n`).join(''), omitted: [] };
}

function place({ workload, params, model, runtime }: Cell, label: string): Row {
  return { workload, params, model, runtime: label, runtime_id: runtime };
}

function verdictFields(verdict: CellVerdict | undefined): Row {
  if (verdict === undefined) return {};
  const evidence = evidenceOf(verdict);
  return {
    verdict: verdict.verdict,
    ...(evidence === null ? {} : { ...evidence.figures, ...ratioFields(evidence.ratio) }),
    ...('reason' in verdict ? { message: verdict.reason } : 'message' in verdict ? { message: verdict.message } : {}),
  };
}

function ratioFields({ value, bounds }: Ratio): Row {
  return { ratio: value, ...(bounds.kind === 'interval' ? { ratio_low: bounds.low, ratio_high: bounds.high } : {}) };
}

/** A number as it is; a text on one line, never the begin of a formula, and in quotes where it needs them. */
function field(value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const line = singleLine(value);
  const harmless = startsFormula.test(line) ? `'${line}` : line;
  return /[",\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
