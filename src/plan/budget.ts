/** How much longer than the last round the next one may take: rounds differ by a few percent on a busy machine. */
const roundSpread = 1.1;

/** What the decision to start another round rests on; all in seconds since the run began. */
export interface BudgetState {
  readonly elapsedSeconds: number;
  readonly budgetSeconds: number;
  /** What the last complete round took. */
  readonly lastRoundSeconds: number;
}

/**
 * Whether another whole round fits into the budget. Rounds are started whole or not at all, so that every cell keeps
 * the same number of processes.
 */
export function anotherRoundFits({ elapsedSeconds, budgetSeconds, lastRoundSeconds }: BudgetState): boolean {
  return elapsedSeconds + lastRoundSeconds * roundSpread <= budgetSeconds;
}

/** Progress of a run as the estimate of its end needs it. */
export interface RunProgress {
  readonly elapsedSeconds: number;
  readonly budgetSeconds: number;
  /** Processes ended so far, of all rounds. */
  readonly done: number;
  readonly planned: number;
  /** Seconds since the first process started. */
  readonly measuringSeconds: number;
}

/** Seconds until the run ends, at the pace so far and never past the budget; null before the first process ended. */
export function remainingSeconds({ elapsedSeconds, budgetSeconds, done, planned, measuringSeconds }: RunProgress): number | null {
  if (done === 0) return null;
  const atPace = (measuringSeconds / done) * (planned - done);
  return Math.max(0, Math.min(atPace, budgetSeconds - elapsedSeconds));
}
