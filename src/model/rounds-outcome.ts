import type { Sample } from './sample.ts';

/** What a series of rounds measured and why it ended. */
export interface RoundsOutcome {
  readonly samples: readonly Sample[];
  /** Rounds in which every cell was run. */
  readonly completeRounds: number;
  readonly endedBy: 'schedule' | 'budget' | 'interrupt';
}
