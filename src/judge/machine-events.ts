import type { MachineEvent } from '../model/disturbance.ts';
import type { MachineCounters, MachineSettings } from '../model/machine-counters.ts';
import { stolenShare } from './machine-load.ts';

/**
 * From what on an event is told. Well below what a margin lets pass, and above what happens all the time on a
 * machine that is fine: a few pages are swapped by chance, a clock is slewed by up to 500 millionths (adjtimex(2)), and
 * some stolen time is the usual noise of a shared host, which is in the spread of the pairs.
 */
const least = {
  clockStepSeconds: 0.1,
  clockStepShare: 0.001,
  throttledShare: 0.01,
  stalledShare: 0.01,
  swappedPages: 256,
  stolenShare: 0.1,
} as const;

/** How far a counter advanced, or 0 where the system does not say or it was reset. */
function advanced(before: number | null, after: number | null): number {
  return before === null || after === null ? 0 : Math.max(0, after - before);
}

/** How many settings are others than before. One that the system shows only once has not changed. */
function changes(before: MachineSettings, after: MachineSettings): number {
  const names = ['affinity', 'quota', 'frequency'] as const;
  return names.filter((name) => before[name] !== null && after[name] !== null && before[name] !== after[name]).length;
}

/** What happened to the machine between two readings; empty for nearly all processes. Judged by its counters alone. */
export function machineEvents(before: MachineCounters, after: MachineCounters): readonly MachineEvent[] {
  const seconds = after.monotonic - before.monotonic;
  const step = Math.abs(after.wall - before.wall - seconds);
  const throttled = advanced(before.throttled, after.throttled);
  const stalled = advanced(before.memoryStalled, after.memoryStalled);
  const swapped = advanced(before.swapped, after.swapped);
  const heat = advanced(before.thermal, after.thermal);
  const stolen = stolenShare(before.processors, after.processors) ?? 0;
  const changed = changes(before.settings, after.settings);
  const found: readonly (readonly [MachineEvent, boolean])[] = [
    [{ cause: 'clock step', amount: step }, step > least.clockStepSeconds + least.clockStepShare * seconds],
    [{ cause: 'throttled', amount: throttled }, throttled > least.throttledShare * seconds],
    [{ cause: 'swapped', amount: swapped }, swapped >= least.swappedPages],
    [{ cause: 'memory stall', amount: stalled }, stalled > least.stalledShare * seconds],
    [{ cause: 'heat', amount: heat }, heat > 0],
    [{ cause: 'stolen time', amount: stolen }, stolen >= least.stolenShare],
    [{ cause: 'setting changed', amount: changed }, changed > 0],
  ];
  return found.flatMap(([event, counts]) => (counts ? [event] : []));
}
