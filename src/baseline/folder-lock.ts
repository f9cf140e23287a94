import { randomUUID } from 'node:crypto';
import { readFile, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { UserError } from '../model/user-error.ts';

/** How long a lock is waited for, and when one is no longer believed in; milliseconds. */
export interface LockPatience {
  /** After this long without success the wait is given up. */
  readonly wait: number;
  /** A lock that gave no sign of life for this long is left over, whoever made it. */
  readonly stale: number;
}

const patience: LockPatience = { wait: 120_000, stale: 60_000 };

/** Signs of life that an owner gives in the time after which it would be taken for dead: some may come late. */
const beats = 6;

/** Longest pause between two looks, milliseconds; pauses are random so that many waiters do not look in step. */
const longestPause = 40;

const ownerSchema = z.object({
  token: z.string().min(1).max(100),
  pid: z.int().positive(),
  host: z.string().max(300),
  /** The namespace in which the id means something, as of a container; empty where the system has none. */
  namespace: z.string().max(100).default(''),
});
type Owner = z.infer<typeof ownerSchema>;

/** A lock that is held. */
export interface HeldLock {
  /** Whether it is still this one: a process that slept for long may have been taken for dead. */
  isHeld(): Promise<boolean>;
}

/**
 * Does `work` while no other process that asks for the same lock does. The lock is a file which says who holds it, and
 * whose time shows that its owner lives, however long the work takes; that of a process that died is taken over.
 *
 * @throws UserError when somebody else holds it for too long
 */
export async function withLock<T>(path: string, work: (lock: HeldLock) => Promise<T>, { wait, stale } = patience): Promise<T> {
  const owner: Owner = { token: randomUUID(), pid: process.pid, host: hostname(), namespace: await ownNamespace() };
  const deadline = performance.now() + wait;
  while (!(await taken(path, owner))) {
    if (performance.now() > deadline) throw tooLong(path, await ownerOf(path));
    const removed = await removedIfDead(path, { wait, stale });
    if (!removed) await sleep(Math.random() * longestPause);
  }
  const heart = setInterval(() => void beat(path, owner.token), stale / beats);
  heart.unref();
  try {
    return await work({ isHeld: () => isHeldBy(path, owner.token) });
  } finally {
    clearInterval(heart);
    if (await isHeldBy(path, owner.token)) await rm(path, { force: true });
  }
}

function tooLong(path: string, owner: Owner | null): UserError {
  const who = owner === null ? 'Another process' : `Process ${owner.pid} on ${owner.host}`;
  return new UserError(`${who} holds ${path}, and nothing was written.`, 'Wait for it to end, or remove that file when it is gone.');
}

async function taken(path: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** A lock that is gone or another one's by now is left alone: the work finds out by itself. */
async function beat(path: string, token: string): Promise<void> {
  const now = new Date();
  if (await isHeldBy(path, token)) await utimes(path, now, now).catch(() => undefined);
}

async function isHeldBy(path: string, token: string): Promise<boolean> {
  return (await ownerOf(path))?.token === token;
}

/** Null where there is no lock, and where its maker has not written into it yet. */
async function ownerOf(path: string): Promise<Owner | null> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Removes a lock whose owner is gone. Of several who see that, one at a time may: each dead lock has a lock of its own for
 * its removal, and under it is looked at again, so that a lock which somebody else took in the meantime stays.
 */
async function removedIfDead(path: string, { wait, stale }: LockPatience): Promise<boolean> {
  const dead = await deadToken(path, stale);
  if (dead === null) return false;
  return withLock(
    `${path}.${dead}`,
    async () => {
      if ((await deadToken(path, stale)) !== dead) return false;
      await rm(path, { force: true });
      return true;
    },
    { wait, stale },
  );
}

/** What tells a dead lock from the next one of the same path; null where there is none, or one whose owner may live. */
async function deadToken(path: string, stale: number): Promise<string | null> {
  const file = await stat(path).catch(() => null);
  if (file === null) return null;
  const owner = await ownerOf(path);
  const isOld = Date.now() - file.mtimeMs > stale;
  if (owner === null) return isOld ? `${file.ino}` : null;
  const isGone = owner.host === hostname() && owner.namespace === (await ownNamespace()) && !isAlive(owner.pid);
  return isOld || isGone ? owner.token.replaceAll(/[^\w-]/g, '') : null;
}

async function ownNamespace(): Promise<string> {
  return readlink('/proc/self/ns/pid').catch(() => '');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
