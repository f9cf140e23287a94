import { type Cell, cellId } from '../model/cell.ts';
import type { RoundsOutcome } from '../model/rounds-outcome.ts';
import type { Sample } from '../model/sample.ts';

/** What drives a series of rounds. The decisions come in as functions: this file only carries them out. */
export interface RoundsRequest {
  /** Rounds to measure when nothing stops them earlier; at least 1. */
  readonly rounds: number;
  /** The cells of one round, in the order to run them. */
  order(round: number): readonly Cell[];
  /** Runs one fresh process. Rejects only when the signal is aborted. */
  run(cell: Cell, round: number): Promise<Sample>;
  /** Whether another whole round may start, given the seconds that the last one took. */
  mayStart(lastRoundSeconds: number): boolean;
  /** Whether the round that is running must be cut because no time is left. */
  mustStop(): boolean;
  onSample(sample: Sample): void;
  readonly signal: AbortSignal;
}

/**
 * Measures round by round, one process at a time: measurements that run beside each other measure each other.
 * A cell whose process broke is not run again; it stays broken for the whole run.
 */
export async function measureRounds(request: RoundsRequest): Promise<RoundsOutcome> {
  const samples: Sample[] = [];
  const broken = new Set<string>();
  let lastRoundSeconds = 0;
  for (let round = 0; round < request.rounds; round += 1) {
    if (round > 0 && !request.mayStart(lastRoundSeconds)) return { samples, completeRounds: round, endedBy: 'budget' };
    const started = performance.now();
    const cells = request.order(round).filter((cell) => !broken.has(cellId(cell)));
    const endedBy = await measureRound(request, cells, { round, samples, broken });
    if (endedBy !== null) return { samples, completeRounds: round, endedBy };
    lastRoundSeconds = (performance.now() - started) / 1000;
  }
  return { samples, completeRounds: request.rounds, endedBy: 'schedule' };
}

interface RoundState {
  readonly round: number;
  readonly samples: Sample[];
  readonly broken: Set<string>;
}

async function measureRound(request: RoundsRequest, cells: readonly Cell[], state: RoundState): Promise<'budget' | 'interrupt' | null> {
  for (const cell of cells) {
    if (request.signal.aborted) return 'interrupt';
    if (request.mustStop()) return 'budget';
    const sample = await runUnlessInterrupted(request, cell, state.round);
    if (sample === null) return 'interrupt';
    state.samples.push(sample);
    if (sample.status === 'broken') state.broken.add(cellId(cell));
    request.onSample(sample);
  }
  return null;
}

/** The sample, or null when the run was interrupted meanwhile; any other failure is the caller's. */
async function runUnlessInterrupted(request: RoundsRequest, cell: Cell, round: number): Promise<Sample | null> {
  try {
    return await request.run(cell, round);
  } catch (error) {
    if (request.signal.aborted) return null;
    throw error;
  }
}
