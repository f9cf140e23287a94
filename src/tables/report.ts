import { type CellIndex, indexCells } from '../judge/cell-index.ts';
import { compareWithBaseline } from '../judge/comparison.ts';
import type { FalseAlarmRate } from '../judge/false-alarm-rate.ts';
import { type Findings, findingsOf } from '../judge/findings.ts';
import type { Confirmation, RunJudgement, ScreenSummary } from '../judge/run-judgement.ts';
import type { Threshold } from '../judge/threshold.ts';
import { cellId } from '../model/cell.ts';
import type { Machine } from '../model/machine.ts';
import type { Results } from '../model/results.ts';
import type { UnavailableRuntime } from '../model/runtime.ts';
import type { GateResult } from '../model/verdict.ts';
import type { Warning } from '../model/warning.ts';
import { adviceTable } from './advice.ts';
import { type BrokenRow, brokenRows } from './broken.ts';
import { type CellTable, cellTable } from './cells.ts';
import type { ClaimTable } from './claim-table.ts';
import { type RuntimeColumn, runtimeColumns } from './columns.ts';
import { type FamilyMove, familyMoves } from './family-moves.ts';
import { type LeftOutGroup, leftOutGroups } from './left-out.ts';
import { overviewTable } from './overview.ts';
import { type RefusedGroup, refusedGroups } from './refused.ts';
import { type ReportCounts, reportCounts } from './report-counts.ts';
import { reportWarnings } from './run-warnings.ts';
import { type ScalingTable, scalingTable } from './scaling.ts';
import { schedulingAndMemoryTable } from './scheduling-and-memory.ts';
import { type UseCaseTable, useCaseTable } from './use-cases.ts';
import { type VerdictTable, verdictTable } from './verdicts.ts';

/** What a report is built from. */
export interface ReportInput {
  readonly results: Results;
  /** Stored runs of any runtimes, each restricted to one runtime or not, oldest first; partial ones and this run itself are passed over. */
  readonly baselineRuns: readonly Results[];
  /** Whether this run is kept as a baseline for later ones: pull requests and interrupted runs are not. */
  readonly storesBaseline: boolean;
  /** What was decided about the run: the only source of verdicts. */
  readonly judgement: RunJudgement;
  /** How often null runs on this machine, this one among them, showed a flag; left out where this is none. */
  readonly falseAlarms?: FalseAlarmRate;
}

/** A whole report as values: no text but what workloads and people wrote. */
export interface Report {
  readonly created: string;
  readonly commit: string | null;
  readonly runId: string;
  readonly seed: number;
  readonly machine: Machine;
  readonly partial: boolean;
  /** Whether base and head are the same on purpose, to see false alarms. */
  readonly nullRun: boolean;
  /** Whether stored runs were to be looked at. */
  readonly usesBaseline: boolean;
  /** How often null runs on this machine showed a flag; null where this is none, or nothing is remembered. */
  readonly falseAlarms: FalseAlarmRate | null;
  readonly columns: readonly RuntimeColumn[];
  readonly counts: ReportCounts;
  readonly gate: GateResult;
  readonly verdicts: VerdictTable;
  /** Families of cells that moved as one. */
  readonly families: readonly FamilyMove[];
  /** What cells are held against where no rule says otherwise. */
  readonly threshold: Threshold;
  readonly screen: ScreenSummary;
  readonly confirmation: Confirmation;
  /** What differs from the stored runs without a verdict: models that changed places, and metrics that no cell is judged by. */
  readonly findings: Pick<Findings, 'flips' | 'unjudged'>;
  readonly overview: ClaimTable;
  readonly schedulingAndMemory: ClaimTable;
  readonly useCases: UseCaseTable;
  readonly advice: ClaimTable;
  readonly scaling: ScalingTable;
  readonly cells: CellTable;
  readonly broken: readonly BrokenRow[];
  readonly refused: readonly RefusedGroup[];
  readonly unavailable: readonly UnavailableRuntime[];
  readonly leftOut: readonly LeftOutGroup[];
  readonly warnings: readonly Warning[];
}

/** Tabulates a judged run. */
export function buildReport({ results, baselineRuns: stored, storesBaseline, judgement, falseAlarms }: ReportInput): Report {
  const baselineRuns = stored.filter((run) => !run.partial && run.runId !== results.runId);
  const index = indexCells(results);
  const columns = runtimeColumns(results.runtimes);
  const changes = compareWithBaseline(index, baselineRuns);
  const findings = findingsOf(index, baselineRuns, changes);
  const verdicts = verdictTable(judgement.cells);
  refuseUnjudged(index, verdicts);
  const { created, commit, runId, seed, machine, partial, unavailable } = results;
  return {
    ...{ created, commit, runId, seed, machine, partial, unavailable, columns, verdicts },
    ...judgedParts(judgement),
    falseAlarms: falseAlarms ?? null,
    counts: reportCounts(index, verdicts, findings.flips.length),
    findings: { flips: findings.flips, unjudged: withoutRegressions(findings.unjudged, verdicts) },
    overview: overviewTable(index),
    schedulingAndMemory: schedulingAndMemoryTable(index),
    useCases: useCaseTable(index),
    advice: adviceTable(index),
    scaling: scalingTable(index),
    cells: cellTable(index),
    broken: brokenRows(verdicts.broken, index),
    refused: refusedGroups(results, columns),
    leftOut: leftOutGroups(results.leftOut, columns),
    warnings: reportWarnings({ index, baselineRuns, changes, columns, storesBaseline }),
  };
}

function judgedParts({ cells, nullRun, usesBaseline, gate, threshold, screen, confirmation }: RunJudgement) {
  const moved = confirmation.kind === 'pairs' ? confirmation.summary.movedFamilies : [];
  return { nullRun, usesBaseline, gate, threshold, screen, confirmation, families: familyMoves(cells, moved) };
}

/** Of a cell that is known to be slower, other metrics are the pattern behind its hint and no finding of their own. */
function withoutRegressions(unjudged: Findings['unjudged'], { byCell }: VerdictTable): Findings['unjudged'] {
  return unjudged.filter(({ cell }) => byCell.get(cellId(cell))?.verdict.verdict !== 'regression');
}

/** A cell without a verdict would be left out in silence. */
function refuseUnjudged({ states }: CellIndex, { byCell }: VerdictTable): void {
  const unjudged = [...states.keys()].find((id) => !byCell.has(id));
  if (unjudged !== undefined) throw new RangeError(`cell ${unjudged} was measured and has no verdict`);
}
