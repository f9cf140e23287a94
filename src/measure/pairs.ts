import type { Sample } from '../model/sample.ts';
import type { BrokenSide, PairsOutcome, SamplePair, SideName } from '../model/sample-pair.ts';

/** What drives a series of pairs. The decisions come in as functions: this file only carries them out. */
export interface PairsRequest {
  /** Ids of the suspects. */
  readonly suspects: readonly string[];
  /** Numbers of pairs after which to look, ascending; at least one. */
  readonly looks: readonly number[];
  /** The suspects of one round, in the order to run them. Open ones that it leaves out wait until the others are done; none: no time is left. */
  order(open: readonly string[], round: number): readonly string[];
  /** Whether base runs before head in this pair. */
  baseFirst(suspect: string, round: number): boolean;
  /** Runs one fresh process. Rejects only when the signal is aborted. */
  run(suspect: string, side: SideName, round: number): Promise<Sample>;
  /** Whether a suspect is worth more pairs after this one. */
  keeps(suspect: string, pair: SamplePair): boolean;
  /** The suspects that stay open after a look at what was measured so far. */
  decide(soFar: PairsOutcome): readonly string[];
  /** Whether another whole round of so many pairs may start, given the seconds that a pair took in the last one. */
  mayStart(pairs: number, secondsPerPair: number): boolean;
  /** Whether the round that is running must be cut because no time is left. */
  mustStop(): boolean;
  onPair(suspect: string, round: number): void;
  readonly signal: AbortSignal;
}

interface PairsState {
  readonly pairs: Map<string, SamplePair[]>;
  readonly broken: Map<string, BrokenSide>;
  looksTaken: number;
  processes: number;
  /** Of the last complete round. */
  secondsPerPair: number;
}

/** Suspects that have the same number of pairs and are measured together. */
interface Series {
  readonly open: readonly string[];
  /** The round it goes on with: the number of pairs that each has. */
  readonly round: number;
}

/**
 * Measures pair by pair, one process at a time, until every suspect is decided, the looks are used up, or the time is.
 * A suspect of which a process broke gets no further pair. What an order leaves out waits until the others are done.
 */
export async function measurePairs(request: PairsRequest): Promise<PairsOutcome> {
  const state: PairsState = { pairs: new Map(), broken: new Map(), looksTaken: 0, processes: 0, secondsPerPair: 0 };
  const waiting: Series[] = [{ open: request.suspects, round: 0 }];
  for (let series = waiting.shift(); series !== undefined; series = waiting.shift()) {
    const endedBy = await measureSeries(request, series, { state, waiting });
    if (endedBy !== null) return outcomeOf(state, endedBy);
  }
  return outcomeOf(state, 'schedule');
}

function outcomeOf({ pairs, broken, looksTaken, processes }: PairsState, endedBy: PairsOutcome['endedBy']): PairsOutcome {
  return { pairs, broken, looksTaken, processes, endedBy };
}

async function measureSeries(
  request: PairsRequest,
  series: Series,
  { state, waiting }: { readonly state: PairsState; readonly waiting: Series[] },
): Promise<'budget' | 'interrupt' | null> {
  let { open } = series;
  for (let { round } = series; round < (request.looks.at(-1) ?? 0) && open.length > 0; round += 1) {
    const order = request.order(open, round);
    const chosen = new Set(order);
    const left = open.filter((suspect) => !chosen.has(suspect));
    if (left.length > 0) waiting.push({ open: left, round });
    if (order.length === 0 || (round > 0 && !request.mayStart(order.length, state.secondsPerPair))) return 'budget';
    const started = performance.now();
    const ended = await measureRound(request, { order, round, state });
    if (ended.by !== null) return ended.by;
    state.secondsPerPair = (performance.now() - started) / 1000 / order.length;
    open = afterLook(request, { open: order.filter((suspect) => !ended.stopped.has(suspect)), round: round + 1 }, state);
  }
  return null;
}

/** What stays open after a round: everything, or what the look says where one is due. */
function afterLook({ looks, decide }: PairsRequest, { open, round }: Series, state: PairsState): readonly string[] {
  const look = looks.indexOf(round);
  if (look < 0) return open;
  state.looksTaken = Math.max(state.looksTaken, look + 1);
  const decided = new Set(decide(outcomeOf(state, 'schedule')));
  return open.filter((suspect) => decided.has(suspect));
}

interface Round {
  readonly order: readonly string[];
  readonly round: number;
  readonly state: PairsState;
}

interface RoundEnd {
  readonly by: 'budget' | 'interrupt' | null;
  /** Suspects that get no further pair. */
  readonly stopped: ReadonlySet<string>;
}

async function measureRound(request: PairsRequest, { order, round, state }: Round): Promise<RoundEnd> {
  const stopped = new Set<string>();
  for (const suspect of order) {
    if (request.signal.aborted) return { by: 'interrupt', stopped };
    if (request.mustStop()) return { by: 'budget', stopped };
    const result = await runPair(request, suspect, { round, state });
    if (result === null) return { by: 'interrupt', stopped };
    if (!take(state, suspect, result) || ('base' in result && !request.keeps(suspect, result))) stopped.add(suspect);
    request.onPair(suspect, round);
  }
  return { by: null, stopped };
}

/** Notes a pair or what broke it; false when it broke. */
function take(state: PairsState, suspect: string, result: SamplePair | BrokenSide): boolean {
  if ('side' in result) {
    state.broken.set(suspect, result);
    return false;
  }
  const known = state.pairs.get(suspect);
  if (known === undefined) state.pairs.set(suspect, [result]);
  else known.push(result);
  return true;
}

/**
 * Runs both sides right after each other; null when the run was interrupted meanwhile. Once head broke there is no second
 * process; where base broke head is run too, because what is broken on both sides is head's to answer for.
 */
async function runPair(
  request: PairsRequest,
  suspect: string,
  { round, state }: { readonly round: number; readonly state: PairsState },
): Promise<SamplePair | BrokenSide | null> {
  const [first, second]: readonly [SideName, SideName] = request.baseFirst(suspect, round) ? ['base', 'head'] : ['head', 'base'];
  const one = await runSide(request, suspect, { side: first, round, state });
  if (one === null) return null;
  if (one.status === 'broken' && first === 'head') return { side: first, sample: one };
  const other = await runSide(request, suspect, { side: second, round, state });
  if (other === null) return null;
  if (other.status === 'broken') return { side: second, sample: other };
  if (one.status === 'broken') return { side: first, sample: one };
  return first === 'base' ? { base: one, head: other } : { base: other, head: one };
}

async function runSide(
  request: PairsRequest,
  suspect: string,
  { side, round, state }: { readonly side: SideName; readonly round: number; readonly state: PairsState },
): Promise<Sample | null> {
  try {
    const sample = await request.run(suspect, side, round);
    state.processes += 1;
    return sample;
  } catch (error) {
    if (request.signal.aborted) return null;
    throw error;
  }
}
