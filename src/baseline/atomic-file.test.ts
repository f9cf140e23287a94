import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeAtomically } from './atomic-file.ts';

/** What was flushed to the disk, and when a file took its place. */
const calls: string[] = [];

vi.mock(import('node:fs/promises'), async (original) => {
  const files = await original();
  const noting = (handle: FileHandle, path: unknown): FileHandle => {
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      calls.push(`flushed ${path}`);
      await sync();
    };
    return handle;
  };
  return {
    ...files,
    open: async (...args) => noting(await files.open(...args), args[0]),
    rename: async (from, to) => {
      calls.push(`renamed to ${to}`);
      await files.rename(from, to);
    },
  };
});

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atomic-'));
  calls.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('has the file and its name on the disk, in this order, before it says so', async () => {
  const path = join(folder, 'results.json');
  await writeAtomically(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['results.json']);
  expect(calls).toEqual([expect.stringMatching(/^flushed .*\.tmp$/), `renamed to ${path}`, `flushed ${folder}`]);
});
