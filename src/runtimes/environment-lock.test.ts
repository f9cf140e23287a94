import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './environment-lock.ts';
import { hasEnded, parseOwner, thisProcess } from './lock-owner.ts';

let root = '';
let lock = '';
let log = '';
const started: ChildProcess[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lock-'));
  lock = join(root, 'environments', 'a.lock');
  log = join(root, 'log');
});
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  await rm(root, { recursive: true });
});

function holder(turns: number, seconds: number): ChildProcess {
  const script = fileURLToPath(new URL('./lock-holder.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, [script, lock, log, String(turns), String(seconds)], { stdio: 'ignore' });
  started.push(child);
  return child;
}

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await sleep(20);
}

const lines = async () => (await readFile(log, 'utf8').catch(() => '')).trim().split('\n');
/** What lies beside the lock when nobody has it. */
const leftOver = () => readdir(join(root, 'environments'));

test('of several processes one at a time has the lock, and nothing is left of it', async () => {
  const turns = 8;
  const children = [holder(turns, 0.01), holder(turns, 0.01), holder(turns, 0.01)];
  const codes = await Promise.all(children.map((child) => once(child, 'exit')));
  expect(codes).toEqual(children.map(() => [0, null]));
  const said = await lines();
  expect(said).toHaveLength(2 * turns * children.length);
  for (let at = 0; at < said.length; at += 2) expect(said[at + 1]).toBe(said[at]?.replace('take', 'give'));
  expect(await leftOver()).toEqual([]);
});

test('the lock of a process that was killed is taken over at once, by one process only', async () => {
  const dead = holder(1, 1000);
  await until(async () => (await lines())[0] === `take ${dead.pid}`);
  dead.kill('SIGKILL');
  await once(dead, 'exit');
  expect(parseOwner(await readFile(lock, 'utf8'))?.pid).toBe(dead.pid);
  const begun = performance.now();
  const heirs = [holder(3, 0.02), holder(3, 0.02), holder(3, 0.02)];
  await Promise.all(heirs.map((child) => once(child, 'exit')));
  expect((performance.now() - begun) / 1000).toBeLessThan(30);
  const [, ...said] = await lines();
  expect(said).toHaveLength(2 * 3 * heirs.length);
  for (let at = 0; at < said.length; at += 2) expect(said[at + 1]).toBe(said[at]?.replace('take', 'give'));
  expect(await leftOver()).toEqual([]);
});

test('who waits is told once who has the lock, and an abort ends the waiting', async () => {
  const other = holder(1, 1000);
  await until(async () => (await lines())[0] === `take ${other.pid}`);
  const waited: (number | undefined)[] = [];
  const controller = new AbortController();
  const options = { signal: controller.signal, onWait: (owner: { pid: number } | undefined) => void waited.push(owner?.pid) };
  const waiting = withLock(lock, options, async () => 'had it');
  setTimeout(() => controller.abort(new Error('stopped by the user')), 500);
  await expect(waiting).rejects.toThrow('stopped by the user');
  expect(waited).toEqual([other.pid]);
  expect(parseOwner(await readFile(lock, 'utf8'))?.pid).toBe(other.pid);
});

test('an owner that cannot be asked is succeeded when it gives no sign of life, and not before', async () => {
  const elsewhere = { ...(await thisProcess()), host: 'another machine' };
  await withLock(lock, {}, async () => {});
  for (const text of [JSON.stringify(elsewhere), 'damaged', '']) {
    await writeFile(lock, text);
    const begun = performance.now();
    expect(await withLock(lock, { silence: 0.5 }, async () => (performance.now() - begun) / 1000)).toBeGreaterThanOrEqual(0.5);
    expect(await leftOver()).toEqual([]);
  }
});

test('a process is known by more than its number, which another one may have got', async () => {
  const own = await thisProcess();
  expect(await hasEnded(own)).toBe(false);
  expect(await hasEnded({ ...own, started: '1' })).toBe(true);
  expect(await hasEnded({ ...own, started: '1', host: 'another machine' })).toBe(false);
  expect(await hasEnded({ ...own, pid: 2 ** 22 + 1 })).toBe(true);
});

test.each(['', '[]', '{"token":"a"}', '{"token":"","host":"","pid":1,"started":""}', '{"token":"a","host":"","pid":-1,"started":""}'])(
  '%j is no owner',
  (text) => {
    expect(parseOwner(text)).toBeUndefined();
  },
);

test('what the work throws is thrown, and the lock is given back', async () => {
  const failing = withLock(lock, {}, () => Promise.reject(new Error('no space left')));
  await expect(failing).rejects.toThrow('no space left');
  expect(await leftOver()).toEqual([]);
});
