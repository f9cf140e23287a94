import type { ClaimSource } from '../model/claim.ts';
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

/** One row of the write-up's Overview or Key Differences table. */
export interface ClaimRow {
  readonly source: Exclude<ClaimSource, 'Use cases'>;
  /** The row's name in the write-up. */
  readonly feature: string;
  /** What the write-up says of threads and of asyncio, short. */
  readonly says: string;
  /** Empty when nothing can be measured. */
  readonly parts: readonly ClaimPart[];
  /** Why nothing is measured; null when something is. */
  readonly unmeasurable: string | null;
}

/** Part of the five waits that must overlap: half way between one at a time (1) and all at once (5). */
const overlapBound = 3;

/** A gain that counts on CPU-bound work: two CPUs could give 2, so 1.2 is a fifth of what is there to gain. */
const gainBound = 1.2;

const quantity = (workload: string, model: ConcurrencyModel, metric: string): Quantity => ({ workload, model, metric });

/** How many times `base` is in `head`: above 1 when threads (or whatever is named first) need more. */
function moreThan(head: Quantity, base: Quantity): ClaimTest {
  return { head, base, effect: 'ratio', holds: 'above', bound: 1 };
}

function higherThan(head: Quantity, base: Quantity): ClaimTest {
  return { head, base, effect: 'difference', holds: 'above', bound: 0 };
}

function overlap(model: ConcurrencyModel): ClaimPart {
  return {
    measured: 'overlap of 5 waits',
    test: { head: quantity('fan_out_five', model, 'overlap'), base: null, effect: 'ratio', holds: 'above', bound: overlapBound },
    note: 'Overlap: the sum of the five waits over the time they took; 5 is all at once, 1 is one after the other. Who switches between them, the kernel or the loop, is design and not measured.',
  };
}

function speedUpOfWaiting(model: ConcurrencyModel): ClaimPart {
  return {
    measured: 'time per page, one by one against at once',
    test: moreThan(quantity('web_scraping', 'sequential', 'wall_per_unit'), quantity('web_scraping', model, 'wall_per_unit')),
    note: 'Suitable: fetching pages at once is faster than one by one.',
  };
}

function poorAtComputing(model: ConcurrencyModel): ClaimPart {
  return {
    measured: 'speed-up on computing',
    test: {
      head: quantity('data_crunching', 'sequential', 'wall_per_unit'),
      base: quantity('data_crunching', model, 'wall_per_unit'),
      effect: 'ratio',
      holds: 'below',
      bound: gainBound,
      cpus: 2,
    },
    note: `Poor: less than ×${gainBound} of the sequential speed. On a free-threaded Python the reason given, the GIL, is gone; the claim is judged there all the same.`,
  };
}

function blockingCalls(workload: string, measured: string, note: string): ClaimPart {
  return {
    measured,
    test: moreThan(quantity(workload, 'asyncio', 'loop_lag_p99'), quantity(workload, 'executor', 'loop_lag_p99')),
    note,
  };
}

const residentMemory: ClaimPart = {
  measured: 'resident memory per unit',
  test: moreThan(quantity('memory_per_unit', 'threads', 'memory_per_unit'), quantity('memory_per_unit', 'asyncio', 'memory_per_unit')),
  note: 'Memory that one more waiting thread or task really occupies (resident set). The stack of a thread is mostly reserved, not occupied.',
};

/** Every row of the write-up's Overview and Key Differences tables, in its order. */
export const claimRows: readonly ClaimRow[] = [
  {
    source: 'Overview',
    feature: 'Concurrency model',
    says: 'threads preemptive, coroutines cooperative',
    parts: [overlap('threads'), overlap('asyncio')],
    unmeasurable: null,
  },
  {
    source: 'Overview',
    feature: 'Suitable for',
    says: 'both for I/O-bound work',
    parts: [speedUpOfWaiting('threads'), speedUpOfWaiting('asyncio')],
    unmeasurable: null,
  },
  {
    source: 'Overview',
    feature: 'Threading model',
    says: 'OS threads; a loop on one thread',
    parts: [
      {
        measured: 'peak OS threads',
        test: moreThan(quantity('fan_out', 'threads', 'peak_threads'), quantity('fan_out', 'asyncio', 'peak_threads')),
        note: 'The most OS threads of the process during several hundred waits.',
      },
    ],
    unmeasurable: null,
  },
  { source: 'Overview', feature: 'Memory overhead', says: 'threads higher, async lower', parts: [residentMemory], unmeasurable: null },
  {
    source: 'Overview',
    feature: 'CPU-bound task handling',
    says: 'poor with both',
    parts: [poorAtComputing('threads'), poorAtComputing('asyncio')],
    unmeasurable: null,
  },
  {
    source: 'Overview',
    feature: 'Syntax complexity',
    says: 'threads easier',
    parts: [],
    unmeasurable: 'ease of reading has no clock',
  },
  {
    source: 'Scheduling & memory',
    feature: 'Scheduling',
    says: 'by the OS; by the event loop',
    parts: [
      {
        measured: 'kernel switches per hand-over',
        test: higherThan(
          quantity('context_switch', 'threads', 'voluntary_switches_per_unit'),
          quantity('context_switch', 'asyncio', 'voluntary_switches_per_unit'),
        ),
        note: 'Voluntary context switches that the kernel counted per hand-over; a loop hands over without asking it.',
      },
    ],
    unmeasurable: null,
  },
  {
    source: 'Scheduling & memory',
    feature: 'Context switch',
    says: 'threads costly, async lightweight',
    parts: [
      {
        measured: 'time per hand-over',
        test: moreThan(quantity('context_switch', 'threads', 'wall_per_unit'), quantity('context_switch', 'asyncio', 'wall_per_unit')),
        note: 'Both threads are held on one CPU. On two CPUs a hand-over between threads costs several times as much.',
      },
    ],
    unmeasurable: null,
  },
  {
    source: 'Scheduling & memory',
    feature: 'Starting one more',
    says: 'threads non-trivial, tasks light',
    parts: [
      {
        measured: 'CPU time per start',
        test: moreThan(quantity('spawn', 'threads', 'cpu_per_unit'), quantity('spawn', 'asyncio', 'cpu_per_unit')),
        note: 'To start one thread or one task and to wait for its end. From the write-up’s text; its tables have no such row.',
      },
    ],
    unmeasurable: null,
  },
  {
    source: 'Scheduling & memory',
    feature: 'Memory footprint',
    says: 'threads larger, async smaller',
    parts: [
      residentMemory,
      {
        measured: 'address space per unit',
        test: higherThan(
          quantity('memory_per_unit', 'threads', 'virtual_memory_per_unit'),
          quantity('memory_per_unit', 'asyncio', 'virtual_memory_per_unit'),
        ),
        note: 'Address space is reserved, not occupied: most of a thread’s stack is never touched.',
      },
    ],
    unmeasurable: null,
  },
  {
    source: 'Scheduling & memory',
    feature: 'Blocking call handling',
    says: 'a call blocks its thread only; a coroutine suspends only itself',
    parts: [
      blockingCalls(
        'blocking_calls',
        'loop lag p99, calls that wait',
        'How late the loop runs what is due while others make blocking calls: made in a coroutine (asyncio) against handed to threads (run_in_executor). Holds: in its thread the call blocks only that thread.',
      ),
      blockingCalls(
        'blocking_calls_cpu',
        'loop lag p99, calls that compute',
        'The same with calls that compute in pure Python: in a thread they still compete with the loop for the GIL, unless the build is free-threaded.',
      ),
    ],
    unmeasurable: null,
  },
];
