import { expect, test } from 'vitest';
import { at, clientOf } from './client.fixture.ts';
import { startGitHub } from './server.ts';

test('what a token may not do is a 403 that names the permission', async () => {
  await using github = await startGitHub();
  const sha = github.seed.commit({ branch: 'main' });
  github.seed.commit({ branch: 'feature', parents: [sha] });
  github.seed.pullRequest({ head: 'feature' });
  const { rest } = clientOf(github, { contents: 'read', checks: 'read' });
  const denied = (permissions: string) => ({
    status: 403,
    message: expect.stringMatching(/^Resource not accessible by integration/),
    response: { headers: { 'x-accepted-github-permissions': permissions } },
  });
  await rest.git.getRef({ ...at, ref: 'heads/main' });
  await expect(rest.git.createBlob({ ...at, content: '' })).rejects.toMatchObject(denied('contents=write'));
  await expect(rest.checks.create({ ...at, name: 'x', head_sha: sha })).rejects.toMatchObject(denied('checks=write'));
  const comment = rest.issues.createComment({ ...at, issue_number: 1, body: 'x' });
  await expect(comment).rejects.toMatchObject(denied('issues=write; pull_requests=write'));
  const pulls = rest.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: sha });
  await expect(pulls).rejects.toMatchObject(denied('contents=read,pull_requests=read'));
  const either = clientOf(github, { pull_requests: 'write' });
  await either.rest.issues.createComment({ ...at, issue_number: 1, body: 'x' });
  github.log.assertClean();
});

test('without a token the public is read only, and the private is not there', async () => {
  await using secret = await startGitHub();
  await using open = await startGitHub({ isPublic: true });
  open.seed.commit({ branch: 'main' });
  const status = async (apiUrl: string, path: string, init: RequestInit = {}) => (await fetch(`${apiUrl}/repos/${path}`, init)).status;
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"content":""}' };
  expect(await status(secret.apiUrl, 'octo/project')).toBe(404);
  expect(await status(open.apiUrl, 'octo/project')).toBe(200);
  expect(await status(open.apiUrl, 'octo/other')).toBe(404);
  expect(await status(open.apiUrl, 'octo/project/git/blobs', post)).toBe(401);
  expect(await status(open.apiUrl, 'octo/project', { headers: { authorization: 'Bearer unknown' } })).toBe(401);
  expect(open.log.requests.map(({ authorized }) => authorized)).toEqual([false, false, false, true]);
  open.log.assertClean();
});

test('the token of a job is an app and no user; only an app writes check runs', async () => {
  await using github = await startGitHub();
  const sha = github.seed.commit({ branch: 'main' });
  const [job, person, other] = [
    clientOf(github),
    clientOf(github, { checks: 'write' }, 'someone'),
    clientOf(github, { checks: 'write' }, 'x[bot]'),
  ];
  await expect(job.rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
  expect((await person.rest.users.getAuthenticated()).data.login).toBe('someone');
  await expect(person.rest.checks.create({ ...at, name: 'x', head_sha: sha })).rejects.toMatchObject({ status: 403 });
  const { id, app } = (await job.rest.checks.create({ ...at, name: 'x', head_sha: sha })).data;
  expect(app?.slug).toBe('github-actions');
  await expect(other.rest.checks.update({ ...at, check_run_id: id, status: 'in_progress' })).rejects.toMatchObject({ status: 403 });
  github.log.assertClean();
});

test('roles are told as GitHub tells them', async () => {
  await using github = await startGitHub();
  github.seed.role('keeper', 'maintain');
  const { rest } = clientOf(github, {});
  const roleOf = async (username: string) => {
    const { permission, role_name: role } = (await rest.repos.getCollaboratorPermissionLevel({ ...at, username })).data;
    return { permission, role };
  };
  expect(await roleOf('keeper')).toEqual({ permission: 'write', role: 'maintain' });
  expect(await roleOf('stranger')).toEqual({ permission: 'none', role: 'none' });
  github.log.assertClean();
});

test('a token is found wherever it was stored or sent', async () => {
  await using github = await startGitHub();
  github.seed.commit({ branch: 'main' });
  github.seed.commit({ branch: 'feature' });
  github.seed.pullRequest({ head: 'feature' });
  const { rest } = clientOf(github);
  const texts = () => [github.repository.storedText, github.log.text].map((text) => text.includes('canary'));
  await rest.issues.createComment({ ...at, issue_number: 1, body: 'nothing' });
  expect(texts()).toEqual([false, false]);
  await rest.git.createBlob({ ...at, content: Buffer.from('a canary').toString('base64'), encoding: 'base64' });
  expect(texts()).toEqual([true, false]);
  await rest.issues.updateComment({ ...at, comment_id: 0, body: 'a canary' }).catch(() => {});
  expect(texts()).toEqual([true, true]);
});
