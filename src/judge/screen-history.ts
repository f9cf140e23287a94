import { fewestForInterval } from '../model/change.ts';

/** Most stored runs a screen looks back on: older ones know less of today's machines and code. */
export const windowRuns = 10;

/** What one stored run of the same fingerprint says of one cell. */
export interface StoredRun {
  /** Unique for the run; equal across the cells of one run, which is how a run that was slow as a whole is recognised. */
  readonly run: string;
  readonly cpuModel: string;
  /** Process values of the gate metric, base units. */
  readonly values: readonly number[];
}

/** Where to look for the runs to compare a cell with. */
export interface HistoryQuery {
  /** Comparable runs of the cell, oldest first. */
  readonly runs: readonly StoredRun[];
  /** The CPU of this run. */
  readonly cpuModel: string;
  /** The first run after the last accepted change of level of this cell, or null when there was none. */
  readonly startsAt: string | null;
  /** Most runs to take, `windowRuns` when left out. */
  readonly window?: number;
}

/**
 * The last runs since the last accepted change of level. Runs on the same CPU model alone where at least three exist:
 * another model shifts every figure by tens of percent. Runs whose first accepted run is unknown are all before it.
 */
export function comparableHistory({ runs, cpuModel, startsAt, window = windowRuns }: HistoryQuery): readonly StoredRun[] {
  const start = startsAt === null ? 0 : runs.findIndex(({ run }) => run === startsAt);
  const since = start < 0 ? [] : runs.slice(start);
  const same = since.filter((run) => run.cpuModel === cpuModel);
  return (same.length >= fewestForInterval ? same : since).slice(-window);
}
