import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commitFiles, git } from '../../src/sides/repository.fixture.ts';
import { at, clientOf } from './client.fixture.ts';
import { type GitHub, startGitHub } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'github-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Adds a commit to a branch as the git data API is meant to be used; returns its name. */
async function append(github: GitHub, branch: string, path: string, content: string): Promise<string> {
  const { rest } = clientOf(github);
  const parent = (await rest.git.getRef({ ...at, ref: `heads/${branch}` })).data.object.sha;
  const { sha } = (await rest.git.createBlob({ ...at, content: Buffer.from(content).toString('base64'), encoding: 'base64' })).data;
  const tree = (await rest.git.createTree({ ...at, base_tree: parent, tree: [{ path, mode: '100644', type: 'blob', sha }] })).data.sha;
  const commit = (await rest.git.createCommit({ ...at, message: 'x', tree, parents: [parent] })).data.sha;
  await rest.git.updateRef({ ...at, ref: `heads/${branch}`, sha: commit });
  return commit;
}

test('objects have the names that git gives them, and a repository of git can be taken over', async () => {
  await using github = await startGitHub();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  const first = commitFiles(folder, { 'a.txt': 'a', 'a/b.txt': 'b', 'a-b/c.txt': 'c' });
  github.seed.import(folder);
  expect(github.repository.references.current('refs/heads/main')).toBe(first);
  const sha = await append(github, 'main', 'a/new.txt', 'ü');
  const ground = { ...at, tree_sha: sha, recursive: '1' };
  const { tree, sha: root } = (await clientOf(github).rest.git.getTree(ground)).data;
  commitFiles(folder, { 'a/new.txt': 'ü' });
  expect(tree.map(({ path }) => path)).toEqual(['a-b', 'a-b/c.txt', 'a.txt', 'a', 'a/b.txt', 'a/new.txt']);
  expect(github.repository.objects.commit(sha)?.tree).toBe(git(folder, 'rev-parse', 'HEAD^{tree}'));
  expect(root).toBe(sha);
  github.log.assertClean();
});

test('a tree is changed, emptied and cut', async () => {
  await using github = await startGitHub();
  const { rest } = clientOf(github);
  const base = github.seed.commit({ branch: 'main', files: { 'a/b/c.txt': 'c', 'd.txt': 'd' } });
  const file = { mode: '100644', type: 'blob' } as const;
  const changes = [
    { ...file, path: 'a/b/c.txt', sha: null },
    { ...file, path: 'e/f.txt', content: 'f' },
  ];
  const { sha } = (await rest.git.createTree({ ...at, base_tree: base, tree: changes })).data;
  const paths = async () => {
    const { data } = await rest.git.getTree({ ...at, tree_sha: sha, recursive: '1' });
    return { paths: data.tree.map(({ path }) => path), truncated: data.truncated };
  };
  expect(await paths()).toEqual({ paths: ['d.txt', 'e', 'e/f.txt'], truncated: false });
  github.repository.treeLimit = 2;
  expect(await paths()).toEqual({ paths: ['d.txt', 'e'], truncated: true });
  const wrong = rest.git.createTree({ ...at, tree: [{ ...file, path: 'x', sha: 'a'.repeat(40) }] });
  await expect(wrong).rejects.toMatchObject({ status: 422 });
  github.log.assertClean();
});

test('a reference moves forward only, and is made once', async () => {
  await using github = await startGitHub();
  const { rest } = clientOf(github);
  await expect(rest.git.getRef({ ...at, ref: 'heads/main' })).rejects.toMatchObject({
    status: 409,
    message: expect.stringMatching(/^Git Repository is empty\./),
  });
  const first = github.seed.commit({ branch: 'main' });
  const ref = 'heads/main';
  const second = await append(github, 'main', 'a.txt', 'a');
  await expect(rest.git.updateRef({ ...at, ref, sha: first })).rejects.toMatchObject({
    status: 422,
    message: expect.stringMatching(/^Update is not a fast forward/),
  });
  await expect(rest.git.updateRef({ ...at, ref, sha: 'a'.repeat(40) })).rejects.toMatchObject({
    status: 422,
    message: expect.stringMatching(/^Object does not/),
  });
  await expect(rest.git.updateRef({ ...at, ref: 'heads/x', sha: first })).rejects.toMatchObject({
    message: expect.stringMatching(/^Reference does not exist/),
  });
  await expect(rest.git.createRef({ ...at, ref: `refs/${ref}`, sha: second })).rejects.toMatchObject({
    message: expect.stringMatching(/^Reference already exists/),
  });
  expect(github.repository.references.current(`refs/${ref}`)).toBe(second);
  await rest.git.updateRef({ ...at, ref, sha: first, force: true });
  await rest.git.createRef({ ...at, ref: 'refs/heads/other', sha: second });
  const names = async () => (await rest.git.listMatchingRefs({ ...at, ref: 'heads/' })).data.map((one) => [one.ref, one.object.sha]);
  expect(await names()).toEqual([
    ['refs/heads/main', first],
    ['refs/heads/other', second],
  ]);
  await rest.git.deleteRef({ ...at, ref: 'heads/other' });
  await expect(rest.git.getRef({ ...at, ref: 'heads/other' })).rejects.toMatchObject({ status: 404 });
  github.log.assertClean();
});

test('of eight that write at once one wins each round, and nothing is lost when the others come again', async () => {
  await using github = await startGitHub();
  github.seed.commit({ branch: 'main' });
  const write = async (writer: number): Promise<number> => {
    for (let losses = 0; ; losses += 1) {
      try {
        await append(github, 'main', `${writer}.txt`, `${writer}`);
        return losses;
      } catch (error) {
        expect(error).toMatchObject({ status: 422, message: expect.stringMatching(/^Update is not a fast forward/) });
      }
    }
  };
  const losses = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(write));
  expect(losses.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(0);
  const files = github.repository.objects.tree(github.repository.references.current('refs/heads/main') ?? '');
  expect(files?.map(({ name }) => name)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'].map((name) => `${name}.txt`));
  github.log.assertClean();
});

test('a read soon after a write may tell the past', async () => {
  await using github = await startGitHub();
  const { rest } = clientOf(github);
  const first = github.seed.commit({ branch: 'main' });
  github.repository.references.lag = 1;
  const second = await append(github, 'main', 'a.txt', 'a');
  const told = async () => (await rest.git.getRef({ ...at, ref: 'heads/main' })).data.object.sha;
  expect([await told(), await told()]).toEqual([first, second]);
  expect(github.repository.fileText('main', 'a.txt')).toBe('a');
  github.log.assertClean();
});
