import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';

/** Processor time of the whole machine since it started, in the kernel's ticks. */
export interface CpuTicks {
  readonly total: number;
  /** Taken by the host while this machine wanted to run. */
  readonly steal: number;
}

/** The load average of the last minute: processes that ran or wanted to. */
export function loadAverage(): number {
  return loadavg()[0] ?? 0;
}

/** The ticks now; zeros where the system does not tell. */
export function readTicks(): CpuTicks {
  try {
    return ticksIn(readFileSync('/proc/stat', 'utf8'));
  } catch {
    return { total: 0, steal: 0 };
  }
}

/** The ticks in the text of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal (proc(5)). */
export function ticksIn(text: string): CpuTicks {
  const fields = /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').slice(0, 8).map(Number) ?? [];
  return { total: fields.reduce((sum, field) => sum + field, 0), steal: fields[7] ?? 0 };
}

/** The share of processor time that the host took between two readings, in [0, 1]. */
export function stealShare(before: CpuTicks, after: CpuTicks): number {
  const total = after.total - before.total;
  return total > 0 ? (after.steal - before.steal) / total : 0;
}
