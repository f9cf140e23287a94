import { fewestToReject } from '../judge/confirm-design.ts';
import { pairedCell, whyNoDifference } from '../judge/pair-differences.ts';
import { openSuspects, type PairRules, suspectThreshold } from '../judge/pair-verdict.ts';
import { measurePairs, type PairsRequest } from '../measure/pairs.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { PairsOutcome, SamplePair } from '../model/sample-pair.ts';
import { anotherRoundFits } from '../plan/budget.ts';
import { affordableSuspects, baseRunsFirst, pairOrder, worstFirst } from '../plan/pair-schedule.ts';
import { type PairProcesses, planned, runSide } from './pair-process.ts';
import { type PairTracker, trackPairs } from './pair-progress.ts';
import type { SeriesJournal } from './series-journal.ts';

/** Suspects to measure in pairs, and within what. */
export interface SeriesRequest extends PairProcesses {
  readonly suspects: readonly PairSuspect[];
  readonly rules: PairRules;
  readonly seed: number;
  readonly journal: SeriesJournal;
  /** When the run began, on the clock of `performance.now`, and when it must end, in seconds after that. */
  readonly started: number;
  readonly budgetSeconds: number;
}

/**
 * Measures suspects in pairs until each is decided, the looks are used up or the time is. Where the time is too short
 * for all of them, those that look worst after their first pair get theirs.
 */
export async function measureSeries(request: SeriesRequest): Promise<PairsOutcome> {
  const { suspects, rules, seed, budgetSeconds, started, surroundings, journal } = request;
  const byId = new Map(suspects.map((suspect) => [suspect.id, suspect]));
  const suspectOf = (id: string) => planned(byId.get(id), id);
  const elapsed = () => (performance.now() - started) / 1000;
  const tracker = beginTracking(request, elapsed);
  const worsening = new Map<string, number>();
  const outcome = await measurePairs({
    suspects: [...byId.keys()],
    looks: rules.design.looks,
    order: seriesOrder(request, { elapsed, tracker, worsening }),
    baseFirst: (id, round) => baseRunsFirst(id, seed, round),
    run: (id, side, round) =>
      journal.sampleOf({ suspect: id, side, round }, () => {
        tracker.onStart(suspectOf(id), side, round);
        return runSide(request, suspectOf(id), { side, round });
      }),
    keeps: (id, pair) => keeps(suspectOf(id), pair, { rules, worsening, tracker }),
    decide: (soFar) => {
      journal.look(soFar.looksTaken);
      return openSuspects({ ...rules, suspects, outcome: soFar });
    },
    mayStart: (pairs, seconds) =>
      journal.isReplaying() || anotherRoundFits({ elapsedSeconds: elapsed(), budgetSeconds, lastRoundSeconds: pairs * seconds }),
    mustStop: () => !journal.isReplaying() && elapsed() > budgetSeconds,
    onPair: (id, round) => tracker.onPair(suspectOf(id), round, journal.endPair({ suspect: id, round })),
    signal: surroundings.signal,
  });
  surroundings.progress.end();
  return outcome;
}

/** What a series takes and shows while it is measured. */
interface SeriesCourse {
  /** Seconds since the run began. */
  readonly elapsed: () => number;
  readonly tracker: PairTracker;
  /** How much worse head was in the first pair of each suspect, on the log scale. */
  readonly worsening: Map<string, number>;
}

/** The order of every round. That of the second one leaves out the suspects that the time is too short for. */
function seriesOrder(
  { seed, budgetSeconds, journal }: SeriesRequest,
  { elapsed, tracker, worsening }: SeriesCourse,
): PairsRequest['order'] {
  let choices = 0;
  return (open, round) => {
    const order = pairOrder(open, seed, round);
    if (round !== 1) return order;
    const atLeast = choices === 0 ? 1 : 0;
    choices += 1;
    const left = () => ({ remainingSeconds: budgetSeconds - elapsed(), secondsPerPair: tracker.secondsPerPair() });
    const choose = () => affordableSuspects(worstFirst(order, worsening), { ...left(), pairsEach: fewestToReject - 1, atLeast });
    const chosen = new Set(journal.choice(choose));
    return order.filter((id) => chosen.has(id));
  };
}

/** Whether a suspect is worth more pairs; notes how much worse head was in its first one. */
function keeps(
  suspect: PairSuspect,
  pair: SamplePair,
  { rules, worsening, tracker }: Pick<SeriesCourse, 'tracker' | 'worsening'> & { readonly rules: PairRules },
): boolean {
  if (whyNoDifference(pair, suspect.metric) !== null) return false;
  tracker.onFigures(suspect, pair);
  if (worsening.has(suspect.id)) return true;
  const [difference] = pairedCell(suspect, [pair], suspectThreshold(suspect, rules)).differences;
  if (difference !== undefined) worsening.set(suspect.id, difference);
  return true;
}

function beginTracking({ suspects, surroundings: { progress }, rules, budgetSeconds }: SeriesRequest, elapsed: () => number): PairTracker {
  const rounds = rules.design.looks.at(-1) ?? 0;
  const cells = `${suspects.length} ${suspects.length === 1 ? 'cell' : 'cells'}`;
  progress.note(`Measuring ${cells} in up to ${rounds} pairs each, within ${Math.round(budgetSeconds)} s in all`);
  return trackPairs({ progress, suspects: suspects.length, rounds, budgetSeconds, elapsed });
}
