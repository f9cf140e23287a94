import type { AcceptedShift } from '../model/accepted-shift.ts';
import { matchesPattern } from '../model/name-pattern.ts';
import type { SteppedHistory } from './history-step.ts';
import type { NamedRun } from './screen-history.ts';

/** Where the runs of a cell that count begin. */
export interface HistoryStart {
  /** Index of the first run that counts; the number of runs where none does. */
  readonly index: number;
  /** What lies before it. */
  readonly after: 'nothing' | 'step' | 'accepted shift';
}

type Dated = Pick<NamedRun, 'commit' | 'created'>;

/**
 * Where the runs of a cell begin to count: after the last lasting step, or where the last accepted change of level took
 * effect, whichever is later. Older runs are of another level, and comparing with them would report an accepted change
 * for thirty runs.
 *
 * @param runs comparable runs of the cell, oldest first
 */
export function startOfHistory(
  runs: readonly NamedRun[],
  { series, steps }: Pick<SteppedHistory, 'series' | 'steps'>,
  accepted: readonly AcceptedShift[],
): HistoryStart {
  const last = steps.at(-1);
  const first = last === undefined ? undefined : series[last.index];
  const step = first === undefined ? 0 : Math.max(0, runs.indexOf(first));
  const shift = accepted.reduce((latest, each) => Math.max(latest, acceptedStart(runs, each)), 0);
  const index = Math.max(step, shift);
  return { index, after: index === 0 ? 'nothing' : shift >= step ? 'accepted shift' : 'step' };
}

/** The first stored run that counts, by `cellId`, for cells of which older ones do not; null where none does. */
export type HistoryStarts = ReadonlyMap<string, string | null>;

/** Where cells begin to count of which older runs do not. */
export function historyStarts(
  cells: readonly { readonly id: string; readonly cutBy: HistoryStart['after']; readonly firstRun: string | null }[],
): HistoryStarts {
  return new Map(cells.flatMap(({ id, cutBy, firstRun }) => (cutBy === 'nothing' ? [] : [[id, firstRun]])));
}

/** The accepted changes of level of a cell, given by its id. */
export function acceptedOf(id: string, accepted: readonly AcceptedShift[]): readonly AcceptedShift[] {
  return accepted.filter(({ cells }) => cells.some((pattern) => matchesPattern(pattern, id)));
}

/**
 * Index of the first run of an accepted level: the first at its commit, or, where that was not measured or is no longer
 * kept, the first that began after somebody accepted it. The number of runs where none follows.
 */
export function acceptedStart(runs: readonly Dated[], { commit, created }: AcceptedShift): number {
  const at = runs.findIndex((run) => run.commit === commit);
  if (at >= 0) return at;
  const since = Date.parse(created);
  const after = runs.findIndex((run) => Date.parse(run.created) > since);
  return after < 0 ? runs.length : after;
}
