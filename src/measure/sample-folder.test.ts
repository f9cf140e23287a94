import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeSampleFolder, removeSampleFolder } from './sample-folder.ts';

let parent: string;

beforeEach(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'folders-')));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('goes with what was locked in it', async () => {
  const folder = makeSampleFolder(parent);
  mkdirSync(join(folder.home, 'a', 'b'), { recursive: true });
  chmodSync(join(folder.home, 'a'), 0);
  expect(await removeSampleFolder(folder)).toBeNull();
  expect(readdirSync(parent)).toEqual([]);
});

test('that is gone already is no fault', async () => {
  const folder = makeSampleFolder(parent);
  rmSync(folder.path, { recursive: true });
  expect(await removeSampleFolder(folder)).toBeNull();
});

test('a link in its place goes without what it points to', async () => {
  const folder = makeSampleFolder(parent);
  const victim = mkdtempSync(join(tmpdir(), 'victim-'));
  writeFileSync(join(victim, 'file'), 'not ours');
  chmodSync(victim, 0o755);
  rmSync(folder.path, { recursive: true });
  symlinkSync(victim, folder.path);
  expect(await removeSampleFolder(folder)).toBeNull();
  expect(existsSync(folder.path)).toBe(false);
  expect(readdirSync(victim)).toEqual(['file']);
  expect(statSync(victim).mode & 0o777).toBe(0o755);
  rmSync(victim, { recursive: true });
});

test('another folder in its place is left alone, and told', async () => {
  const folder = makeSampleFolder(parent);
  renameSync(folder.path, join(parent, 'moved'));
  mkdirSync(folder.path);
  expect(await removeSampleFolder(folder)).toBe(`another folder is where ${folder.path} was`);
  expect(existsSync(folder.path)).toBe(true);
});
