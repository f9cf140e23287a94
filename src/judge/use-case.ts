import type { ConcurrencyModel } from '../model/concurrency-model.ts';

/** One row of the write-up's use-case table, or a figure beside it. */
export interface UseCase {
  readonly useCase: string;
  readonly workload: string;
  /** Metric id to rank by; left out: the gate metric. */
  readonly metric?: string;
  /** The write-up's best option and the models it stands for; null for a row that the write-up does not have. */
  readonly bestOption: { readonly says: string; readonly models: readonly ConcurrencyModel[] } | null;
}

const asyncIo = { says: 'Async IO', models: ['asyncio', 'uvloop'] } as const;
const multithreading = { says: 'Multithreading', models: ['threads', 'thread_pool'] } as const;

/** The write-up's use cases, with the nuances that decide them: which client, cached or slow storage, time or CPU or latency. */
export const useCases: readonly UseCase[] = [
  { useCase: 'Web scraping', workload: 'web_scraping', bestOption: asyncIo },
  { useCase: 'Web scraping, CPU time', workload: 'web_scraping', metric: 'cpu_per_unit', bestOption: null },
  { useCase: 'Web scraping with aiohttp', workload: 'web_scraping_aiohttp', bestOption: null },
  { useCase: 'File reading, cached', workload: 'file_reading', bestOption: multithreading },
  { useCase: 'File reading, slow storage', workload: 'file_reading_slow', bestOption: multithreading },
  { useCase: 'Real-time chat server', workload: 'chat_server', bestOption: asyncIo },
  { useCase: 'Real-time chat server, latency', workload: 'chat_server', metric: 'latency_p99', bestOption: null },
  { useCase: 'Data crunching', workload: 'data_crunching', bestOption: { says: 'Neither: multiprocessing', models: ['processes'] } },
];

/** The workloads of the write-up; any other that ranks models is the user's own. */
export const writeUpWorkloads: readonly string[] = [
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
];
