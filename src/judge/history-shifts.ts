import type { AcceptedShift } from '../model/accepted-shift.ts';
import { type Cell, cellId } from '../model/cell.ts';
import type { CommitHistory } from '../model/commit-history.ts';
import type { Run } from '../model/run.ts';
import type { ScreenedCell } from './baseline-screen.ts';
import { type CellIndex, indexCells, type MeasuredCell } from './cell-index.ts';
import { whyNotComparable } from './comparability.ts';
import { type BranchShifts, branchShifts, type CellHistory, type ShiftContext } from './history-shift.ts';
import { lastingSteps, type SteppedHistory } from './history-step.ts';
import { processValues } from './process-value.ts';
import type { StoredRun } from './screen-history.ts';
import type { Threshold } from './threshold.ts';

/** What the history of a base branch is looked through with. */
export interface ShiftOptions {
  /** The smallest change that counts, for the metric of a cell. */
  readonly thresholdOf: (cell: Cell, metric: string) => Threshold;
  /** Seed of the shuffles. */
  readonly seed: number;
  readonly accepted: readonly AcceptedShift[];
  /** Tells which commits follow each other; null where that is not known. */
  readonly history: CommitHistory | null;
}

/**
 * The lasting changes of level of every cell on the base branch, each CPU model by itself: another model is a step of its
 * own and no commit's. Only runs that can be compared with the newest of a cell count.
 *
 * @param runs complete runs of one kind of machine for each runtime, oldest first
 */
export function shiftsOf(runs: readonly Run[], { thresholdOf, seed, accepted, history }: ShiftOptions): BranchShifts {
  const stored = runs.map(indexCells);
  const newest = new Map(
    stored.flatMap(({ states }) => [...states].flatMap(([id, state]) => (state.status === 'measured' ? [[id, state]] : []))),
  );
  const histories = stepHistories([...newest.values()], stored, { thresholdOf, seed });
  return branchShifts(histories, { accepted, places: placesOf(history) });
}

/**
 * The histories of some cells, each CPU model by itself, looked through for lasting steps.
 *
 * @param newest what the newest run that measured each cell knows of it
 * @param stored complete runs of one kind of machine for each runtime, oldest first
 */
export function stepHistories(
  newest: readonly MeasuredCell[],
  stored: readonly CellIndex[],
  { thresholdOf, seed }: Pick<ShiftOptions, 'thresholdOf' | 'seed'>,
): readonly CellHistory[] {
  return newest.flatMap((state): readonly CellHistory[] => {
    const { cell, gate: metric } = state;
    const threshold = thresholdOf(cell, metric.id);
    return [...Map.groupBy(runsOf(state, stored), ({ cpuModel }) => cpuModel)].map(([cpuModel, same]) => ({
      ...{ cell, metric },
      stepped: lastingSteps(same, { cpuModel, threshold, seed }),
    }));
  });
}

/** The same of what a run was screened against. Where runs of several CPU models had to do, nothing can be seen. */
export function shiftsBehind(screened: readonly ScreenedCell[], context: ShiftContext): BranchShifts {
  const histories = screened.map(({ cell, metric, stepped }) => ({ cell, metric, stepped: isOfOneCpu(stepped) ? stepped : unseen }));
  return branchShifts(histories, context);
}

const unseen: SteppedHistory = { series: [], levels: [], steps: [] };

/** Places of commits in their history, 0 for the newest. */
export function placesOf(history: CommitHistory | null): ReadonlyMap<string, number> {
  return new Map([...(history?.commits ?? [])].map((commit, place) => [commit, place]));
}

function isOfOneCpu({ series }: SteppedHistory): boolean {
  return series.every(({ cpuModel }) => cpuModel === series[0]?.cpuModel);
}

function runsOf(newest: MeasuredCell, stored: readonly CellIndex[]): readonly StoredRun[] {
  return stored.flatMap(({ states, results }): readonly StoredRun[] => {
    const state = states.get(cellId(newest.cell));
    if (state?.status !== 'measured' || whyNotComparable(newest, state) !== null) return [];
    const { runId: run, commit, created, machine } = results;
    return [{ run, commit, created, cpuModel: machine.cpuModel, values: processValues(state.processes, newest.gate) }];
  });
}
