import { readFileSync, readlinkSync } from 'node:fs';
import type { ProgramProcess } from '../model/journal.ts';
import { hasProcessTable, startTicks, statusOf } from './process-table.ts';

/** The id of the boot that this machine is in; null where the system names none. */
export function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return null;
  }
}

/** This very process. */
export function thisProcess(): ProgramProcess {
  return { boot: bootId(), namespace: processNamespace(), pid: process.pid, started: startTicks(process.pid) };
}

/**
 * Whether a process is alive: by its id and its start where the system says both, and else by its id. Unknown for one of
 * this boot whose id is of another namespace: it cannot be seen from here.
 */
export function lifeOf({ boot, namespace, pid, started }: ProgramProcess): 'alive' | 'gone' | 'unknown' {
  if (boot !== bootId()) return 'gone';
  if (namespace !== processNamespace()) return 'unknown';
  return (hasProcessTable() ? isThere(pid, started) : isSignalled(pid)) ? 'alive' : 'gone';
}

function isSignalled(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function isThere(pid: number, started: number): boolean {
  const status = statusOf(pid);
  return status !== null && !status.zombie && status.started === started;
}

/**
 * What everything that a process of this program starts and makes is marked with, always of the same length: the namespace
 * of process ids, its id there, and its start. Ids of another namespace, as of a container, say nothing here.
 */
export function ownerTag(pid = process.pid): string {
  return [namespaceDigits(), padded(pid), padded(startTicks(pid))].join('-');
}

const tagPattern = /^(\d{10})-(\d{12})-(\d{12})(?!\d)/;

/** Whether a tag is of a process of this program, in our namespace, that is gone. False for anything that is no such tag. */
export function isOfDeadProcess(tag: string): boolean {
  const [, namespace, pid, started] = tagPattern.exec(tag) ?? [];
  if (namespace === undefined || !hasProcessTable() || namespace !== namespaceDigits()) return false;
  return !isThere(Number(pid), Number(started));
}

function padded(value: number): string {
  return String(value).padStart(12, '0');
}

function namespaceDigits(): string {
  return (processNamespace() ?? '0').padStart(10, '0');
}

/** The id of the namespace that ids of processes are of here; null where the system has none. */
function processNamespace(): string | null {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? null;
  } catch {
    return null;
  }
}
