import { readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

import { availableMemory, groupLimit, ownGroupMemory } from './available-memory.ts';
import { ownGroupFolders } from './control-group.ts';
import { hasProcessTable, systemProcesses } from './process-table.ts';

/** What one sample may take of the machine, all of its processes together unless said otherwise. */
export interface SampleLimits {
  /** Bytes of memory. */
  readonly memory: number;
  /** Bytes in its folder, and of any one file. */
  readonly disk: number;
  /** Processes and threads. */
  readonly processes: number;
  /** Descriptors open at a time, of each process. */
  readonly files: number;
}

/** The share of what is free that a sample may take. The rest is this program's and the system's. */
const share = 0.75;

/** The share of a control group's memory that a sample may take however full the group is: what is left short, the kernel settles. */
const leastGroupShare = 0.25;

/** What no limit exceeds: a network file system may claim more bytes than a whole number of a double can say. */
const mostOfAll = Number.MAX_SAFE_INTEGER;

/** Far more than an honest workload has open, far less than what all processes of a system may. */
const mostFiles = 65_536;

/** The share of the process ids left that a sample may use up: this program needs some to end it. */
const idShare = 0.5;

function numberIn(path: string): number {
  try {
    // Text such as "max" is no number, and binds nobody.
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** How many processes and threads the system and the control groups allow beside those that there are; infinite where neither says. */
function processesLeft(): number {
  if (!hasProcessTable()) return Number.POSITIVE_INFINITY;
  const system = ['/proc/sys/kernel/pid_max', '/proc/sys/kernel/threads-max'].map((path) => numberIn(path) - systemProcesses());
  const groups = ownGroupFolders('pids').map((folder) => groupProcessesLeft(folder));
  return Math.max(0, Math.min(...system, ...groups));
}

/** How many processes and threads a control group allows beside those in it; infinite where it has no limit. */
export function groupProcessesLeft(folder: string): number {
  const most = numberIn(join(folder, 'pids.max'));
  return Number.isFinite(most) ? most - numberIn(join(folder, 'pids.current')) : most;
}

/** Bytes that a sample may take: its share of what is free, and a part of the control group's in any case. */
export function memoryLimit(available: number, ofGroup: number | null): number {
  return Math.floor(Math.max(available * share, (ofGroup ?? 0) * leastGroupShare));
}

/** Bytes that are free where a folder lies; infinite where there is none any more, as a workload may have deleted it. */
export function freeDisk(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/**
 * The limits of a sample that starts now, as shares of what is free: generous, so that only what would take the machine
 * down meets them.
 *
 * @param folder the folder of the sample
 */
export function sampleLimits(folder: string): SampleLimits {
  const groups = ownGroupMemory();
  return {
    memory: memoryLimit(availableMemory(groups), groupLimit(groups)),
    disk: Math.floor(freeDisk(folder) * share),
    processes: Math.floor(processesLeft() * idShare),
    files: mostFiles,
  };
}

/**
 * The limits as the worker's command line takes them: those that the kernel keeps. Not that of processes, of which it counts
 * all of the user, also in other containers. Always of one length: arguments move the stack of a process as its environment
 * does.
 */
export function limitsArgument({ disk, files }: SampleLimits): string {
  const digits = String(mostOfAll).length;
  const limits = { files, file_bytes: disk };
  return Object.entries(limits)
    .map(([name, most]) => `${name}=${String(Math.min(most, mostOfAll)).padStart(digits, '0')}`)
    .join(',');
}

/** What keeps samples apart and this program alive on Linux, and is missing elsewhere; a phrase each. */
export function missingGuards(): readonly string[] {
  if (hasProcessTable()) return [];
  return ['a limit on memory', 'a limit on processes', 'the search for processes that left the group of their sample'];
}
