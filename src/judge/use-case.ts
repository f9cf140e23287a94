import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { RecordedWorkload } from '../model/results.ts';

/** The write-up's answer to "which is best?" for one use case. */
export interface BestOption {
  /** In the write-up's words. */
  readonly says: string;
  /** The models it stands for. */
  readonly models: readonly ConcurrencyModel[];
  /** Models on neither side of the question. */
  readonly neither: readonly ConcurrencyModel[];
}

/** One row of the write-up's use-case table, or a figure beside it. */
export interface UseCase {
  readonly useCase: string;
  readonly workload: string;
  /** Metric id to rank by; left out: the gate metric. */
  readonly metric?: string;
  /** Null for a row that the write-up does not have. */
  readonly bestOption: BestOption | null;
  /** Whether the reason the write-up gives is the GIL. */
  readonly gil?: boolean;
  /** What the reader must know to read the row. */
  readonly note?: string;
}

/** run_in_executor is the write-up's own combination of both worlds: it speaks for neither. */
const both = ['executor'] as const;
const asyncIo: BestOption = { says: 'Async IO', models: ['asyncio', 'uvloop'], neither: both };
const multithreading: BestOption = { says: 'Multithreading', models: ['threads', 'thread_pool'], neither: both };
const multiprocessing: BestOption = { says: 'Neither: multiprocessing', models: ['processes'], neither: [] };

const client = 'The client decides: asyncio’s bare streams are not aiohttp, which does more and needs more. The rows of the two show it.';
const storage =
  'Cached files are not slow storage: a file that is in memory leaves nothing to wait for, so every hand-over to a thread is lost time.';

/** The write-up's use cases, with the nuances that decide them: which client, cached or slow storage, time or CPU or latency. */
export const useCases: readonly UseCase[] = [
  { useCase: 'Web scraping', workload: 'web_scraping', bestOption: asyncIo, note: client },
  { useCase: 'Web scraping, CPU time', workload: 'web_scraping', metric: 'cpu_per_unit', bestOption: null },
  { useCase: 'Web scraping with aiohttp', workload: 'web_scraping_aiohttp', bestOption: null, note: client },
  { useCase: 'File reading, cached', workload: 'file_reading', bestOption: multithreading, note: storage },
  { useCase: 'File reading, slow storage', workload: 'file_reading_slow', bestOption: multithreading, note: storage },
  { useCase: 'Real-time chat server', workload: 'chat_server', bestOption: asyncIo },
  { useCase: 'Real-time chat server, latency', workload: 'chat_server', metric: 'latency_p99', bestOption: null },
  { useCase: 'Data crunching', workload: 'data_crunching', bestOption: multiprocessing, gil: true },
];

/** The use cases of a run: one for each workload of the user's own, which is what they came for, then the write-up's. */
export function useCasesOf(workloads: Iterable<RecordedWorkload>): readonly UseCase[] {
  const own = [...workloads].filter(({ id }) => !bundledWorkloads.includes(id));
  return [...own.map(({ id, title }) => ({ useCase: title, workload: id, bestOption: null })), ...useCases];
}

/** The bundled workloads, as their files are named; any other that ranks models is the user's own. */
export const bundledWorkloads: readonly string[] = [
  'fan_out',
  'fan_out_five',
  'spawn',
  'context_switch',
  'memory_per_unit',
  'web_scraping',
  'web_scraping_aiohttp',
  'file_reading',
  'file_reading_slow',
  'chat_server',
  'data_crunching',
  'blocking_calls',
  'blocking_calls_cpu',
  'echo',
  'bulk',
  'lock',
  'cancel',
  'memory_growth',
  'executor',
  'scaling',
];
