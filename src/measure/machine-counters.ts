import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { MachineCounters } from '../model/machine-counters.ts';
import { ownGroupFolders } from './control-group.ts';
import { hasProcessTable } from './process-table.ts';
import { processorTime } from './processor-time.ts';

const microsecondsPerSecond = 1e6;
const nanosecondsPerSecond = 1e9;

/** The first processor stands for all: what slows a processor for its heat or its power slows the whole package. */
const firstProcessor = '/sys/devices/system/cpu/cpu0';

/** Empty where there is no such file: to ask first costs a twentieth of the error. */
function textOf(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}

/** The number behind a word at the start of a line, or null. */
export function numberAfter(word: string, text: string): number | null {
  const found = new RegExp(`^${word}[ =:\\t]+(\\d+)`, 'm').exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** A sum of which every part may be missing; null where all are. */
function sumOf(parts: readonly (number | null)[]): number | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.reduce((sum, part) => sum + part, 0);
}

/** Seconds of throttling in cpu.stat: cgroup-v2 says throttled_usec, version 1 throttled_time in nanoseconds. */
export function throttledSeconds(stat: string): number | null {
  const [now, legacy] = [numberAfter('throttled_usec', stat), numberAfter('throttled_time', stat)];
  if (now !== null) return now / microsecondsPerSecond;
  return legacy === null ? null : legacy / nanosecondsPerSecond;
}

/** Seconds in which all waited: the line "full" of /proc/pressure/memory, whose total is in microseconds. */
export function stalledSeconds(pressure: string): number | null {
  const total = /^full .*total=(\d+)/m.exec(pressure)?.[1];
  return total === undefined ? null : Number(total) / microsecondsPerSecond;
}

/** Ticks of a process and its reaped children: utime, stime, cutime and cstime of proc_pid_stat(5), fields 14 to 17. */
export function ownTicks(stat: string): number | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).map(Number);
  return ticks.length === 4 && ticks.every(Number.isFinite) ? ticks.reduce((sum, each) => sum + each, 0) : null;
}

/** Text of one line, or null where there is none. */
function lineOf(path: string): string | null {
  const text = textOf(path).trim();
  return text === '' ? null : text;
}

/** The quota of a control group; version 1 has it in two files. Null where there is none in this folder. */
function quotaOf(folder: string): string | null {
  const legacy = [lineOf(join(folder, 'cpu.cfs_quota_us')), lineOf(join(folder, 'cpu.cfs_period_us'))];
  return lineOf(join(folder, 'cpu.max')) ?? (legacy.every((each) => each !== null) ? legacy.join(' ') : null);
}

function joined(parts: readonly (string | null)[]): string | null {
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join(', ');
}

/**
 * Reads the counters of this machine: a dozen small files, well below a millisecond. Where a file is missing, as all of
 * them are on macOS and Windows, its counter is null and nothing can be noticed by it.
 */
export function readMachineCounters(): MachineCounters {
  const groups = ownGroupFolders('cpu');
  const thermal = ['core_throttle_count', 'package_throttle_count'].map((name) => lineOf(join(firstProcessor, 'thermal_throttle', name)));
  const paging = textOf('/proc/vmstat');
  const frequency = ['scaling_max_freq', 'scaling_governor'].map((name) => lineOf(join(firstProcessor, 'cpufreq', name)));
  return {
    wall: Date.now() / 1000,
    monotonic: performance.now() / 1000,
    processors: processorTime(textOf('/proc/stat')),
    own: ownTicks(textOf('/proc/self/stat')),
    throttled: sumOf(groups.map((folder) => throttledSeconds(textOf(join(folder, 'cpu.stat'))))),
    swapped: sumOf([numberAfter('pswpin', paging), numberAfter('pswpout', paging)]),
    memoryStalled: stalledSeconds(textOf('/proc/pressure/memory')),
    thermal: sumOf(thermal.map((count) => (count === null ? null : Number(count)))),
    settings: {
      affinity: /^Cpus_allowed_list:\s+(\S+)$/m.exec(textOf('/proc/self/status'))?.[1] ?? null,
      quota: joined(groups.map(quotaOf)),
      frequency: joined(frequency),
    },
  };
}

/**
 * What is not noticed on a system without /proc; a phrase each. On Linux a counter that is missing belongs to something that
 * the machine does not have: a guest has no heat, and without a quota nothing is throttled.
 */
export function unnoticed(): readonly string[] {
  if (hasProcessTable()) return [];
  return ['stolen time', 'other processes', 'throttling by a quota', 'swapping', 'waits for memory', 'heat', 'changes of the frequency'];
}
