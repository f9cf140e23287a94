import {
  type ClaimPart,
  type ClaimRow,
  gainBound,
  loopLagOfComputing,
  loopLagOfWaiting,
  moreThan,
  needsMore,
  poorAtComputing,
  quantity,
  residentMemory,
} from './claim-part.ts';

function uvloopFaster(workload: string, metric: 'cpu_per_unit' | 'wall_per_unit', measured: string): ClaimPart {
  return {
    measured,
    test: needsMore(workload, metric, ['asyncio', 'uvloop']),
    note: 'How many times less the same code needs on uvloop than on asyncio’s own loop.',
  };
}

const pageEffort: ClaimPart = {
  measured: 'CPU time per page',
  test: needsMore('web_scraping', 'cpu_per_unit', ['threads', 'asyncio']),
  note: 'asyncio’s streams against http.client in threads, the same pages over as many connections.',
};

const mostClients: ClaimPart = {
  measured: 'chat latency p99, most clients',
  test: moreThan(
    { ...quantity('chat_server', 'threads', 'latency_p99'), largest: 'clients' },
    { ...quantity('chat_server', 'asyncio', 'latency_p99'), largest: 'clients' },
  ),
  note: 'Real-time chat with the largest number of clients that was measured; the scaling section has the others.',
};

const threadAdvice: readonly ClaimRow[] = [
  {
    feature: 'The GIL',
    says: 'only one thread executes Python bytecode at a time',
    parts: [
      {
        measured: 'CPU seconds per second, threads that compute',
        test: {
          ...{ head: quantity('data_crunching', 'threads', 'cpu_per_wall'), base: null, effect: 'ratio' },
          ...{ holds: 'below', bound: gainBound, cpus: 2, gil: true },
        },
        note: '1 is one CPU at a time, 2 would be both.',
      },
    ],
    unmeasurable: null,
  },
  {
    feature: 'Use threads when tasks wait',
    says: 'I/O, network responses',
    parts: [
      {
        measured: 'time per page, one by one against at once',
        test: needsMore('web_scraping', 'wall_per_unit', ['sequential', 'threads']),
        note: 'Suitable: fetching pages at once is faster than one by one.',
      },
    ],
    unmeasurable: null,
  },
  { feature: 'Use threads for simpler code', says: 'no event loop to manage', parts: [], unmeasurable: 'ease of writing has no clock' },
  { feature: 'Avoid threads for computing', says: 'CPU-bound tasks', parts: [poorAtComputing('threads')], unmeasurable: null },
  {
    feature: 'Avoid too many threads',
    says: 'their overhead is non-trivial',
    parts: [
      {
        measured: 'CPU time per start, against a task',
        test: needsMore('spawn', 'cpu_per_unit', ['threads', 'asyncio']),
        note: 'To start one thread or one task and to wait for its end.',
      },
      {
        measured: 'CPU time per start, against a pool',
        test: needsMore('spawn', 'cpu_per_unit', ['threads', 'thread_pool']),
        note: 'A thread of its own for each job against a pool of threads that are kept.',
      },
    ],
    unmeasurable: null,
  },
];

const asyncAdvice: readonly ClaimRow[] = [
  {
    feature: 'Use Async IO for many connections',
    says: 'web scraping, socket servers',
    parts: [
      pageEffort,
      {
        measured: 'CPU time per page, with aiohttp',
        test: moreThan(quantity('web_scraping', 'threads', 'cpu_per_unit'), quantity('web_scraping_aiohttp', 'asyncio', 'cpu_per_unit')),
        note: 'The same pages fetched with aiohttp, the client the write-up names. It does more than asyncio’s bare streams and needs more: what holds for asyncio need not hold for a client built on it.',
      },
      {
        measured: 'chat latency p99',
        test: needsMore('chat_server', 'latency_p99', ['threads', 'asyncio']),
        note: 'From the sending of a message to its arrival at one of the clients.',
      },
    ],
    unmeasurable: null,
  },
  {
    feature: 'Use Async IO for thousands of tasks',
    says: 'lightweight tasks',
    parts: [
      {
        measured: 'CPU time per wait',
        test: needsMore('fan_out', 'cpu_per_unit', ['threads', 'asyncio']),
        note: 'Hundreds of threads against thousands of tasks that only wait.',
      },
    ],
    unmeasurable: null,
  },
  { feature: 'Avoid Async IO for computing', says: 'CPU-intensive workloads', parts: [poorAtComputing('asyncio')], unmeasurable: null },
  {
    feature: 'Avoid Async IO with blocking APIs',
    says: 'non-async APIs without wrappers',
    parts: [
      {
        measured: 'time per blocking read, in the loop against in threads',
        test: needsMore('file_reading_slow', 'wall_per_unit', ['asyncio', 'threads']),
        note: 'Files of a slow storage; cached files are another matter (see the use cases).',
      },
    ],
    unmeasurable: null,
  },
];

const combinedAdvice: readonly ClaimRow[] = [
  {
    feature: 'uvloop',
    says: 'faster event loop',
    parts: [
      uvloopFaster('spawn', 'cpu_per_unit', 'CPU time per task'),
      uvloopFaster('context_switch', 'wall_per_unit', 'time per hand-over'),
      uvloopFaster('web_scraping', 'cpu_per_unit', 'CPU time per page'),
      uvloopFaster('echo', 'cpu_per_unit', 'CPU time per echoed message'),
      uvloopFaster('chat_server', 'wall_per_unit', 'time per chat delivery'),
    ],
    unmeasurable: null,
  },
  {
    feature: 'run_in_executor',
    says: 'use threads for blocking tasks',
    parts: [
      {
        measured: 'time per blocking call, in the loop against handed over',
        test: needsMore('blocking_calls', 'wall_per_unit', ['asyncio', 'executor']),
        note: 'Calls that wait.',
      },
      loopLagOfWaiting(
        'How late the loop runs what is due meanwhile: made in a coroutine (asyncio) against handed to threads (run_in_executor).',
      ),
      loopLagOfComputing,
      {
        measured: 'loop lag p99, calls that compute, in the loop against in processes',
        test: needsMore('blocking_calls_cpu', 'loop_lag_p99', ['asyncio', 'processes']),
        note: 'run_in_executor with a pool of processes: what the write-up’s last sentence leads to.',
      },
    ],
    unmeasurable: null,
  },
];

const conclusion: readonly ClaimRow[] = [
  {
    feature: 'Conclusion: I/O-bound',
    says: 'Async IO more scalable and memory-efficient',
    parts: [mostClients, pageEffort, residentMemory],
    unmeasurable: null,
  },
  { feature: 'Conclusion: blocking APIs', says: 'multithreading can be easier', parts: [], unmeasurable: 'ease has no clock' },
  {
    feature: 'Conclusion: CPU-bound',
    says: 'neither; use multiprocessing',
    parts: [
      {
        measured: 'time per chunk, sequential against processes',
        test: { ...needsMore('data_crunching', 'wall_per_unit', ['sequential', 'processes']), cpus: 2 },
        note: 'The start of the processes is part of it.',
      },
      {
        measured: 'time per chunk, threads against processes',
        test: { ...needsMore('data_crunching', 'wall_per_unit', ['threads', 'processes']), cpus: 2, gil: true },
        note: 'The start of the processes is part of it.',
      },
    ],
    unmeasurable: null,
  },
];

/** What the write-up says in its text and its "When to Use" and "When to Avoid" lists, and in no table. */
export const adviceRows: readonly ClaimRow[] = [...threadAdvice, ...asyncAdvice, ...combinedAdvice, ...conclusion];
