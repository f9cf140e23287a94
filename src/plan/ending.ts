import { type Cell, cellId, type LeftOut } from '../model/cell.ts';
import type { RoundsOutcome } from '../model/rounds-outcome.ts';
import type { Sample } from '../model/sample.ts';
import type { Warning } from '../model/warning.ts';

/** Why a planned cell has no sample at all. */
const notReachedReason = 'the run ended before its first process';

/** Why some scale points of a workload have none. */
const pointsNotReachedReason = 'the run ended before every scale point had a process';

/** Whether a cell is absent because the run ended, and for no reason of its own. */
export function wasNotReached({ reason }: Pick<LeftOut, 'reason'>): boolean {
  return reason === notReachedReason || reason === pointsNotReachedReason;
}

/** The planned cells that not one process was run for; the scale points of a workload's model make one entry together. */
export function notReached(cells: readonly Cell[], samples: readonly Sample[]): readonly LeftOut[] {
  const reached = new Set(samples.map(({ cell }) => cellId(cell)));
  const entries = cells
    .filter((cell) => !reached.has(cellId(cell)))
    .map(({ workload, model, runtime, params }) => ({
      workload,
      model,
      runtime,
      reason: params === '' ? notReachedReason : pointsNotReachedReason,
    }));
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}

/** A series of rounds against what was planned. */
export interface Ending extends RoundsOutcome {
  /** Planned cells of a round. */
  readonly cells: number;
  /** Planned rounds. */
  readonly processes: number;
  readonly budgetSeconds: number;
}

/** What the reader must know of how a run ended: nothing, fewer rounds than planned, or an interruption. */
export function endWarnings({ endedBy, completeRounds, samples, cells, processes, budgetSeconds }: Ending): readonly Warning[] {
  switch (endedBy) {
    case 'schedule':
      return [];
    case 'budget':
      return [{ code: 'fewer rounds', planned: processes, done: completeRounds, budgetSeconds }];
    case 'interrupt':
      return [{ code: 'interrupted', planned: processes * cells, done: samples.length }];
  }
}
