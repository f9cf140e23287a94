import { mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitFiles, git } from './repository.fixture.ts';
import { treeDigest } from './tree-digest.ts';

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tree-digest-')));
  git(folder, 'init', '--quiet');
  commitFiles(folder, { 'a.py': 'A = 1\n', '.gitignore': 'ignored\n' });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

describe('the digest of a tree', () => {
  it('is null outside a checkout', async () => {
    rmSync(join(folder, '.git'), { recursive: true });
    expect(await treeDigest(folder)).toBeNull();
  });

  it.each([
    ['a tracked file', () => write('a.py', 'A = 2\n')],
    ['a module that git does not know', () => write('b.py', 'B = 1\n')],
    ['data that git does not know', () => write('data.json', '{}')],
    ['a file with a line feed in its name', () => write('one\ntwo', '')],
    ['a link', () => symlinkSync('/', join(folder, 'link'))],
  ])('is another one after a change of %s', async (_, change) => {
    const before = await treeDigest(folder);
    change();
    const after = await treeDigest(folder);
    expect(after).not.toBe(before);
    expect(await treeDigest(folder)).toBe(after);
  });

  it('is another one when what is in a file that git does not know changes, and not when only its time does', async () => {
    write('data.bin', 'one');
    const before = await treeDigest(folder);
    utimesSync(join(folder, 'data.bin'), 1, 1);
    expect(await treeDigest(folder)).toBe(before);
    write('data.bin', 'two');
    expect(await treeDigest(folder)).not.toBe(before);
  });

  it('sees neither what git ignores nor what this program writes', async () => {
    const isWritten = (path: string) => path === join(folder, 'results.json');
    const before = await treeDigest(folder, isWritten);
    write('ignored', 'x');
    write('results.json', '{}');
    expect(await treeDigest(folder, isWritten)).toBe(before);
  });
});
