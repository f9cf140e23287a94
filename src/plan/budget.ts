/** Seconds for a whole step where nothing is measured in pairs, and where pairs may follow. */
export const defaultBudgets = { rounds: 270, withPairs: 900 } as const;

/** Share of the budget that rounds may use where pairs may follow: clearing most cells costs less than confirming a few. */
const roundsShare = 0.45;

/** What a whole step may take and when its rounds must end, in seconds since it began. */
export interface StepBudget {
  readonly total: number;
  readonly rounds: number;
}

/**
 * Splits the time of a step.
 *
 * @param given the option `time-budget` in seconds; left out: a default for what is to be done
 * @param confirms whether pairs may follow the rounds
 */
export function stepBudget(given: number | undefined, confirms: boolean): StepBudget {
  const total = given ?? (confirms ? defaultBudgets.withPairs : defaultBudgets.rounds);
  return { total, rounds: confirms ? total * roundsShare : total };
}

/** Rounds where no stored run is there to compare with and every cell is measured in pairs anyway: for the tables only. */
const roundsWithoutScreen = 3;

/** How many rounds to measure of the `processes` that were asked for. */
export function plannedRounds(processes: number, { screens, confirms }: { readonly screens: boolean; readonly confirms: boolean }): number {
  return confirms && !screens ? Math.min(processes, roundsWithoutScreen) : processes;
}

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
