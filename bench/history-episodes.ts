import type { ConcurrencyModel } from '../src/model/concurrency-model.ts';
import type { Better, Unit } from '../src/model/metric.ts';

/** What is installed on one side. */
export interface Side {
  readonly python: string;
  readonly uvloop?: string;
}

/** One change of the past, the cell that must show it, and which way. */
export interface Episode {
  readonly what: string;
  /** Where it is described. */
  readonly source: string;
  readonly workload: string;
  readonly model: ConcurrencyModel;
  /** What overrides the workload's parameters. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly metric: string;
  /** Unit and direction of a metric of the workload's own. */
  readonly declared?: { readonly unit: Unit; readonly better: Better };
  readonly before: Side;
  readonly after: Side;
  readonly expected: 'higher' | 'lower';
}

/** In the order of the table. */
export const episodes: readonly Episode[] = [
  {
    what: 'wait_for no longer makes a task for each call',
    source: 'cpython#96764',
    workload: 'cancel',
    model: 'asyncio',
    params: { case: 'in_time' },
    metric: 'cpu_per_unit',
    before: { python: '3.11' },
    after: { python: '3.12' },
    expected: 'lower',
  },
  {
    what: 'the default start method became forkserver',
    source: 'cpython#139881',
    workload: 'data_crunching',
    model: 'processes',
    params: { start_method: 'default' },
    metric: 'wall_per_unit',
    before: { python: '3.13' },
    after: { python: '3.14' },
    expected: 'higher',
  },
  {
    what: 'writelines lost its flow control',
    source: 'cpython#127655',
    workload: 'bulk',
    model: 'asyncio',
    params: { call: 'writelines' },
    metric: 'most_buffered',
    declared: { unit: 'B', better: 'lower' },
    before: { python: '3.11' },
    after: { python: '3.12' },
    expected: 'higher',
  },
  {
    what: 'the thread pool no longer looks for an idle thread with a lock for each submit',
    source: 'cpython#102024',
    workload: 'spawn',
    model: 'thread_pool',
    params: {},
    metric: 'cpu_per_unit',
    before: { python: '3.9' },
    after: { python: '3.13' },
    expected: 'lower',
  },
  {
    what: 'tasks on a free-threaded build',
    source: 'cpython#144337',
    workload: 'spawn',
    model: 'asyncio',
    params: {},
    metric: 'cpu_per_unit',
    before: { python: '3.13' },
    after: { python: '3.13t' },
    expected: 'higher',
  },
  {
    what: 'tasks moved from a weak set to a list of each thread',
    source: 'InternalDocs/asyncio.md',
    workload: 'spawn',
    model: 'asyncio',
    params: {},
    metric: 'cpu_per_unit',
    before: { python: '3.13' },
    after: { python: '3.14' },
    expected: 'lower',
  },
  {
    // Announced as an improvement; that a broadcast of many small messages pays for it was found by this row.
    what: 'Transport.write sends at once instead of at the end of the turn of the loop',
    source: 'uvloop#619',
    workload: 'chat_server',
    model: 'uvloop',
    params: {},
    metric: 'cpu_per_unit',
    before: { python: '3.13', uvloop: '0.22.1' },
    after: { python: '3.13', uvloop: '0.23.0' },
    expected: 'higher',
  },
];
