import { link, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasEnded, type LockOwner, parseOwner, thisProcess } from './lock-owner.ts';

/** How a lock is waited for. */
export interface LockOptions {
  /** Called once, when another process holds the lock. */
  readonly onWait?: ((owner: LockOwner | undefined) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Seconds without a sign of life after which an owner that cannot be asked is dead; 60 unless given. */
  readonly silence?: number | undefined;
}

/** How the lock was come by. */
export interface Turn {
  /** Whether an owner died holding it, so that what it protects may be half done. */
  readonly inherited: boolean;
}

/** Seconds between two looks at a lock that another one holds. */
const POLL = 0.1;
/** Seconds between two signs of life of an owner. */
const HEARTBEAT = 10;
const SILENCE = 60;

/**
 * Does the work while this process alone, of all that ask, holds the lock: a file that tells who holds it. Another one
 * waits. An owner that has ended is succeeded at once where that can be seen; on another machine that shares the folder,
 * after a minute in which it gave no sign of life.
 *
 * @param path absolute path of the file; its folder is made when it is not there
 * @throws the signal's reason when it aborts, and whatever the work throws
 */
export async function withLock<Result>(path: string, options: LockOptions, work: (turn: Turn) => Promise<Result>): Promise<Result> {
  await mkdir(dirname(path), { recursive: true });
  const { owner, inherited } = await acquire(path, options);
  const heart = setInterval(() => void beat(path), HEARTBEAT * 1000);
  heart.unref();
  try {
    return await work({ inherited });
  } finally {
    clearInterval(heart);
    await release(path, owner);
  }
}

async function acquire(path: string, options: LockOptions): Promise<Turn & { readonly owner: LockOwner }> {
  const owner = await thisProcess();
  const watch = new Watch(options.silence ?? SILENCE);
  let inherited = false;
  for (let waited = false; !(await create(path, owner)); waited = true) {
    options.signal?.throwIfAborted();
    const text = await readFile(path, 'utf8').catch(() => undefined);
    // Released in between.
    if (text === undefined) continue;
    const holder = parseOwner(text);
    if (await isDead(path, text, holder, watch)) {
      await remove(path, text, options);
      inherited = true;
      continue;
    }
    if (!waited) options.onWait?.(holder);
    await sleep(POLL * 1000, undefined, { signal: options.signal }).catch(() => options.signal?.throwIfAborted());
  }
  return { owner, inherited };
}

/**
 * Whether the lock is now this owner's. It is written beside and linked, which only one process can do with a name, so that
 * no other one ever sees half of it.
 */
async function create(path: string, owner: LockOwner): Promise<boolean> {
  const draft = `${path}.${owner.token}.new`;
  await writeFile(draft, JSON.stringify(owner));
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * How long a lock has looked the same, by this process's own clock: the clocks of two machines, and of a machine and its
 * file server, need not agree.
 */
class Watch {
  readonly #silence: number;
  #seen = '';
  #since = 0;

  constructor(silence: number) {
    this.#silence = silence;
  }

  isSilent(state: string): boolean {
    const now = performance.now() / 1000;
    if (state !== this.#seen) this.#since = now;
    this.#seen = state;
    return now - this.#since >= this.#silence;
  }
}

/** Of a lock that does not say who holds it, and of one of another machine, only time tells. */
async function isDead(path: string, text: string, owner: LockOwner | undefined, watch: Watch): Promise<boolean> {
  if (owner !== undefined && (await hasEnded(owner))) return true;
  const beaten = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  const mayBeAsked = owner !== undefined && owner.host === (await thisProcess()).host;
  return !mayBeAsked && watch.isSilent(`${text} ${beaten}`);
}

/**
 * Removes a dead owner's lock. Two processes that both found it dead must not both remove what lies there: the second one
 * would remove the lock of the first. So removing is itself done under a lock, which is named after what was found; in it
 * nothing else can take away that very lock, and what is found changed is left alone.
 */
async function remove(path: string, found: string, options: LockOptions): Promise<void> {
  const name = parseOwner(found)?.token.replace(/[^\w-]/g, '') ?? 'unreadable';
  await withLock(`${path}.${name}`, { signal: options.signal, silence: options.silence }, async () => {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === found) await rm(path, { force: true });
  });
}

async function beat(path: string): Promise<void> {
  const now = new Date();
  // A lock that is gone belongs to nobody; the work finds out by itself.
  await utimes(path, now, now).catch(() => undefined);
}

/** Another one's lock is left: it took over from an owner that it held for dead. */
async function release(path: string, owner: LockOwner): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (parseOwner(text)?.token === owner.token) await rm(path, { force: true });
}
