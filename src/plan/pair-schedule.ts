import { seededRandom, shuffled } from '../stats/random.ts';

/** The order of one round of pairs: shuffled afresh per round, so that drift of the machine hits all suspects alike. */
export function pairOrder(suspects: readonly string[], seed: number, round: number): readonly string[] {
  return shuffled(suspects, seededRandom(`pairs:${seed}:${round}`));
}

/** Whether base runs before head in this pair: a coin of its own for every pair, fixed by the seed before anything is measured. */
export function baseRunsFirst(suspect: string, seed: number, round: number): boolean {
  return seededRandom(`coin:${seed}:${round}:${suspect}`)() < 0.5;
}

/** How much slower than the first round the others may be: without room for it all suspects would end one pair before a look. */
const paceSpread = 1.05;

/** What the choice of affordable suspects rests on. */
export interface PairBudget {
  /** Seconds until the budget ends. */
  readonly remainingSeconds: number;
  /** What a pair took so far, on average. */
  readonly secondsPerPair: number;
  /** Pairs that a suspect still needs before anything can be flagged. */
  readonly pairsEach: number;
  /** Fewest suspects to choose, whether they fit or not: one at the beginning, where even a look that can only clear is worth it. */
  readonly atLeast: number;
}

/**
 * The first suspects of an order that was drawn before anything was measured, as many as can get all the pairs that a
 * verdict needs: a few verdicts rather than many beginnings.
 */
export function affordableSuspects(order: readonly string[], budget: PairBudget): readonly string[] {
  const each = budget.secondsPerPair * budget.pairsEach * paceSpread;
  if (!(each > 0)) return order;
  return order.slice(0, Math.max(budget.atLeast, Math.floor(budget.remainingSeconds / each)));
}

/**
 * The suspects of a round, the one that looks worst first: where the time is short, those get all their pairs. The choice
 * may look at the data because the correction counts every suspect, chosen or not: a flag still needs a p-value at the
 * level of all of them, which the unchosen ones do not change.
 *
 * @param worsening how much worse head was in the first pair, on the log scale; unknown ones come last
 */
export function worstFirst(suspects: readonly string[], worsening: ReadonlyMap<string, number>): readonly string[] {
  const of = (id: string) => worsening.get(id) ?? Number.NEGATIVE_INFINITY;
  return suspects.toSorted((one, other) => of(other) - of(one));
}
