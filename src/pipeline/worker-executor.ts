import { join } from 'node:path';
import type { Executor } from '../measure/executor.ts';
import { standGuard } from '../measure/guard.ts';
import { readMachineCounters } from '../measure/machine-counters.ts';
import { processExecutor } from '../measure/process-executor.ts';
import { machineFault } from '../model/machine-fault.ts';
import { selfCheckedExecutor } from './self-checked-executor.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Runs the worker beside the bundled workloads, in an environment picked from the caller's. What it starts ends with this
 * program, also when that is killed, and the machine is looked at around every sample. Rejects with a UserError where the machine cannot start a process, as with a full disk.
 */
export function workerExecutor({ workloadsFolder, environment }: Surroundings): Executor {
  standGuard();
  const executor = processExecutor({ workerFolder: join(workloadsFolder, 'worker'), environment });
  const explaining: Executor = {
    describe: (request) => executor.describe(request).catch(explained),
    run: (request) => executor.run(request).catch(explained),
  };
  return selfCheckedExecutor(explaining, readMachineCounters);
}

function explained(error: unknown): never {
  throw machineFault(error, 'A process cannot be measured') ?? error;
}
