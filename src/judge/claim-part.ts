import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { ClaimTest, Quantity } from './claims.ts';

/** One thing measured for a row of the write-up. */
export interface ClaimPart {
  /** What is measured, in a few words; the two figures are named by their models. */
  readonly measured: string;
  readonly test: ClaimTest;
  /** What the reader must know to read the figures. */
  readonly note: string | null;
}

/** One row of the write-up's Overview or Key Differences table, or one sentence of its text. */
export interface ClaimRow {
  /** The row's name in the write-up, or the sentence's subject. */
  readonly feature: string;
  /** What the write-up says, short. */
  readonly says: string;
  /** Empty when nothing can be measured. */
  readonly parts: readonly ClaimPart[];
  /** Why nothing is measured; null when something is. */
  readonly unmeasurable: string | null;
}

/** A gain that counts on CPU-bound work: two CPUs could give 2, so 1.2 is a fifth of what is there to gain. */
export const gainBound = 1.2;

/** One quantity of the plain cell. */
export function quantity(workload: string, model: ConcurrencyModel, metric: string): Quantity {
  return { workload, model, metric };
}

/** Holds when `head` is more than `base`: the effect is how many times `base` goes into it. */
export function moreThan(head: Quantity, base: Quantity): ClaimTest {
  return { head, base, effect: 'ratio', holds: 'above', bound: 1 };
}

/** Holds when `head` is higher than `base`, of which either may be zero: the effect is the difference. */
export function higherThan(head: Quantity, base: Quantity): ClaimTest {
  return { head, base, effect: 'difference', holds: 'above', bound: 0 };
}

/** The same workload and metric under two models: holds when `more` needs more of it than `less`. */
export function needsMore(workload: string, metric: string, [more, less]: readonly [ConcurrencyModel, ConcurrencyModel]): ClaimTest {
  return moreThan(quantity(workload, more, metric), quantity(workload, less, metric));
}

/** Computing under that model is hardly faster than sequentially, for which the write-up gives the GIL as the reason. */
export function poorAtComputing(model: 'threads' | 'asyncio'): ClaimPart {
  const reason = model === 'threads' ? { gil: true } : {};
  return {
    measured: 'speed-up on computing',
    test: {
      ...needsMore('data_crunching', 'wall_per_unit', ['sequential', model]),
      ...{ holds: 'below', bound: gainBound, cpus: 2 },
      ...reason,
    },
    note: `Poor: less than ×${gainBound} of the sequential speed.`,
  };
}

/** Memory of one more waiting thread against that of one more waiting task. */
export const residentMemory: ClaimPart = {
  measured: 'resident memory per unit',
  test: needsMore('memory_per_unit', 'memory_per_unit', ['threads', 'asyncio']),
  note: 'Memory that one more waiting thread or task really occupies (resident set): the slope over several sizes where these were measured, else what all of them hold over their number. The stack of a thread is mostly reserved, not occupied.',
};

/** How late the loop runs while coroutines make calls that wait themselves, against the same calls handed to threads by run_in_executor. */
export function loopLagOfWaiting(note: string): ClaimPart {
  return { measured: 'loop lag p99, calls that wait', test: needsMore('blocking_calls', 'loop_lag_p99', ['asyncio', 'executor']), note };
}

/** A loop that is this many times later than with calls that only wait is stalled by the calls. */
const stallBound = 2;

/** Calls that compute, handed to threads, leave the loop as responsive as calls that wait: they do not, as long as both need the GIL. */
export const loopLagOfComputing: ClaimPart = {
  measured: 'loop lag p99, handed-over calls that compute against ones that wait',
  test: {
    head: quantity('blocking_calls_cpu', 'executor', 'loop_lag_p99'),
    base: quantity('blocking_calls', 'executor', 'loop_lag_p99'),
    ...{ effect: 'ratio', holds: 'below', bound: stallBound, gil: true },
  },
  note: `Holds below ×${stallBound}: the call in a thread then blocks only that thread. Calls that compute in pure Python still stall the loop from a thread, because both need the GIL; processes are the way out.`,
};
