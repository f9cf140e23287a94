import { join } from 'node:path';
import type { Executor } from '../measure/executor.ts';
import { processExecutor } from '../measure/process-executor.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs the worker beside the bundled workloads, in an environment picked from the caller's. */
export function workerExecutor({ workloadsFolder, environment }: Surroundings): Executor {
  return processExecutor({ workerFolder: join(workloadsFolder, 'worker'), environment });
}
