import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withJournal } from './journal-lock.ts';

let folder: string;
const journal = () => join(folder, 'state', 'results.json.journal');
const within = { wait: 200, stale: 60_000 };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a journal', () => {
  it('is of one run from the first look at it to the end, though nothing is written yet', async () => {
    const begun = Promise.withResolvers<void>();
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = withJournal(journal(), () => {
      begun.resolve();
      return promise;
    });
    await begun.promise;
    await expect(withJournal(journal(), async () => 0, within)).rejects.toThrow(
      /Process \d+ on .* holds .*results\.json\.journal\.lock, .* Wait for it to end, or remove that file/,
    );
    resolve();
    await first;
    expect(await withJournal(journal(), async () => 'next', within)).toBe('next');
    expect(existsSync(`${journal()}.lock`)).toBe(false);
  });

  it('is not taken from a process of another container, of whose id there is none here, until it is silent', async () => {
    await withJournal(journal(), async () => {});
    const lock = `${journal()}.lock`;
    writeFileSync(lock, JSON.stringify({ token: 't', pid: 2 ** 22 + 1, host: hostname(), namespace: 'pid:[1]' }));
    await expect(withJournal(journal(), async () => 0, within)).rejects.toThrow(/holds .*\.lock/);
    utimesSync(lock, 0, 0);
    expect(await withJournal(journal(), async () => 'taken over', within)).toBe('taken over');
  });

  it('that can be written nowhere is said, with the fault of the work left as it is', async () => {
    writeFileSync(join(folder, 'state'), 'a file');
    await expect(withJournal(journal(), async () => 0, within)).rejects.toThrow(
      /results\.json\.journal cannot be written: .* Choose a path/,
    );
    rmSync(join(folder, 'state'));
    const fault = Object.assign(new Error('full'), { code: 'ENOSPC' });
    await expect(withJournal(journal(), () => Promise.reject(fault), within)).rejects.toBe(fault);
  });
});
