import { mkdtemp, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './folder-lock.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});

const patience = { wait: 300, stale: 60_000 };
const lock = () => join(folder, '.lock');

describe('a lock', () => {
  it('is held by one at a time', async () => {
    let [inside, most] = [0, 0];
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 12 }, () => withLock(lock(), work)));
    expect(most).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is let go when the work fails', async () => {
    await expect(withLock(lock(), () => Promise.reject(new Error('full')))).rejects.toThrow('full');
    expect(await withLock(lock(), async () => 'next')).toBe('next');
  });

  it('is waited for so long and no longer, and the message names who has it', async () => {
    const held = withLock(lock(), () => new Promise((resolve) => setTimeout(resolve, 900)));
    await expect(withLock(lock(), async () => 0, patience)).rejects.toThrow(
      new RegExp(`Process ${process.pid} on .*, and nothing was written`),
    );
    await held;
  });

  it('of a live owner is never taken for dead, however long the work takes', async () => {
    // Long enough for a busy machine to give a sign of life in time.
    const short = { wait: 10_000, stale: 900 };
    let ended = false;
    const held = withLock(
      lock(),
      async () => {
        await sleep(2.5 * short.stale);
        ended = true;
      },
      short,
    );
    expect(await withLock(lock(), async () => ended, short)).toBe(true);
    await held;
  });

  it('that somebody else took over is not kept alive by its former owner', async () => {
    const short = { wait: 300, stale: 150 };
    await withLock(
      lock(),
      async () => {
        await writeFile(lock(), JSON.stringify({ token: 'other', pid: 1, host: 'elsewhere' }));
        await sleep(2 * short.stale);
        expect(Date.now() - (await stat(lock())).mtimeMs).toBeGreaterThan(short.stale);
      },
      short,
    );
    expect(await readdir(folder)).toEqual(['.lock']);
  });

  it('whose owner is not written in it yet is believed in until it is old', async () => {
    await writeFile(lock(), '');
    await expect(withLock(lock(), async () => 0, patience)).rejects.toThrow(/Another process holds/);
    await utimes(lock(), 0, 0);
    expect(await withLock(lock(), async () => 'taken over', patience)).toBe('taken over');
  });

  it('that was taken over is seen to be lost, and the new one stays', async () => {
    await withLock(lock(), async ({ isHeld }) => {
      expect(await isHeld()).toBe(true);
      await utimes(lock(), 0, 0);
      await withLock(lock(), async () => expect(await isHeld()).toBe(false), patience);
      expect(await isHeld()).toBe(false);
    });
  });

  it('of another container is not taken for dead because its id is unknown here', async () => {
    const owner = { token: 't', pid: 2 ** 22 + 1, host: hostname() };
    await writeFile(lock(), JSON.stringify({ ...owner, namespace: 'pid:[1]' }));
    await expect(withLock(lock(), async () => 0, patience)).rejects.toThrow(/holds/);
  });
});
