import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { type BaseTree, type BaseTreeRequest, openBaseTree } from './base-tree.ts';
import { commitFiles, git, type RepositoryGround, repositoryGround } from './repository.fixture.ts';

let ground: RepositoryGround;
let full: string;
let shallow: string;
let trees: string;

beforeAll(() => {
  ground = repositoryGround();
  full = ground.full(ground.merge);
  shallow = ground.shallow(ground.merge);
});
beforeEach(() => {
  trees = join(ground.root, 'trees');
  rmSync(trees, { recursive: true, force: true });
});
afterAll(() => ground.remove());

const open = (checkout: string, commit: string, more: Partial<BaseTreeRequest> = {}) =>
  openBaseTree({ checkout, commit, folder: trees, owner: 'nobody', signal: new AbortController().signal, ...more });

async function opened(...request: Parameters<typeof open>): Promise<BaseTree> {
  const tree = await open(...request);
  if (!tree.ok) throw new Error(`${tree.reason} ${tree.remedy}`);
  return tree;
}

const read = (tree: BaseTree, name: string) => readFileSync(join(tree.tree, name), 'utf8');
/** What a checkout must keep: its names, its index, and its list of trees. */
const state = (folder: string) => [
  git(folder, 'show-ref', '--head'),
  git(folder, 'status', '--porcelain'),
  git(folder, 'worktree', 'list'),
];
const nothingLeft = () => expect(existsSync(trees) ? readdirSync(trees) : []).toEqual([]);

/** The archive of a commit as GitHub makes it: everything in one folder. */
const archiveOf = (commit: string) => async (asked: string, file: string) => {
  expect(asked).toBe(commit);
  git(ground.server, 'archive', '--format=tar.gz', `--prefix=o-r-${commit.slice(0, 7)}/`, `--output=${file}`, commit);
};

describe('a commit that is at hand', () => {
  it('is a worktree, of which nothing is left when it is closed', async () => {
    const before = state(full);
    const tree = await opened(full, ground.base);
    expect(tree).toMatchObject({ how: 'worktree', notes: [] });
    expect([read(tree, 'what.txt'), read(tree, 'base.txt')]).toEqual(['fork', 'base']);
    expect(git(tree.tree, 'rev-parse', 'HEAD')).toBe(ground.base);
    expect(git(full, 'worktree', 'list').split('\n')).toHaveLength(2);
    expect(await tree.close()).toBeNull();
    expect(state(full)).toEqual(before);
    expect(existsSync(join(full, '.git', 'worktrees'))).toBe(false);
    nothingLeft();
  });

  it('may be opened twice at once, dirtied, and be gone already when it is closed; other trees stay on the list', async () => {
    git(full, 'worktree', 'add', '--quiet', '--detach', join(ground.root, 'elsewhere'), ground.fork);
    rmSync(join(ground.root, 'elsewhere'), { recursive: true });
    const before = state(full);
    const [one, two] = await Promise.all([opened(full, ground.base), opened(full, ground.base)]);
    expect(one.tree).not.toBe(two.tree);
    writeFileSync(join(one.tree, 'what.txt'), 'changed');
    writeFileSync(join(one.tree, 'new.txt'), 'new');
    rmSync(two.tree, { recursive: true });
    expect([await one.close(), await two.close()]).toEqual([null, null]);
    expect(state(full)).toEqual(before);
    nothingLeft();
    git(full, 'worktree', 'prune');
  });

  it('runs no hook of the checkout', async () => {
    const hook = join(full, '.git', 'hooks', 'post-checkout');
    writeFileSync(hook, `#!/bin/sh\ntouch '${ground.root}/hook-ran'\n`, { mode: 0o755 });
    const tree = await opened(full, ground.base);
    await tree.close();
    rmSync(hook);
    expect(existsSync(join(ground.root, 'hook-ran'))).toBe(false);
  });
});

describe('a commit that is not at hand', () => {
  it('is fetched alone into a shallow clone', async () => {
    const before = state(shallow);
    const tree = await opened(shallow, ground.base);
    expect(tree).toMatchObject({ how: 'fetched worktree' });
    expect(read(tree, 'base.txt')).toBe('base');
    expect(git(tree.tree, 'rev-list', '--count', 'HEAD')).toBe('1');
    await tree.close();
    expect(state(shallow)).toEqual(before);
  });

  it('is fetched into a full clone without cutting its history off', async () => {
    const tree = await opened(full, ground.lost);
    expect(read(tree, 'what.txt')).toBe('lost');
    await tree.close();
    expect(git(full, 'rev-parse', '--is-shallow-repository')).toBe('false');
  });

  it.each([
    ['that the remote lost', () => {}, /remote does not have commit 0+1 /, /force-push/],
    ['of a remote that is gone', (url: string) => url.replace('server', 'none'), /was not reached/, /network/],
    ['of a host that does not answer', () => 'http://127.0.0.1:9/none.git', /was not reached/, /network/],
    ['without a remote', () => null, /no remote "origin"/, /git remote add/],
  ])('%s is refused, and nothing is left', async (_, url, reason, remedy) => {
    const folder = ground.shallow(ground.merge);
    const other = url(`file://${ground.server}`);
    if (typeof other === 'string') git(folder, 'remote', 'set-url', 'origin', other);
    if (other === null) git(folder, 'remote', 'remove', 'origin');
    const tree = await open(folder, `${'0'.repeat(39)}1`);
    expect(tree).toMatchObject({ ok: false, reason: expect.stringMatching(reason), remedy: expect.stringMatching(remedy) });
    nothingLeft();
  });
});

describe('a commit that git cannot get', () => {
  let alone: string;
  beforeAll(() => {
    alone = ground.shallow(ground.merge);
    git(alone, 'remote', 'set-url', 'origin', `file://${ground.root}/none.git`);
  });

  it('comes as an archive, which has no .git', async () => {
    const before = state(alone);
    const tree = await opened(alone, ground.base, { downloadTarball: archiveOf(ground.base) });
    expect(tree).toMatchObject({ how: 'archive', notes: [expect.stringMatching(/lacks a \.git folder .*export-ignore/)] });
    expect(read(tree, 'base.txt')).toBe('base');
    expect(readdirSync(tree.tree).sort()).toEqual(['base.txt', 'sub', 'what.txt']);
    expect(await tree.close()).toBeNull();
    expect(state(alone)).toEqual(before);
    nothingLeft();
  });

  it('is refused with both reasons when the archive cannot be had', async () => {
    const downloadTarball = () => Promise.reject(new UserError('The token may not read it.', 'Give the job "contents: read".'));
    expect(await open(alone, ground.base, { downloadTarball })).toEqual({
      ok: false,
      reason: expect.stringMatching(/was not reached .*The token may not read it\.$/),
      remedy: 'Give the job "contents: read".',
    });
    nothingLeft();
  });

  it('is refused when the archive is damaged', async () => {
    const downloadTarball = async (_: string, file: string) => writeFileSync(file, 'no archive');
    expect(await open(alone, ground.base, { downloadTarball })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('cannot be unpacked'),
      remedy: expect.stringContaining('fetch-depth: 0'),
    });
    nothingLeft();
  });

  it('leaves nothing when the program is at fault or stopped', async () => {
    const controller = new AbortController();
    const mistake = () => Promise.reject(new TypeError('a mistake'));
    await expect(open(alone, ground.base, { downloadTarball: mistake })).rejects.toThrow('a mistake');
    const stop = async (_: string, file: string) => {
      await archiveOf(ground.base)(ground.base, file);
      controller.abort(new Error('stopped by the user'));
    };
    await expect(open(alone, ground.base, { downloadTarball: stop, signal: controller.signal })).rejects.toThrow('stopped by the user');
    nothingLeft();
  });
});

describe('the working directory', () => {
  it('has its counterpart in the tree', async () => {
    const tree = await opened(join(full, 'sub', 'old'), ground.fork);
    expect(read(tree, 'what.txt')).toBe('fork');
    await tree.close();
    const byArchive = ground.shallow(ground.merge);
    git(byArchive, 'remote', 'remove', 'origin');
    const other = await opened(join(byArchive, 'sub', 'old'), ground.fork, { downloadTarball: archiveOf(ground.fork) });
    expect(read(other, 'what.txt')).toBe('fork');
    await other.close();
    nothingLeft();
  });

  it('that the base commit has not is refused by name', async () => {
    const before = state(full);
    expect(await open(join(full, 'sub', 'new'), ground.base)).toMatchObject({
      ok: false,
      reason: `The base commit ${ground.base} has no folder sub/new.`,
      remedy: expect.stringContaining('working-directory'),
    });
    expect(state(full)).toEqual(before);
    nothingLeft();
  });
});

describe('notes', () => {
  it('name submodules and files of Git LFS, which are not in the tree', async () => {
    const folder = ground.full(ground.base);
    const files = {
      '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ./x\n',
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
    };
    const commit = commitFiles(folder, files);
    const tree = await opened(folder, commit);
    expect(tree.notes).toEqual([expect.stringMatching(/submodules.*submodule update/), expect.stringMatching(/Git LFS.*git lfs pull/)]);
    await tree.close();
  });
});

describe('refused at once', () => {
  it.each(['main', '--force', `${'a'.repeat(40)}\n`, 'A'.repeat(40)])('%j, which is no commit id', async (commit) => {
    expect(await open(full, commit)).toMatchObject({ ok: false, reason: expect.stringContaining('is no commit id') });
    expect(existsSync(trees)).toBe(false);
  });

  it('a folder that is no checkout, with an archive or without', async () => {
    const folder = join(ground.root, 'bare-folder');
    mkdirSync(folder);
    const downloadTarball = (_: string, file: string) => copyFile(join(ground.root, 'none'), file);
    expect(await open(folder, ground.base, { downloadTarball })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('is not in a git checkout'),
    });
  });

  it('a disk that does not take the tree', async () => {
    const worktrees = join(full, '.git', 'worktrees');
    writeFileSync(worktrees, 'in the way');
    expect(await open(full, ground.base)).toMatchObject({ ok: false, reason: expect.stringContaining('could not make a second tree') });
    rmSync(worktrees);
    nothingLeft();
  });
});
