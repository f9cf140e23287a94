import { processValue } from '../judge/process-value.ts';
import { runningNoise } from '../judge/running-noise.ts';
import type { Metric } from '../model/metric.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import { runtimeLabel } from '../model/runtime.ts';
import type { SamplePair, SideName } from '../model/sample-pair.ts';
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
  onStart(suspect: PairSuspect, side: SideName, round: number): void;
  /** Notes what a pair shows of the noise. */
  onFigures(suspect: PairSuspect, pair: SamplePair): void;
  /** @param recordedSeconds what a pair took that was measured before this process began; 0 for one that was measured now */
  onPair(suspect: PairSuspect, round: number, recordedSeconds?: number): void;
}

/** Begins to track a series. */
export function trackPairs({ progress, suspects, rounds, budgetSeconds, elapsed }: PairCourse): PairTracker {
  const preparing = elapsed();
  const planned = suspects * rounds;
  const noise = runningNoise();
  let done = 0;
  let recorded = 0;
  const measuring = () => elapsed() - preparing + recorded;
  const tell = ({ cell, runtimes }: PairSuspect, round: number, side: SideName | null) => {
    const state = { elapsedSeconds: elapsed(), budgetSeconds, done, planned, measuringSeconds: measuring() };
    const current = `${cell.workload}/${cell.model} on ${runtimeLabel(runtimes.head)}`;
    progress.update({
      ...{ done: done * 2, planned: planned * 2, round: round + 1, rounds },
      // As for rounds: most states are never drawn.
      get noise() {
        return noise.share();
      },
      remainingSeconds: remainingSeconds(state),
      budgetLeftSeconds: budgetSeconds - elapsed(),
      current: side === null ? current : `${current}, ${side}`,
    });
  };
  return {
    secondsPerPair: () => measuring() / Math.max(1, done),
    onStart: (suspect, side, round) => tell(suspect, round, side),
    onFigures: ({ id, metric }, pair) => noise.add(id, ratioOf(pair, metric)),
    onPair: (suspect, round, recordedSeconds = 0) => {
      done += 1;
      recorded += recordedSeconds;
      tell(suspect, round, null);
    },
  };
}

/** head / base: where nothing changes between pairs, what they scatter by is noise. */
function ratioOf({ base, head }: SamplePair, metric: Metric): number | null {
  const [was, is] = [processValue(base, metric), processValue(head, metric)];
  return was === null || is === null || was === 0 ? null : is / was;
}
