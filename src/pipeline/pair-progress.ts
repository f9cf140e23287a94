import type { PairSuspect } from '../model/pair-suspect.ts';
import { runtimeLabel } from '../model/runtime.ts';
import { remainingSeconds } from '../plan/budget.ts';
import type { Progress } from '../terminal/progress.ts';

/** A series of pairs whose progress is told. */
export interface PairCourse {
  readonly progress: Progress;
  readonly suspects: number;
  /** Pairs of each suspect at most. */
  readonly rounds: number;
  /** When the series must end, in seconds on the clock of `elapsed`. */
  readonly budgetSeconds: number;
  readonly elapsed: () => number;
}

/** Tells how far a series is, pair by pair, and what a pair takes. */
export interface PairTracker {
  /** Wall seconds of a pair so far, on average. */
  secondsPerPair(): number;
  onPair(suspect: PairSuspect, round: number): void;
}

/** Begins to track a series. */
export function trackPairs({ progress, suspects, rounds, budgetSeconds, elapsed }: PairCourse): PairTracker {
  const preparing = elapsed();
  const planned = suspects * rounds;
  let done = 0;
  return {
    secondsPerPair: () => (elapsed() - preparing) / Math.max(1, done),
    onPair: ({ cell, runtimes }, round) => {
      done += 1;
      const state = { elapsedSeconds: elapsed(), budgetSeconds, done, planned, measuringSeconds: elapsed() - preparing };
      progress.update({
        done: done * 2,
        planned: planned * 2,
        round: round + 1,
        rounds,
        remainingSeconds: remainingSeconds(state),
        current: `${cell.workload}/${cell.model} on ${runtimeLabel(runtimes.head)}`,
      });
    },
  };
}
