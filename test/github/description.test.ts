import { expect, test } from 'vitest';
import { at, clientOf } from './client.fixture.ts';
import { startGitHub } from './server.ts';

test('a wrong body is refused as GitHub does and kept as a violation', async () => {
  await using github = await startGitHub();
  github.seed.commit({ branch: 'main' });
  const refused = clientOf(github).request('POST /repos/octo/project/git/blobs', { encoding: 'utf-8' });
  await expect(refused).rejects.toMatchObject({ status: 422, message: expect.stringContaining('content') });
  expect(github.log.violations).toMatchObject([{ side: 'request', request: 'POST /repos/octo/project/git/blobs' }]);
  expect(() => github.log.assertClean()).toThrow(/request of POST .*content/s);
});

test('a body that is no JSON is a 400, an unknown parameter or call a violation', async () => {
  await using github = await startGitHub();
  github.seed.commit({ branch: 'main' });
  const headers = { authorization: `Bearer ${github.token({ contents: 'write' })}`, 'content-type': 'application/json' };
  const send = (path: string, init: RequestInit = {}) => fetch(`${github.apiUrl}${path}`, { headers, ...init });
  expect((await send('/repos/octo/project/git/blobs', { method: 'POST', body: '{"content":' })).status).toBe(400);
  expect((await send('/repos/octo/project/commits?per_pag=1')).status).toBe(422);
  expect((await send('/repos/octo/project/stargazers')).status).toBe(404);
  expect(github.log.violations.map(({ request }) => request)).toEqual([
    'POST /repos/octo/project/git/blobs',
    'GET /repos/octo/project/commits?per_pag=1',
    'GET /repos/octo/project/stargazers',
  ]);
});

test('a field that GitHub would ignore is taken, and a violation', async () => {
  await using github = await startGitHub();
  const sha = github.seed.commit({ branch: 'main' });
  await clientOf(github).request('POST /repos/octo/project/check-runs', { name: 'x', head_sha: sha, detail_url: 'https://example.org' });
  expect(github.log.violations).toMatchObject([{ side: 'request', faults: ['/requestBody/detail_url is not in the description'] }]);
});

test('a wrong answer is kept as a violation', async () => {
  const handlers = {
    'git/get-ref': () => ({ status: 200, body: { ref: 1, node_id: '', url: '', object: { type: '', sha: '', url: '' } } }),
    'git/get-commit': () => ({ status: 207, body: {} }),
  };
  await using github = await startGitHub({ handlers });
  const client = clientOf(github);
  await client.rest.git.getRef({ ...at, ref: 'heads/main' });
  await client.rest.git.getCommit({ ...at, commit_sha: 'a'.repeat(40) });
  expect(github.log.violations).toMatchObject([
    { side: 'answer', faults: [expect.stringContaining('/ref must be string')] },
    { side: 'answer', faults: ['git/get-commit never answers 207'] },
  ]);
});

test('a fault of the server itself is loud', async () => {
  const handlers = {
    'rate-limit/get': () => {
      throw new Error('a slip');
    },
  };
  await using github = await startGitHub({ handlers });
  await expect(clientOf(github).rest.rateLimit.get()).rejects.toMatchObject({ status: 599, message: expect.stringContaining('a slip') });
  expect(() => github.log.assertClean()).toThrow('a slip');
});

test('a reference is understood encoded and with its slashes', async () => {
  await using github = await startGitHub({ root: '/api/v3' });
  const sha = github.seed.commit({ branch: 'a/b', files: { 'folder/file.txt': 'text' } });
  const client = clientOf(github);
  expect((await client.rest.git.getRef({ ...at, ref: 'heads/a/b' })).data).toMatchObject({ ref: 'refs/heads/a/b', object: { sha } });
  const answers = ['git/ref/heads/a/b', 'contents/folder/file.txt?ref=a/b', 'contents?ref=a%2Fb', 'compare/a/b...a/b'].map(async (path) => {
    const { status } = await client.request(`GET /repos/octo/project/${path}`);
    return status;
  });
  expect(await Promise.all(answers)).toEqual([200, 200, 200, 200]);
  expect((await client.rest.repos.get(at)).data.url).toBe(`${github.apiUrl}/repos/octo/project`);
  github.log.assertClean();
});

test('it is ready within half a second', async () => {
  const start = performance.now();
  await using github = await startGitHub();
  expect(performance.now() - start).toBeLessThan(500);
  expect(github.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});
