import type { MachineCounters } from '../model/machine-counters.ts';
import type { ProcessorTime } from '../model/processor-time.ts';

/** What else ran while a machine was measured. */
export interface MachineLoad {
  /** Share of the processor time that the host gave to others, in [0, 1]; null where the kernel does not say. */
  readonly stolen: number | null;
  /** Processes that ran or waited to run, averaged over a minute; null where the system does not say. */
  readonly average: { readonly before: number; readonly after: number } | null;
}

/** Share of time from which a guest is called one of several: timer noise alone stays below. */
const sharedFrom = 0.005;

/** Load from which something else is called running, before the measuring started. */
const busyFrom = 0.5;

/** What a share of stolen time is made of. */
type Passed = Pick<ProcessorTime, 'stolen' | 'total'>;

/** The share that was stolen between two readings, or null where there is none or the counter did not advance. */
export function stolenShare(before: Passed | null, after: Passed | null): number | null {
  if (before === null || after === null || !(after.total > before.total)) return null;
  return Math.min(1, Math.max(0, (after.stolen - before.stolen) / (after.total - before.total)));
}

/** Whether other guests of the host took time from this machine. */
export function hostSharing({ stolen }: MachineLoad): 'shared' | 'not seen' | 'unknown' {
  if (stolen === null) return 'unknown';
  return stolen >= sharedFrom ? 'shared' : 'not seen';
}

/** Whether other processes ran on this machine already. */
export function ownLoad({ average }: MachineLoad): 'busy' | 'idle' | 'unknown' {
  if (average === null) return 'unknown';
  return average.before >= busyFrom ? 'busy' : 'idle';
}

/**
 * The share of the processor time between two readings that was neither idle, nor stolen, nor spent by this program and its
 * children: what other processes used. Null where the kernel does not say.
 */
export function othersShare(before: MachineCounters, after: MachineCounters): number | null {
  const [first, last] = [before.processors, after.processors];
  if (first === null || last === null || before.own === null || after.own === null || !(last.total > first.total)) return null;
  const used = ({ total, idle, stolen }: ProcessorTime) => total - idle - stolen;
  return Math.min(1, Math.max(0, (used(last) - used(first) - (after.own - before.own)) / (last.total - first.total)));
}
