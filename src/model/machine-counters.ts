import type { ProcessorTime } from './processor-time.ts';

/** What decides how fast a process can run and may be changed while it does, as the system writes it; null where it does not say. */
export interface MachineSettings {
  /** Processors that this program may use, "0-3". */
  readonly affinity: string | null;
  /** Quota of processor time of its control group, "150000 100000": microseconds of each period, and the period. */
  readonly quota: string | null;
  /** Highest frequency that the first processor may have, and its governor. */
  readonly frequency: string | null;
}

/** What a machine counted until one moment. Two of them say what happened in between; null where the system does not say. */
export interface MachineCounters {
  /** Seconds since 1970, of the clock that may be set. */
  readonly wall: number;
  /** Seconds of the clock that never steps, from any zero. */
  readonly monotonic: number;
  readonly processors: ProcessorTime | null;
  /** Clock ticks that this program and the children that it reaped spent on processors. */
  readonly own: number | null;
  /** Seconds for which a quota kept the control group from running, all its processors together. */
  readonly throttled: number | null;
  /** Pages that were swapped in or out. */
  readonly swapped: number | null;
  /** Seconds in which every process that could run waited for memory. */
  readonly memoryStalled: number | null;
  /** How often the first processor was slowed for its heat. */
  readonly thermal: number | null;
  readonly settings: MachineSettings;
}
