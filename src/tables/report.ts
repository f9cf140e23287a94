import { type BrokenCell, type CellIndex, indexCells } from '../judge/cell-index.ts';
import { compareWithBaseline } from '../judge/comparison.ts';
import { findingsOf } from '../judge/findings.ts';
import { judgeGate } from '../judge/gate.ts';
import type { Change } from '../model/change.ts';
import type { Machine } from '../model/machine.ts';
import type { Results } from '../model/results.ts';
import type { UnavailableRuntime } from '../model/runtime.ts';
import { type GateResult, type GateWord, verdictOf } from '../model/verdict.ts';
import type { Warning } from '../model/warning.ts';
import { adviceTable } from './advice.ts';
import { type CellTable, cellTable } from './cells.ts';
import { type ChangeTable, changeTable } from './changes.ts';
import type { ClaimTable } from './claim-table.ts';
import { type RuntimeColumn, runtimeColumns } from './columns.ts';
import { type LeftOutGroup, leftOutGroups } from './left-out.ts';
import { overviewTable } from './overview.ts';
import { reportWarnings } from './run-warnings.ts';
import { type ScalingTable, scalingTable } from './scaling.ts';
import { schedulingAndMemoryTable } from './scheduling-and-memory.ts';
import { type UseCaseTable, useCaseTable } from './use-cases.ts';

/** What a report is built from. */
export interface ReportInput {
  readonly results: Results;
  /** Stored runs of any runtimes, each restricted to one runtime or not, oldest first; partial ones and this run itself are passed over. */
  readonly baselineRuns: readonly Results[];
  /** Whether this run is kept as a baseline for later ones: pull requests and interrupted runs are not. */
  readonly storesBaseline: boolean;
  /** Words that fail the gate; an empty list lets everything pass. */
  readonly failOn: readonly GateWord[];
}

/** The report in numbers: of cells where nothing else is said. */
export interface ReportCounts {
  readonly measured: number;
  readonly broken: number;
  /** Workloads that were refused on some runtime. */
  readonly refused: number;
  /** Workloads with at least one process. */
  readonly workloads: number;
  readonly compared: number;
  /** Compared cells whose interval excludes equality; none is confirmed. */
  readonly changed: number;
  /** Use cases on a runtime whose order of models reversed since the baseline. */
  readonly flips: number;
  readonly new: number;
  readonly missing: number;
  readonly notComparable: number;
  /** The fewest and the most processes of a measured cell; 0 when none was measured. */
  readonly fewestProcesses: number;
  readonly mostProcesses: number;
}

/** A workload that was refused, on the runtimes of these labels. */
export interface RefusedGroup {
  readonly workload: string;
  readonly phase: string;
  readonly reason: string;
  readonly runtimes: readonly string[];
}

/** A whole report as values: no text but what workloads and people wrote. */
export interface Report {
  readonly created: string;
  readonly commit: string | null;
  readonly runId: string;
  readonly seed: number;
  readonly machine: Machine;
  readonly partial: boolean;
  readonly columns: readonly RuntimeColumn[];
  readonly counts: ReportCounts;
  readonly gate: GateResult;
  readonly changes: ChangeTable;
  readonly overview: ClaimTable;
  readonly schedulingAndMemory: ClaimTable;
  readonly useCases: UseCaseTable;
  readonly advice: ClaimTable;
  readonly scaling: ScalingTable;
  readonly cells: CellTable;
  readonly broken: readonly BrokenCell[];
  readonly refused: readonly RefusedGroup[];
  readonly unavailable: readonly UnavailableRuntime[];
  readonly leftOut: readonly LeftOutGroup[];
  readonly warnings: readonly Warning[];
}

/** Judges a run against its stored runs and tabulates it. */
export function buildReport({ results, baselineRuns: stored, storesBaseline, failOn }: ReportInput): Report {
  const baselineRuns = stored.filter((run) => !run.partial && run.runId !== results.runId);
  const index = indexCells(results);
  const columns = runtimeColumns(results.runtimes);
  const changes = compareWithBaseline(index, baselineRuns);
  const findings = findingsOf(index, baselineRuns, changes);
  const { created, commit, runId, seed, machine, partial, unavailable } = results;
  return {
    ...{ created, commit, runId, seed, machine, partial, unavailable, columns },
    counts: reportCounts(index, changes, findings.flips.length),
    gate: judgeGate(index, failOn),
    changes: changeTable(changes, findings),
    overview: overviewTable(index),
    schedulingAndMemory: schedulingAndMemoryTable(index),
    useCases: useCaseTable(index),
    advice: adviceTable(index),
    scaling: scalingTable(index),
    cells: cellTable(index),
    broken: brokenCells(index),
    refused: refusedGroups(results, columns),
    leftOut: leftOutGroups(results.leftOut, columns),
    warnings: reportWarnings({ index, baselineRuns, changes, columns, storesBaseline }),
  };
}

function brokenCells({ states }: CellIndex): readonly BrokenCell[] {
  return [...states.values()].filter((state) => state.status === 'broken');
}

function reportCounts({ states, results }: CellIndex, changes: readonly Change[], flips: number): ReportCounts {
  const measured = [...states.values()].filter((state) => state.status === 'measured');
  const processes = measured.map(({ samples }) => samples.length);
  const withStatus = (status: Change['status']) => changes.filter((change) => change.status === status).length;
  return {
    measured: measured.length,
    broken: states.size - measured.length,
    refused: new Set(results.refused.map(({ id }) => id)).size,
    workloads: new Set([...states.values()].map(({ cell }) => cell.workload)).size,
    compared: withStatus('compared'),
    flips,
    changed: changes.filter((change) => verdictOf(change) === 'not confirmed').length,
    new: withStatus('new'),
    missing: withStatus('missing'),
    notComparable: withStatus('not comparable'),
    fewestProcesses: processes.length === 0 ? 0 : Math.min(...processes),
    mostProcesses: Math.max(0, ...processes),
  };
}

function refusedGroups({ refused }: Results, columns: readonly RuntimeColumn[]): readonly RefusedGroup[] {
  const groups = new Map<string, RefusedGroup>();
  for (const { id, phase, reason, runtime } of refused) {
    const key = JSON.stringify([id, phase, reason]);
    const label = columns.find((column) => column.runtime.id === runtime)?.label ?? runtime;
    const runtimes = [...(groups.get(key)?.runtimes ?? []), label];
    groups.set(key, { workload: id, phase, reason, runtimes });
  }
  return [...groups.values()];
}
