import { fewestToReject } from '../judge/confirm-design.ts';
import { pairedCell, whyNoDifference } from '../judge/pair-differences.ts';
import type { PairSuspect } from '../judge/pair-suspects.ts';
import { openSuspects, type PairRules, suspectThreshold } from '../judge/pair-verdict.ts';
import type { Executor } from '../measure/executor.ts';
import { measurePairs } from '../measure/pairs.ts';
import { runtimeLabel } from '../model/runtime.ts';
import type { BothSides, PairsOutcome, SamplePair, SideName } from '../model/sample-pair.ts';
import { anotherRoundFits, remainingSeconds } from '../plan/budget.ts';
import { cellParams } from '../plan/matrix.ts';
import { affordableSuspects, baseRunsFirst, pairOrder, worstFirst } from '../plan/pair-schedule.ts';
import type { ReadySide } from './pair-sides.ts';
import { type Surroundings, warmups } from './surroundings.ts';

/** Suspects to measure in pairs, and within what. */
export interface SeriesRequest {
  readonly suspects: readonly PairSuspect[];
  readonly ready: BothSides<ReadySide>;
  readonly rules: PairRules;
  readonly seed: number;
  readonly executor: Executor;
  readonly surroundings: Surroundings;
  /** Measured values in each process. */
  readonly values: number;
  /** Seconds for one process. */
  readonly timeoutSeconds: number;
  /** When the run began, on the clock of `performance.now`, and when it must end, in seconds after that. */
  readonly started: number;
  readonly budgetSeconds: number;
}

/**
 * Measures suspects in pairs until each is decided, the looks are used up or the time is. Where the time is too short
 * for all of them, those that look worst after their first pair get theirs.
 */
export async function measureSeries(request: SeriesRequest): Promise<PairsOutcome> {
  const { suspects, rules, seed, budgetSeconds, started, surroundings } = request;
  const byId = new Map(suspects.map((suspect) => [suspect.id, suspect]));
  const suspectOf = (id: string) => found(byId.get(id), id);
  const elapsed = () => (performance.now() - started) / 1000;
  const tracker = trackProgress(request, elapsed);
  const worsening = new Map<string, number>();
  let choices = 0;
  const outcome = await measurePairs({
    suspects: [...byId.keys()],
    looks: rules.design.looks,
    order: (open, round) => {
      const order = pairOrder(open, seed, round);
      if (round !== 1) return order;
      const atLeast = choices === 0 ? 1 : 0;
      choices += 1;
      const left = { remainingSeconds: budgetSeconds - elapsed(), secondsPerPair: tracker.secondsPerPair() };
      const chosen = new Set(affordableSuspects(worstFirst(order, worsening), { ...left, pairsEach: fewestToReject - 1, atLeast }));
      return order.filter((id) => chosen.has(id));
    },
    baseFirst: (id, round) => baseRunsFirst(id, seed, round),
    run: (id, side, round) => runSide(request, suspectOf(id), { side, round }),
    keeps: (id, pair) => keeps(suspectOf(id), pair, { rules, worsening }),
    decide: (soFar) => openSuspects({ ...rules, suspects, outcome: soFar }),
    mayStart: (pairs, seconds) => anotherRoundFits({ elapsedSeconds: elapsed(), budgetSeconds, lastRoundSeconds: pairs * seconds }),
    mustStop: () => elapsed() > budgetSeconds,
    onPair: (id, round) => tracker.onPair(suspectOf(id), round),
    signal: surroundings.signal,
  });
  surroundings.progress.end();
  return outcome;
}

/** Whether a suspect is worth more pairs; notes how much worse head was in its first one. */
function keeps(
  suspect: PairSuspect,
  pair: SamplePair,
  { rules, worsening }: { readonly rules: PairRules; readonly worsening: Map<string, number> },
): boolean {
  if (whyNoDifference(pair, suspect.metric) !== null) return false;
  if (worsening.has(suspect.id)) return true;
  const [difference] = pairedCell(suspect, [pair], suspectThreshold(suspect, rules)).differences;
  if (difference !== undefined) worsening.set(suspect.id, difference);
  return true;
}

function trackProgress({ suspects, surroundings, rules, budgetSeconds }: SeriesRequest, elapsed: () => number) {
  const { progress } = surroundings;
  const rounds = rules.design.looks.at(-1) ?? 0;
  const preparing = elapsed();
  let done = 0;
  const cells = `${suspects.length} ${suspects.length === 1 ? 'cell' : 'cells'}`;
  progress.note(`Measuring ${cells} in up to ${rounds} pairs each, within ${Math.round(budgetSeconds)} s in all`);
  return {
    secondsPerPair: () => (elapsed() - preparing) / Math.max(1, done),
    onPair: ({ cell, runtimes }: PairSuspect, round: number) => {
      done += 1;
      const planned = suspects.length * rounds;
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

/** One fresh process of one side, with that side's workload, runtime and parameters. */
function runSide(
  { executor, ready, values, timeoutSeconds, surroundings }: SeriesRequest,
  { id, cell, runtimes }: PairSuspect,
  { side, round }: { readonly side: SideName; readonly round: number },
) {
  const { prepared, described } = ready[side];
  const runtime = prepared.runtimes.find((each) => each.runtime.id === runtimes[side].id);
  const workload = described.get(runtimes[side].id)?.get(cell.workload);
  return executor.run({
    runtime: found(runtime, id),
    workload: found(workload, id).path,
    cell,
    round,
    warmups,
    values,
    params: cellParams(cell, found(workload, id)),
    // One interpreter for the peers of both sides: they are not what is compared.
    peerPython: ready.head.prepared.peer.realPath,
    timeoutSeconds,
    signal: surroundings.signal,
  });
}

function found<T>(item: T | undefined, id: string): T {
  if (item === undefined) throw new Error(`suspect ${id} was planned from nothing`);
  return item;
}
