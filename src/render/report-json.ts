import { type CellVerdict, evidenceOf, type JudgedCell } from '../judge/cell-verdict.ts';
import type { Cell } from '../model/cell.ts';
import type { Ratio } from '../model/change.ts';
import { warningText } from '../model/warning.ts';
import type { Report } from '../tables/report.ts';
import type { VerdictWord } from '../tables/verdicts.ts';
import { detectableEffect, outputsOf } from './outputs.ts';
import { doubtWords } from './verdict-words.ts';

/** Version of the document that `run --json` and `report --json` print. 1: first. */
const reportSchema = 1;

/** A change, head over base; `low` and `high` are the ends of the 95 % interval, null where there is none. */
export interface JsonChange {
  /** Base units of the metric. */
  readonly base: number;
  readonly head: number;
  readonly ratio: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What it rests on, and of how many. */
  readonly basis: 'pairs' | 'stored runs';
  readonly count: number;
}

/** One cell and the one word that is said of it; `runtime` is its id in head. */
export interface JsonVerdict extends Cell {
  readonly verdict: VerdictWord;
  /** Why, in words; null where the change says it. */
  readonly reason: string | null;
  /** What it is judged by; null where no process said so. */
  readonly metric: string | null;
  readonly unit: string | null;
  readonly better: string | null;
  /** Slowdowns as shares: the one that must not be missed, and the smallest that is flagged. */
  readonly target: number;
  readonly margin: number;
  readonly change: JsonChange | null;
  /** Adjusted over all suspects; null where no test was made. */
  readonly p: number | null;
  /** The likely cause; null where the pattern is not clear. */
  readonly hint: string | null;
}

/** What was written beside what is printed, absolute paths. */
export interface JsonPaths {
  /** Null where the files that were reported on are the results. */
  readonly results: string | null;
  readonly report: string;
  /** The report as HTML; null where it could not be written. */
  readonly page: string | null;
}

/** The outcome of a run or a report as a JSON value: plain values that `JSON.stringify` keeps, none rounded. */
export function reportJson(report: Report, paths: JsonPaths) {
  const { json: _json, ...outputs } = outputsOf(report);
  return {
    ...{ schema: reportSchema, kind: 'report', created: report.created, commit: report.commit, runId: report.runId },
    ...{ partial: report.partial, nullRun: report.nullRun, seed: report.seed },
    conclusion: outputs['conclusion'],
    gate: { reasons: report.gate.reasons, warnings: report.gate.warnings },
    counts: report.counts,
    baseCommit: outputs['base-commit'] === '' ? null : outputs['base-commit'],
    minimumDetectableEffect: detectableEffect(report),
    machine: report.machine,
    runtimes: report.columns.map(({ runtime, label }) => ({ id: runtime.id, label })),
    unavailable: report.unavailable,
    refused: report.refused,
    missingShards: report.missingShards,
    cells: report.verdicts.rows.map(verdictJson),
    warnings: report.warnings.map((warning) => ({ code: warning.code, text: warningText(warning) })),
    remarks: report.remarks,
    paths,
  };
}

function verdictJson({ cell, metric, threshold, verdict, hint }: JudgedCell): JsonVerdict {
  return {
    ...cell,
    verdict: verdict.verdict,
    reason: reasonOf(verdict),
    metric: metric?.id ?? null,
    unit: metric?.unit ?? null,
    better: metric?.better ?? null,
    target: threshold.target,
    margin: threshold.margin,
    change: changeOf(verdict),
    p: 'p' in verdict ? verdict.p : null,
    hint,
  };
}

function reasonOf(verdict: CellVerdict): string | null {
  if (verdict.verdict === 'inconclusive') return doubtWords(verdict.doubt);
  if (verdict.verdict === 'broken') return `on ${verdict.side}, ${verdict.kind}: ${verdict.message}`;
  return 'reason' in verdict ? verdict.reason : null;
}

function changeOf(verdict: CellVerdict): JsonChange | null {
  const evidence = evidenceOf(verdict);
  if (evidence === null) return null;
  const basis =
    'pairs' in evidence ? ({ basis: 'pairs', count: evidence.pairs } as const) : ({ basis: 'stored runs', count: evidence.runs } as const);
  return changeJson(evidence, basis);
}

interface Compared {
  readonly figures: { readonly base: number; readonly head: number };
  readonly ratio: Ratio;
}

/** A change as a JSON value. */
export function changeJson({ figures, ratio: { value, bounds } }: Compared, basis: Pick<JsonChange, 'basis' | 'count'>): JsonChange {
  const [low, high] = bounds.kind === 'none' ? [null, null] : [bounds.low, bounds.high];
  return { base: figures.base, head: figures.head, ratio: value, low, high, ...basis };
}
