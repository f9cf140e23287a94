import type { MachineCounters } from '../model/machine-counters.ts';

/** What a machine counted until some moment. */
export function machineCounters(part: Partial<MachineCounters> = {}): MachineCounters {
  return {
    wall: 1_790_000_000,
    monotonic: 100,
    processors: { stolen: 10, idle: 5000, total: 10_000 },
    own: 300,
    throttled: 4,
    swapped: 9000,
    memoryStalled: 1,
    thermal: 2,
    settings: { affinity: '0-3', quota: 'max 100000', frequency: '3200000, performance' },
    ...part,
  };
}

/** Where no counter is told, as on macOS: clocks alone. */
export function clocksAlone(part: Partial<MachineCounters> = {}): MachineCounters {
  const untold = { processors: null, own: null, throttled: null, swapped: null, memoryStalled: null, thermal: null };
  return machineCounters({ ...untold, settings: { affinity: null, quota: null, frequency: null }, ...part });
}
