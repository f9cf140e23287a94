import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { at, clientOf, everything } from './client.fixture.ts';
import { type GitHub, startGitHub } from './server.ts';

/** Two branches that left each other at `fork`: one commit on main, two on feature. */
function diverged(github: GitHub) {
  let minute = 0;
  const commit = (branch: string, files: Record<string, string | null>, parents?: readonly string[]) => {
    minute += 1;
    const date = new Date(Date.UTC(2026, 0, 1, 0, minute));
    return github.seed.commit({ branch, files, date, ...(parents === undefined ? {} : { parents }) });
  };
  const first = commit('main', { 'a.txt': 'a\n', 'gone.txt': 'x' });
  const fork = commit('main', { 'sub/b.txt': 'b\n' });
  const one = commit('feature', { 'a.txt': 'a\nmore\n' }, [fork]);
  const main = commit('main', { 'main.txt': 'm' });
  const two = commit('feature', { 'gone.txt': null, 'new.txt': 'n' });
  return { first, fork, one, main, two };
}

test('two branches are compared from where they left each other', async () => {
  await using github = await startGitHub();
  const { fork, one, two } = diverged(github);
  const other = github.seed.commit({ branch: 'unrelated', parents: [], files: {} });
  const { rest } = clientOf(github);
  const compare = async (basehead: string, page = {}) => (await rest.repos.compareCommitsWithBasehead({ ...at, basehead, ...page })).data;
  const { files, commits, ...rest1 } = await compare('main...feature');
  expect(rest1).toMatchObject({ status: 'diverged', ahead_by: 2, behind_by: 1, total_commits: 2, merge_base_commit: { sha: fork } });
  expect(commits.map(({ sha }) => sha)).toEqual([one, two]);
  expect(files?.map(({ filename, status }) => `${status} ${filename}`)).toEqual(['modified a.txt', 'removed gone.txt', 'added new.txt']);
  expect(await compare('main...feature', { per_page: 1, page: 2 })).toMatchObject({ commits: [{ sha: two }], files: [] });
  expect((await compare(`${fork}...feature`)).status).toBe('ahead');
  expect((await compare(`feature...${fork}`)).status).toBe('behind');
  expect((await compare('main...main')).status).toBe('identical');
  await expect(compare(`main...${other}`)).rejects.toMatchObject({
    status: 404,
    message: expect.stringMatching(/^No common ancestor between/),
  });
  await expect(compare('main...nowhere')).rejects.toMatchObject({ status: 404 });
  github.log.assertClean();
});

test('commits are listed from a branch, by path and in pages', async () => {
  await using github = await startGitHub();
  const { first, fork, one, main, two } = diverged(github);
  const client = clientOf(github);
  const list = async (query: object) => (await client.paginate(client.rest.repos.listCommits, { ...at, ...query })).map(({ sha }) => sha);
  expect(await list({})).toEqual([main, fork, first]);
  expect(await list({ sha: 'feature', per_page: 1 })).toEqual([two, one, fork, first]);
  expect(await list({ sha: 'feature', path: 'a.txt' })).toEqual([one, first]);
  expect((await client.rest.repos.getCommit({ ...at, ref: two.slice(0, 8) })).data).toMatchObject({ sha: two, stats: { additions: 1 } });
  await expect(client.rest.repos.getCommit({ ...at, ref: 'nowhere' })).rejects.toMatchObject({ status: 422 });
  github.log.assertClean();
});

test('contents come as a document, a list or bytes', async () => {
  await using github = await startGitHub();
  diverged(github);
  const { rest } = clientOf(github);
  const get = async (path: string, ref = 'main') => (await rest.repos.getContent({ ...at, path, ref })).data;
  expect(await get('sub/b.txt')).toMatchObject({ type: 'file', path: 'sub/b.txt', content: 'Ygo=\n', encoding: 'base64', size: 2 });
  expect(await get('')).toMatchObject([{ path: 'a.txt' }, { path: 'gone.txt' }, { path: 'main.txt' }, { path: 'sub', type: 'dir' }]);
  expect(await get('sub')).toMatchObject([{ path: 'sub/b.txt', name: 'b.txt' }]);
  const raw = await rest.repos.getContent({ ...at, path: 'a.txt', ref: 'feature', mediaType: { format: 'raw' } });
  expect(raw.data).toBe('a\nmore\n');
  github.seed.commit({ branch: 'main', files: { 'large.bin': 'x'.repeat(1024 ** 2 + 1) } });
  expect(await get('large.bin')).toMatchObject({ content: '', encoding: 'none' });
  await expect(get('missing.txt')).rejects.toMatchObject({ status: 404 });
  await expect(get('a.txt', 'nowhere')).rejects.toMatchObject({ status: 404 });
  github.log.assertClean();
});

test('an archive and an artifact come from a host that is shown no token', async () => {
  await using github = await startGitHub();
  const { one } = diverged(github);
  const run = github.seed.workflowRun({ head: { owner: 'octo', branch: 'feature', sha: one } });
  const artifact = github.seed.artifact(run, 'results', Buffer.from('a zip file'));
  const expired = github.seed.artifact(run, 'old', Buffer.alloc(0), true);
  const { rest } = clientOf(github);
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  const { data, url } = await rest.repos.downloadTarballArchive({ ...at, ref: 'feature' });
  expect(new URL(url).host).not.toBe(new URL(github.apiUrl).host);
  writeFileSync(join(folder, 'archive.tar.gz'), Buffer.from(data as ArrayBuffer));
  execFileSync('tar', ['-xzf', 'archive.tar.gz'], { cwd: folder });
  const [top = ''] = readdirSync(folder).filter((name) => name.startsWith('octo-project-'));
  expect(readFileSync(join(folder, top, 'a.txt'), 'utf8')).toBe('a\nmore\n');
  rmSync(folder, { recursive: true });
  expect((await rest.actions.listWorkflowRunArtifacts({ ...at, run_id: run, name: 'results' })).data.artifacts).toMatchObject([
    { id: artifact },
  ]);
  const zip = await rest.actions.downloadArtifact({ ...at, artifact_id: artifact, archive_format: 'zip' });
  expect(Buffer.from(zip.data as ArrayBuffer).toString()).toBe('a zip file');
  const late = rest.actions.downloadArtifact({ ...at, artifact_id: expired, archive_format: 'zip' });
  await expect(late).rejects.toMatchObject({ status: 410 });
  github.log.assertClean();
  await fetch(zip.url, { headers: { authorization: 'Bearer x' } });
  expect(() => github.log.assertClean()).toThrow('a token was shown');
});

test('a pull request of a fork is found by its commit and branch, and is not told by its workflow run', async () => {
  await using github = await startGitHub();
  const { fork, main } = diverged(github);
  const head = github.seed.commit({ branch: 'someone:patch', parents: [fork], files: { 'a.txt': 'theirs' } });
  const number = github.seed.pullRequest({ head: 'someone:patch' });
  const run = github.seed.workflowRun({ head: { owner: 'someone', branch: 'patch', sha: head } });
  const { rest } = clientOf(github);
  const workflowRun = (await rest.actions.getWorkflowRun({ ...at, run_id: run })).data;
  expect(workflowRun).toMatchObject({ pull_requests: [], head_sha: head, head_repository: { full_name: 'someone/project' } });
  expect((await rest.pulls.list({ ...at, head: 'someone:patch' })).data).toMatchObject([{ number, head: { sha: head } }]);
  expect((await rest.pulls.list({ ...at, head: 'octo:patch' })).data).toEqual([]);
  const { data: pull } = await rest.pulls.get({ ...at, pull_number: number });
  expect(pull).toMatchObject({ head: { repo: { fork: true } }, base: { sha: main, ref: 'main' }, state: 'open', mergeable: true });
  const merge = github.repository.references.current(`refs/pull/${number}/merge`) ?? '';
  expect(pull.merge_commit_sha).toBe(merge);
  expect(['a.txt', 'main.txt'].map((path) => github.repository.fileText(merge, path))).toEqual(['theirs', 'm']);
  github.log.assertClean();
});

test('a pull request follows its branch until it is merged, and its commits lead to it', async () => {
  await using github = await startGitHub();
  const { two, main } = diverged(github);
  const number = github.seed.pullRequest({ head: 'feature' });
  const { rest } = clientOf(github, everything);
  const numbersOf = async (sha: string) =>
    (await rest.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: sha })).data.map((pull) => pull.number);
  expect([await numbersOf(two), await numbersOf(main)]).toEqual([[number], []]);
  const three = github.seed.commit({ branch: 'feature', files: { 'three.txt': '3' } });
  expect((await rest.pulls.get({ ...at, pull_number: number })).data.head.sha).toBe(three);
  const squashed = github.seed.merge(number, 'squash');
  github.seed.commit({ branch: 'feature' });
  expect((await rest.pulls.get({ ...at, pull_number: number })).data).toMatchObject({
    merged: true,
    state: 'closed',
    head: { sha: three },
  });
  expect(github.repository.references.current('refs/heads/main')).toBe(squashed);
  expect([await numbersOf(squashed), await numbersOf(three)]).toEqual([[number], [number]]);
  expect((await rest.pulls.list(at)).data).toEqual([]);
  expect((await rest.pulls.list({ ...at, state: 'closed' })).data).toMatchObject([{ number }]);
  github.log.assertClean();
});
