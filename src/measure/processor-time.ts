import { readFile } from 'node:fs/promises';
import type { ProcessorTime } from '../model/processor-time.ts';

/** What the kernel counted so far; null where it does not say. */
export async function readProcessorTime(): Promise<ProcessorTime | null> {
  return processorTime(await readFile('/proc/stat', 'utf8').catch(() => ''));
}

/** The first line of /proc/stat (proc(5)): user, nice, system, idle, iowait, irq, softirq, steal; guest time is in user. Null for any other text. */
export function processorTime(stat: string): ProcessorTime | null {
  const ticks = /^cpu +((?:\d+ ){7}\d+)/.exec(stat)?.[1]?.split(' ').map(Number);
  if (ticks === undefined) return null;
  return { stolen: ticks[7] ?? 0, idle: (ticks[3] ?? 0) + (ticks[4] ?? 0), total: ticks.reduce((sum, each) => sum + each, 0) };
}
