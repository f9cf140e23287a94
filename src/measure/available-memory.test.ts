import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { availableMemory, groupLimit, groupMemory, ownGroupMemory } from './available-memory.ts';
import { memoryLimit } from './sample-limits.ts';

const root = mkdtempSync(join(tmpdir(), 'groups-'));
afterAll(() => rmSync(root, { recursive: true }));

const mebibyte = 1024 * 1024;

/** A folder with these files, as a control group has them. */
function group(files: Readonly<Record<string, string | number>>): string {
  const folder = mkdtempSync(join(root, 'group-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text}\n`);
  return folder;
}

const now = (limit: number | string, usage: number, inactive: number) =>
  group({ 'memory.max': limit, 'memory.current': usage, 'memory.stat': `anon 1\ninactive_file ${inactive}` });

const legacy = (limit: number | string, usage: number, inactive: number) =>
  group({
    'memory.limit_in_bytes': limit,
    'memory.usage_in_bytes': usage,
    'memory.stat': `inactive_file 1\ntotal_inactive_file ${inactive}`,
  });

describe.each([
  ['version 2', now],
  ['version 1', legacy],
] as const)('a control group of %s', (_, make) => {
  test('has free what files fill that were read', () => {
    const groups = groupMemory([make(500 * mebibyte, 350 * mebibyte, 250 * mebibyte)]);
    expect(availableMemory(groups)).toBe(Math.min(freemem(), 400 * mebibyte));
  });

  test('is never more than full', () => {
    expect(availableMemory(groupMemory([make(100 * mebibyte, 200 * mebibyte, 0)]))).toBe(0);
    expect(availableMemory(groupMemory([make(100 * mebibyte, 10 * mebibyte, 20 * mebibyte)]))).toBe(100 * mebibyte);
  });
});

test('the narrowest group binds', () => {
  const groups = groupMemory([now(900 * mebibyte, 0, 0), legacy(300 * mebibyte, 0, 0), now(600 * mebibyte, 590 * mebibyte, 0)]);
  expect(groupLimit(groups)).toBe(300 * mebibyte);
  expect(availableMemory(groups)).toBe(10 * mebibyte);
});

test('a group without a limit limits nothing', () => {
  const groups = groupMemory([now('max', 1, 0), legacy('9223372036854771712', 1, 0), group({})]);
  expect(groups).toEqual([]);
  expect(groupLimit(groups)).toBeNull();
});

test('a group that is full of what nobody gives back leaves a quarter of it to an ordinary workload', () => {
  const groups = groupMemory([now(500 * mebibyte, 499 * mebibyte, 0)]);
  expect(memoryLimit(availableMemory(groups), groupLimit(groups))).toBe(125 * mebibyte);
  expect(memoryLimit(400 * mebibyte, 500 * mebibyte)).toBe(300 * mebibyte);
  expect(memoryLimit(400 * mebibyte, null)).toBe(300 * mebibyte);
});

test('the own groups are read', () => {
  expect(availableMemory(ownGroupMemory())).toBeGreaterThan(0);
  expect(availableMemory(ownGroupMemory())).toBeLessThanOrEqual(totalmem());
});
