import type { JudgedSuspect, PairReport } from '../judge/pair-report.ts';
import type { PairVerdict } from '../judge/pair-verdict.ts';
import { warningText } from '../model/warning.ts';
import { changeJson, type JsonVerdict } from './report-json.ts';

/** Version of the document that `pairs --json` prints. 1: first. */
const pairsSchema = 1;

/** A comparison by pairs as a JSON value, its cells as those of a report. */
export function pairsJson(report: PairReport) {
  return {
    ...{ schema: pairsSchema, kind: 'pairs', trees: report.trees, endedBy: report.endedBy, seed: report.seed },
    ...{ seconds: report.seconds, budgetSeconds: report.budgetSeconds, processes: report.processes },
    conclusion: report.gate.conclusion,
    gate: { reasons: report.gate.reasons, warnings: report.gate.warnings },
    warnings: report.warnings.map(warningText),
    cells: report.rows.map(suspectJson),
    onlyOneSide: report.lone.map(({ cell, lacks, reason }) => ({ ...cell, lacks, reason })),
    notComparable: report.notComparable.map(({ cell, reason }) => ({ ...cell, reason })),
    refused: report.refused.map(({ id, side, runtime, phase, reason }) => ({ workload: id, side, runtime, phase, reason })),
    unavailable: report.unavailable,
  };
}

function suspectJson({ suspect: { cell, metric }, verdict, threshold }: JudgedSuspect): JsonVerdict {
  const evidence = 'evidence' in verdict ? verdict.evidence : null;
  return {
    ...cell,
    verdict: verdict.verdict,
    reason: reasonOf(verdict),
    metric: metric.id,
    unit: metric.unit,
    better: metric.better,
    target: threshold.target,
    margin: threshold.margin,
    change: evidence === null ? null : changeJson(evidence, { basis: 'pairs', count: evidence.pairs }),
    p: 'p' in verdict ? verdict.p : null,
    hint: null,
  };
}

function reasonOf(verdict: PairVerdict): string | null {
  if (verdict.verdict === 'broken') return `on ${verdict.side}, ${verdict.kind}: ${verdict.message}`;
  return 'reason' in verdict ? verdict.reason : null;
}
