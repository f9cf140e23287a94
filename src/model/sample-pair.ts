import type { BrokenSample, MeasuredSample } from './sample.ts';

/** One of the two trees that are compared: what was, and what is proposed. */
export type SideName = 'base' | 'head';

/** One value for each side. */
export type BothSides<T> = Readonly<Record<SideName, T>>;

/** What one process of each side reported, the two run one right after the other. */
export type SamplePair = BothSides<MeasuredSample>;

/** The process that ended a suspect, and its side. */
export interface BrokenSide {
  readonly side: SideName;
  readonly sample: BrokenSample;
}

/** What a series of pairs measured, by the id of the suspect, and why it ended. */
export interface PairsOutcome {
  /** In order of measurement; a suspect without a whole pair is not in it. */
  readonly pairs: ReadonlyMap<string, readonly SamplePair[]>;
  readonly broken: ReadonlyMap<string, BrokenSide>;
  /** Looks that were taken, each after every open suspect had its pairs. */
  readonly looksTaken: number;
  /** Processes that were run, broken ones too. */
  readonly processes: number;
  readonly endedBy: 'schedule' | 'budget' | 'interrupt';
}
