import { type ConcurrencyModel, isSingleThreaded } from '../model/concurrency-model.ts';
import type { BrokenKind } from '../model/sample.ts';
import type { Direction } from './metric-move.ts';

/** A likely cause of what was measured. A hint, never a verdict. */
export type Cause =
  | 'serialised'
  | 'leak'
  | 'unbounded buffer'
  | 'thread leak'
  | 'blocking call'
  | 'busy threads'
  | 'thread churn'
  | 'preempted'
  | 'tail'
  | 'waiting'
  | 'slower interpreter'
  | 'more work';

/** A likely cause of a broken cell. */
export type BrokenCause =
  | 'uvloop not running'
  | 'GIL enabled'
  | 'other interpreter'
  | 'wrong order'
  | 'lost'
  | 'stuck'
  | 'left over'
  | 'exhausted'
  | 'killed';

/** Which way each metric of a cell went, by metric id; a metric that is not in it was not reported. */
export type Moves = ReadonlyMap<string, Direction>;

interface Symptoms {
  readonly model: ConcurrencyModel;
  /** Whether any of the metrics went up. */
  readonly up: (...ids: readonly string[]) => boolean;
  /** Whether any of the metrics went down. */
  readonly down: (...ids: readonly string[]) => boolean;
  /** Whether any of the metrics was reported and did not go up. */
  readonly steady: (...ids: readonly string[]) => boolean;
}

const wall = ['wall_per_unit', 'overhead_per_unit', 'latency_p50'] as const;
const lag = ['loop_lag_p99', 'loop_lag_max'] as const;
const switches = ['voluntary_switches_per_unit', 'involuntary_switches_per_unit'] as const;

/** What to look for, the most telling pattern first. */
const patterns: readonly (readonly [Cause, (symptoms: Symptoms) => boolean])[] = [
  ['serialised', ({ down }) => down('overlap')],
  ['unbounded buffer', ({ up }) => up('most_buffered')],
  ['leak', ({ up }) => up('memory_growth', 'memory_per_unit')],
  ['thread leak', ({ up }) => up('peak_threads')],
  // A call that only blocks the loop costs a switch or two as well, but leaves the processor idle.
  ['busy threads', ({ up, down }) => up(...lag) && up(...switches) && !down('cpu_per_wall')],
  ['blocking call', ({ up }) => up(...lag)],
  ['thread churn', ({ up }) => up('voluntary_switches_per_unit') && up('cpu_per_unit')],
  ['unbounded buffer', ({ up }) => up('peak_rss')],
  ['preempted', ({ up }) => up('involuntary_switches_per_unit') && up(...wall)],
  ['slower interpreter', ({ up, model }) => up('calibration') && up(...wall, 'cpu_per_unit') && isSingleThreaded(model)],
  ['tail', ({ up, steady }) => up('latency_p99', 'latency_max') && steady('latency_p50', 'wall_per_unit')],
  ['waiting', ({ up, steady }) => up(...wall) && steady('cpu_per_unit')],
  ['more work', ({ up }) => up('cpu_per_unit')],
];

/** The likely cause of how the metrics of one cell moved, or null when they fit no known pattern. Total: any moves have an answer. */
export function hintOf(moves: Moves, model: ConcurrencyModel): Cause | null {
  const some = (ids: readonly string[], ...directions: readonly Direction[]) =>
    ids.some((id) => {
      const direction = moves.get(id);
      return direction !== undefined && directions.includes(direction);
    });
  const symptoms: Symptoms = {
    model,
    up: (...ids) => some(ids, 'up'),
    down: (...ids) => some(ids, 'down'),
    steady: (...ids) => some(ids, 'flat', 'down'),
  };
  return patterns.find(([, fits]) => fits(symptoms))?.[0] ?? null;
}

/** The likely cause of a broken cell by what it said, or null when its message says all there is. */
export function brokenHintOf(kind: BrokenKind, message: string): BrokenCause | null {
  switch (kind) {
    case 'fallback':
      return fallbackCause(message);
    case 'wrong result':
      return wrongResultCause(message);
    case 'timeout':
      return 'stuck';
    case 'error':
      return /can't start new thread|too many open files|cannot allocate|MemoryError|EMFILE|EAGAIN/i.test(message) ? 'exhausted' : null;
    case 'crash':
      return /SIGKILL/.test(message) ? 'killed' : null;
    case 'protocol':
    case 'refused':
      return null;
  }
}

function fallbackCause(message: string): BrokenCause {
  if (/\bGIL\b|interpreter lock/i.test(message)) return 'GIL enabled';
  return /\bloop\b|uvloop/i.test(message) ? 'uvloop not running' : 'other interpreter';
}

function wrongResultCause(message: string): BrokenCause | null {
  if (/\border\b|take turns/i.test(message)) return 'wrong order';
  if (/\bare left\b|is left\b|still running/i.test(message)) return 'left over';
  return /\blost\b|missing|instead of|arrived|\d+ of \d+/i.test(message) ? 'lost' : null;
}
