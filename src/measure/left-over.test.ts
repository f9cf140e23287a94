import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leftOverFolders, ownerFile } from './left-over.ts';
import { hasProcessTable } from './process-table.ts';
import { ownerTag } from './program-process.ts';

let root: string;
let temporary: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'left-over-'));
  temporary = join(root, 'temporary');
  mkdirSync(temporary);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The mark of a process that is gone: none has this id. */
const dead = ownerTag(2 ** 22 + 1);

function folderOf(mark: string, parent = temporary): string {
  const folder = join(parent, 'base-abc123');
  mkdirSync(folder);
  writeFileSync(join(folder, ownerFile), mark);
  return folder;
}

describe.skipIf(!hasProcessTable())('a temporary folder', () => {
  it('is left over when its process is gone', () => {
    const folder = folderOf(dead);
    expect(leftOverFolders(temporary)).toEqual([folder]);
    expect(leftOverFolders(temporary, process.getuid?.())).toEqual([folder]);
  });

  it('is nothing of ours when its process lives, or when it is of another user', () => {
    folderOf(ownerTag());
    expect(leftOverFolders(temporary)).toEqual([]);
    writeFileSync(join(temporary, 'base-abc123', ownerFile), dead);
    expect(leftOverFolders(temporary, (process.getuid?.() ?? 0) + 1)).toEqual([]);
  });

  it('is nothing of ours when it is a link to a folder', () => {
    symlinkSync(folderOf(dead, root), join(temporary, 'sides-abc123'));
    expect(leftOverFolders(temporary)).toEqual([]);
  });

  it('is nothing of ours when a link says whose it is', () => {
    const folder = folderOf(dead);
    const said = join(root, 'said');
    writeFileSync(said, dead);
    rmSync(join(folder, ownerFile));
    symlinkSync(said, join(folder, ownerFile));
    expect(leftOverFolders(temporary)).toEqual([]);
  });
});
