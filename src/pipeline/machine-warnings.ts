import { eventWarnings, loadWarnings, measuredProcesses } from '../judge/machine-warnings.ts';
import { readMachineCounters, unnoticed } from '../measure/machine-counters.ts';
import { missingGuards } from '../measure/sample-limits.ts';
import type { MachineCounters } from '../model/machine-counters.ts';
import type { PairsOfRun } from '../model/pairs-of-run.ts';
import type { MeasuredSample, Sample } from '../model/sample.ts';
import type { Warning } from '../model/warning.ts';

/** What was measured, and what the machine had counted before. */
export interface MachineCheck {
  readonly samples: readonly Sample[];
  readonly pairs: PairsOfRun;
  readonly before: MachineCounters;
}

/** What the machine did to a run that ended just now, and what it could not have told or done for it. */
export function machineWarnings({ samples, pairs, before }: MachineCheck): readonly Warning[] {
  return processWarnings(measuredProcesses(samples, pairs), before);
}

/** The same of processes that just ended. */
export function processWarnings(processes: readonly MeasuredSample[], before: MachineCounters): readonly Warning[] {
  return [
    ...eventWarnings(processes),
    ...loadWarnings(before, readMachineCounters()),
    ...lacking('missing guards', missingGuards()),
    ...lacking('unnoticed', unnoticed()),
  ];
}

function lacking(code: 'missing guards' | 'unnoticed', missing: readonly string[]): readonly Warning[] {
  return missing.length === 0 ? [] : [{ code, missing }];
}
