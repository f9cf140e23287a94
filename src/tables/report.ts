import { mergedChoice } from '../judge/baseline-choice.ts';
import { type CellIndex, indexCells } from '../judge/cell-index.ts';
import type { FalseAlarmRate } from '../judge/false-alarm-rate.ts';
import { type Findings, findingsOf } from '../judge/findings.ts';
import type { HistoryStarts } from '../judge/history-start.ts';
import type { Confirmation, RunJudgement, ScreenSummary } from '../judge/run-judgement.ts';
import type { RunPart } from '../judge/run-part.ts';
import type { Threshold } from '../judge/threshold.ts';
import type { BaselineChoice } from '../model/baseline-choice.ts';
import { cellId } from '../model/cell.ts';
import type { Machine } from '../model/machine.ts';
import type { Acceptance } from '../model/override.ts';
import type { Run } from '../model/run.ts';
import type { UnavailableRuntime } from '../model/runtime.ts';
import type { GateResult } from '../model/verdict.ts';
import type { Warning } from '../model/warning.ts';
import { adviceTable } from './advice.ts';
import { type BrokenRow, brokenRows } from './broken.ts';
import { type CellTrends, cellTrends } from './cell-trends.ts';
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
import { type ShiftTable, shiftTable } from './shifts.ts';
import { everyRun, type StoredRunTable, storedRunTable } from './stored-runs.ts';
import { type UseCaseTable, useCaseTable } from './use-cases.ts';
import { type VerdictTable, verdictTable } from './verdicts.ts';

/** What a report is built from. */
export interface ReportInput {
  readonly results: Run;
  /** Stored runs of any runtimes, each restricted to one runtime or not, oldest first; partial ones and this run itself are passed over. */
  readonly baselineRuns: readonly Run[];
  /** What each machine measured, where there were several; left out for one. The stored runs that were chosen are those each was compared with. */
  readonly parts?: readonly RunPart[];
  /** Whether this run is kept as a baseline for later ones: pull requests and interrupted runs are not. */
  readonly storesBaseline: boolean;
  /** What was decided about the run: the only source of verdicts. */
  readonly judgement: RunJudgement;
  /** The label by which slower cells are accepted; left out where none is. */
  readonly overrideLabel?: string | null;
  /** What became of a label, and what could not be read of what people accepted, a sentence each; left out for none. */
  readonly remarks?: readonly string[];
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
  /** Every machine that took part, each once; `machine` is the first. */
  readonly machines: readonly Machine[];
  /** The regressions that somebody accepted; null where there is none. */
  readonly acceptance: Acceptance | null;
  /** The label by which slower cells are accepted; null where none is. */
  readonly overrideLabel: string | null;
  /** What became of a label, and what could not be read of what people accepted, a sentence each. */
  readonly remarks: readonly string[];
  /** Names of the shards of the plan that delivered nothing. */
  readonly missingShards: readonly string[];
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
  /** The stored runs that were looked at, and every reason why others were not. */
  readonly storedRuns: StoredRunTable;
  /** Lasting changes of level on the base branch. */
  readonly shifts: ShiftTable;
  /** Every cell over the stored runs that it was compared with. */
  readonly trends: CellTrends;
  readonly confirmation: Confirmation;
  /** What differs from the stored runs without a verdict: models that changed places, and metrics that no cell is judged by. */
  readonly findings: Pick<Findings, 'flips' | 'unjudged'>;
  readonly overview: ClaimTable;
  readonly schedulingAndMemory: ClaimTable;
  readonly useCases: UseCaseTable;
  readonly advice: ClaimTable;
  readonly scaling: ScalingTable;
  readonly cells: CellTable;
  /** Path of each workload's file in the repository, by workload id; without those that have none there. */
  readonly files: ReadonlyMap<string, string>;
  readonly broken: readonly BrokenRow[];
  readonly refused: readonly RefusedGroup[];
  readonly unavailable: readonly UnavailableRuntime[];
  readonly leftOut: readonly LeftOutGroup[];
  readonly warnings: readonly Warning[];
}

/** Tabulates a judged run. */
export function buildReport({ results, storesBaseline, judgement, falseAlarms, ...input }: ReportInput): Report {
  const parts = partsOf({ results, ...input });
  const baselineRuns = distinctRuns(parts);
  const index = indexCells(results);
  const columns = runtimeColumns(results.runtimes);
  const findings = findingsOfParts(parts, judgement.starts);
  const verdicts = verdictTable(judgement.cells);
  refuseUnjudged(index, verdicts);
  const { created, commit, runId, seed, machine, partial, unavailable } = results;
  return {
    ...{ created, commit, runId, seed, machine, partial, unavailable, columns, verdicts },
    machines: distinctMachines(parts),
    ...judgedParts(judgement),
    storedRuns: storedRunTable({ results, baselineRuns, choice: choiceOf(parts), histories: judgement.screen.histories }),
    shifts: shiftTable(judgement.shifts, baselineRuns),
    trends: cellTrends(parts),
    falseAlarms: falseAlarms ?? null,
    overrideLabel: input.overrideLabel ?? null,
    remarks: input.remarks ?? [],
    counts: reportCounts(index, verdicts, findings.flips.length),
    findings: { flips: findings.flips, unjudged: withoutRegressions(findings.unjudged, verdicts) },
    overview: overviewTable(index),
    schedulingAndMemory: schedulingAndMemoryTable(index),
    useCases: useCaseTable(index),
    advice: adviceTable(index),
    scaling: scalingTable(index),
    cells: cellTable(index),
    files: new Map(results.workloads.flatMap(({ id, file }) => (file === undefined ? [] : [[id, file] as const]))),
    broken: brokenRows(verdicts.broken, index),
    refused: refusedGroups(results, columns),
    leftOut: leftOutGroups(results.leftOut, columns),
    warnings: reportWarnings({ index, baselineRuns, changes: findings.changes, columns, storesBaseline }),
  };
}

type ComparedParts = readonly Pick<RunPart, 'results' | 'baselineRuns'>[];

/** Stored runs that cannot be compared with are taken out. */
function partsOf({ results, baselineRuns, parts = [{ results, baselineRuns }] }: Pick<ReportInput, 'results' | 'baselineRuns' | 'parts'>) {
  const usable = (stored: readonly Run[]) => stored.filter((run) => !run.partial && run.runId !== results.runId);
  return parts.map((part) => ({ results: part.results, baselineRuns: usable(part.baselineRuns) }));
}

/** What was chosen where each part was measured; where nothing was, every stored run. */
function choiceOf(parts: ComparedParts): BaselineChoice {
  return mergedChoice(parts.map(({ results, baselineRuns }) => results.comparison?.baseline ?? everyRun(baselineRuns)));
}

function distinctRuns(parts: ComparedParts): readonly Run[] {
  return [...new Set(parts.flatMap(({ baselineRuns }) => baselineRuns))];
}

function distinctMachines(parts: ComparedParts): readonly Machine[] {
  return [...new Map(parts.map(({ results: { machine } }) => [JSON.stringify(machine), machine])).values()];
}

/** Each part beside its own stored runs: which of them are preferred depends on the machine. */
function findingsOfParts(parts: ComparedParts, starts: HistoryStarts): Pick<Findings, 'changes' | 'flips' | 'unjudged'> {
  const found = parts.map(({ results, baselineRuns }) => findingsOf(indexCells(results), baselineRuns, starts));
  return {
    changes: found.flatMap(({ changes }) => changes),
    flips: found.flatMap(({ flips }) => flips),
    unjudged: found.flatMap(({ unjudged }) => unjudged),
  };
}

function judgedParts({ cells, nullRun, usesBaseline, gate, threshold, screen, confirmation, missingShards, acceptance }: RunJudgement) {
  const moved = confirmation.kind === 'pairs' ? confirmation.summary.movedFamilies : [];
  return { nullRun, usesBaseline, missingShards, acceptance, gate, threshold, screen, confirmation, families: familyMoves(cells, moved) };
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
