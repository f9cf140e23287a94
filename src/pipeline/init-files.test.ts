import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { refuseObstacles, writeTogether } from './init-files.ts';

const files = [
  { path: '.github/workflows/concurrency.yml', text: 'jobs: {}\n' },
  { path: '.github/concurrency.yml', text: 'workloads: [core]\n' },
];

function root(): string {
  const folder = mkdtempSync(join(tmpdir(), 'init-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const below = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

describe('refuseObstacles', () => {
  it('sees nothing in the way of a new repository', async () => {
    await expect(refuseObstacles(root(), files, false)).resolves.toBeUndefined();
  });

  it('names every file that is there, and lets it be written over when asked to', async () => {
    const folder = root();
    await writeTogether(folder, files);
    await expect(refuseObstacles(folder, files, false)).rejects.toThrow(
      /^\.github\/workflows\/concurrency\.yml and \.github\/concurrency\.yml are there.*--force --dry-run/,
    );
    await expect(refuseObstacles(folder, files, true)).resolves.toBeUndefined();
    rmSync(join(folder, '.github', 'workflows'), { recursive: true });
    await expect(refuseObstacles(folder, files, false)).rejects.toThrow(/^\.github\/concurrency\.yml is there, and/);
  });

  it.each([
    ['a file', (path: string) => writeFileSync(path, '')],
    ['a link to a folder', (path: string) => symlinkSync(tmpdir(), path)],
  ])('refuses %s where a folder should be, forced or not', async (_, make) => {
    const folder = root();
    make(join(folder, '.github'));
    await expect(refuseObstacles(folder, files, true)).rejects.toThrow('.github is there and is no folder.');
  });

  it.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a link', (path: string) => symlinkSync('/nowhere', path)],
  ])('refuses %s where a file should be, forced or not', async (_, make) => {
    const folder = root();
    mkdirSync(join(folder, '.github'));
    make(join(folder, '.github', 'concurrency.yml'));
    await expect(refuseObstacles(folder, files, true)).rejects.toThrow('.github/concurrency.yml is there and is no regular file.');
  });
});

describe('writeTogether', () => {
  it('writes every file and leaves nothing beside them', async () => {
    const folder = root();
    await writeTogether(folder, files);
    for (const { path, text } of files) expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
    expect(below(folder)).toHaveLength(files.length);
  });

  it('writes none when one cannot be made ready', async () => {
    const folder = root();
    writeFileSync(join(folder, 'taken'), '');
    const more = [...files, { path: 'taken/x.yml', text: '' }];
    await expect(writeTogether(folder, more)).rejects.toThrow(/^The files cannot be written: .*nothing was changed\.$/);
    expect(below(folder).map(({ name }) => name)).toEqual(['taken']);
  });

  it('puts back what was there when one cannot take its place', async () => {
    const folder = root();
    const [first = { path: '', text: '' }] = files;
    await writeTogether(folder, [{ ...first, text: 'mine\n' }]);
    // The third name is free while its file is made ready, and the folder of the fourth when it is put in place.
    const clash = [...files, { path: '.github/new', text: '' }, { path: '.github/new/x', text: '' }];
    await expect(writeTogether(folder, clash)).rejects.toThrow(/cannot be written/);
    expect(readFileSync(join(folder, first.path), 'utf8')).toBe('mine\n');
    expect(existsSync(join(folder, '.github', 'concurrency.yml'))).toBe(false);
    expect(below(folder).map(({ name }) => name)).toEqual(['concurrency.yml']);
  });
});
