import { fewestForInterval } from '../model/change.ts';

/** Most stored runs a screen looks back on: older ones know less of today's machines and code. */
export const windowRuns = 10;

/** A stored run of the same fingerprint. */
export interface NamedRun {
  /** Unique for the run; equal across the cells of one run, which is how a run that was slow as a whole is recognised. */
  readonly run: string;
  /** 40 hex digits, or null outside a checkout. */
  readonly commit: string | null;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly cpuModel: string;
}

/** What it says of one cell. */
export interface StoredRun extends NamedRun {
  /** Process values of the gate metric, base units. */
  readonly values: readonly number[];
}

/** Where to look for the runs to compare a cell with. */
export interface HistoryQuery<Run> {
  /** Comparable runs of the cell, oldest first. */
  readonly runs: readonly Run[];
  /** The CPU of this run. */
  readonly cpuModel: string;
  /** Index of the first run that counts; the number of runs where none does. 0 when left out. */
  readonly startsAt?: number;
  /** Most runs to take, `windowRuns` when left out. */
  readonly window?: number;
}

/** Why a run that could be compared with is not: another level, another machine, or too long ago. */
export type PassedOver = 'older level' | 'other CPU model' | 'beyond the window';

/** The runs of a cell: those to compare with, and those passed over; oldest first each. */
export interface DividedHistory<Run> {
  readonly used: readonly Run[];
  readonly passedOver: readonly (readonly [why: PassedOver, runs: readonly Run[]])[];
}

/**
 * The last runs since the level last changed for good. Runs on the same CPU model alone where at least three exist:
 * another model shifts every figure by tens of percent.
 */
export function comparableHistory<Run extends Pick<StoredRun, 'cpuModel'>>(query: HistoryQuery<Run>): readonly Run[] {
  return divideHistory(query).used;
}

/** The same, with what is passed over on the way. */
export function divideHistory<Run extends Pick<StoredRun, 'cpuModel'>>(query: HistoryQuery<Run>): DividedHistory<Run> {
  const { runs, cpuModel, startsAt = 0, window = windowRuns } = query;
  const since = runs.slice(startsAt);
  const same = since.filter((run) => run.cpuModel === cpuModel);
  const alone = same.length >= fewestForInterval;
  const preferred = alone ? same : since;
  return {
    used: preferred.slice(-window),
    passedOver: [
      ['older level', runs.slice(0, startsAt)],
      ['other CPU model', alone ? since.filter((run) => run.cpuModel !== cpuModel) : []],
      ['beyond the window', preferred.slice(0, -window)],
    ],
  };
}
