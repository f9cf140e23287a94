import type { Cell } from './cell.ts';
import type { Disturbance, Strain } from './disturbance.ts';

/** Why a process did not deliver a measurement. */
export type BrokenKind = 'wrong result' | 'error' | 'timeout' | 'crash' | 'protocol' | 'fallback' | 'refused';

/** Seconds a process spent in each part of its life; `total` is from its start to its `end` line. */
export interface Phases {
  readonly total: number;
  /** From the start of the process to its first line: interpreter and imports. */
  readonly startup: number;
  /** Starting and stopping the peers. */
  readonly peers: number;
  /** Inside measured values, the only part that is signal. */
  readonly measured: number;
}

/** What one fresh process reported for one cell: k inner values per metric after a warm-up, all verified. */
export interface MeasuredSample {
  readonly status: 'measured';
  readonly cell: Cell;
  /** Which round of the schedule, from 0. */
  readonly round: number;
  /** Inner values by metric id, base units, in order of measurement; every array has the same length k >= 1. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  /** Seconds of the calibration loop around each value (the mean of before and after), same length. */
  readonly calibration: readonly number[];
  /** Units of work in one value. */
  readonly units: number;
  /** Seconds a perfect scheduler would take for one value, or null when the workload does not say. */
  readonly ideal: number | null;
  readonly phases: Phases;
  /** What disturbed it while it ran, so that it neither convicts nor clears in a pair; absent for nearly all. */
  readonly disturbances?: readonly Disturbance[];
  /** What disturbed the processes before it that it was measured instead of; absent for nearly all. */
  readonly setAside?: readonly Disturbance[];
  /** What strained the machine while it ran, which is told and leaves it out of nothing; absent for most. */
  readonly strains?: readonly Strain[];
}

/** A process that gave no measurement. Never turned into a time, never left out in silence. */
export interface BrokenSample {
  readonly status: 'broken';
  readonly cell: Cell;
  readonly round: number;
  readonly kind: BrokenKind;
  /** What happened, in one sentence. */
  readonly message: string;
  /** The tail of what the process printed, at most 2,000 characters, for the reader of a failure. */
  readonly output: string;
}

/** One fresh process. */
export type Sample = MeasuredSample | BrokenSample;
