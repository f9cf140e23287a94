import { machineEvents } from '../judge/machine-events.ts';
import type { Executor, RunRequest } from '../measure/executor.ts';
import { type Disturbance, disturbs, strains } from '../model/disturbance.ts';
import type { MachineCounters } from '../model/machine-counters.ts';
import type { MeasuredSample, Sample } from '../model/sample.ts';

/** How often a process is started for one sample before it is taken as it is. */
const mostStarts = 3;

/** Samples that stayed disturbed however often they were started, after which nothing is started again: this machine is so. */
const mostInVain = 5;

/**
 * Looks at the machine before and after every sample. One that the machine disturbed is measured anew; one that stays
 * disturbed carries what disturbed it, and so does one that another was measured for. What was measured has no say in
 * it, so that a slow sample is as welcome as a fast one. What strained the machine is noted and no more: a sample that
 * is slow because it swaps or meets its quota counts. A broken sample is the workload's and stays as it is.
 */
export function selfCheckedExecutor(executor: Executor, read: () => MachineCounters): Executor {
  let inVain = 0;
  const run = async (request: RunRequest): Promise<Sample> => {
    const setAside: Disturbance[] = [];
    for (let start = 1; ; start += 1) {
      const before = read();
      const sample = await executor.run(request);
      const events = machineEvents(before, read());
      if (sample.status === 'broken') return sample;
      const disturbances = events.filter(disturbs);
      if (disturbances.length > 0 && start < mostStarts && inVain < mostInVain) {
        setAside.push(...disturbances);
        continue;
      }
      if (disturbances.length > 0) inVain += 1;
      return marked(sample, { disturbances, setAside, strains: events.filter(strains) });
    }
  };
  return { describe: (request) => executor.describe(request), run };
}

type Marks = Required<Pick<MeasuredSample, 'disturbances' | 'setAside' | 'strains'>>;

/** Hardly any sample has marks, and one without is written without. */
function marked(sample: MeasuredSample, { disturbances, setAside, strains }: Marks): MeasuredSample {
  return {
    ...sample,
    ...(disturbances.length > 0 ? { disturbances } : {}),
    ...(setAside.length > 0 ? { setAside } : {}),
    ...(strains.length > 0 ? { strains } : {}),
  };
}
