import { randomUUID } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { parseJson } from './parse-json.ts';

/** Who holds a lock. */
export interface LockOwner {
  /** Unique for each time a lock is taken. */
  readonly token: string;
  /** The machine since it was started and its numbering of processes: only within one does `pid` mean anything. */
  readonly host: string;
  readonly pid: number;
  /** When the process started, in the kernel's words; empty where it does not say. Another process may get the same pid. */
  readonly started: string;
}

const ownerSchema = z.object({ token: z.string().min(1).max(100), host: z.string(), pid: z.int().positive(), started: z.string() });

/** This process as the owner of a lock it is about to take. */
export async function thisProcess(): Promise<LockOwner> {
  return { token: randomUUID(), host: await thisHost(), pid: process.pid, started: await startOf(process.pid) };
}

/** Reads who holds a lock; undefined when the text does not say. */
export function parseOwner(text: string): LockOwner | undefined {
  return ownerSchema.safeParse(parseJson(text)).data;
}

/** Whether the owner has certainly ended. False for one of another machine, or another container, whom nobody here can see. */
export async function hasEnded({ host, pid, started }: LockOwner): Promise<boolean> {
  if (host !== (await thisHost())) return false;
  return !isRunning(pid) || (await startOf(pid)) !== started;
}

async function thisHost(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const processes = await readlink('/proc/self/ns/pid').catch(() => '');
  return [hostname(), boot.trim(), processes].join(' ');
}

/** Field 22 of /proc/<pid>/stat; the second one is a name in brackets, which may hold spaces and brackets. */
async function startOf(pid: number): Promise<string> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs for somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
