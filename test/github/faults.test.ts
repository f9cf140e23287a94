import { expect, test } from 'vitest';
import { at, clientOf } from './client.fixture.ts';
import type { Fault } from './faults.ts';
import { type GitHub, startGitHub } from './server.ts';

/** A pull request that can be commented on, and the call that does it. */
async function conversation(github: GitHub) {
  const base = github.seed.commit({ branch: 'main' });
  github.seed.commit({ branch: 'feature', parents: [base] });
  const issue = github.seed.pullRequest({ head: 'feature' });
  const { rest } = clientOf(github);
  const comment = (timeout = 10_000) =>
    rest.issues.createComment({ ...at, issue_number: issue, body: 'x', request: { signal: AbortSignal.timeout(timeout) } });
  return { comment, written: () => github.repository.comments.all.length };
}

const operation = 'issues/create-comment';

test.for<[Fault, object, number]>([
  [{ kind: 'status', status: 500 }, { status: 500 }, 0],
  [{ kind: 'status', status: 502 }, { status: 502 }, 0],
  [{ kind: 'status', status: 500, applied: true }, { status: 500 }, 1],
  [{ kind: 'status', status: 429, headers: { 'retry-after': '7' } }, { status: 429, response: { headers: { 'retry-after': '7' } } }, 0],
  [{ kind: 'rate limit', resetSeconds: 60 }, { status: 403, response: { headers: { 'x-ratelimit-remaining': '0' } } }, 0],
  [{ kind: 'secondary rate limit' }, { status: 403, message: expect.stringMatching(/^You have exceeded a secondary rate limit/) }, 0],
  [{ kind: 'secondary rate limit', status: 429, retryAfterSeconds: 3 }, { response: { headers: { 'retry-after': '3' } } }, 0],
  [{ kind: 'reset', applied: false }, { status: 500, message: expect.stringMatching(/ECONNRESET|other side closed/) }, 0],
  [{ kind: 'reset', applied: true }, { status: 500, message: expect.stringMatching(/ECONNRESET|other side closed/) }, 1],
])('%j is what the caller sees, once', async ([fault, error, written]) => {
  await using github = await startGitHub();
  const ground = await conversation(github);
  github.faults.add({ operation, fault });
  await expect(ground.comment()).rejects.toMatchObject(error);
  expect(ground.written()).toBe(written);
  await ground.comment();
  expect(ground.written()).toBe(written + 1);
  expect(github.faults.pending).toEqual([]);
  github.log.assertClean();
});

test('an answer may be cut in the middle after its write', async () => {
  await using github = await startGitHub();
  const ground = await conversation(github);
  github.faults.add({ operation, fault: { kind: 'truncated' } });
  const { data } = await ground.comment();
  // The client hands out what it cannot parse as text.
  expect(data).toEqual(expect.stringMatching(/^\{"id":/));
  expect(() => JSON.parse(String(data))).toThrow();
  expect(ground.written()).toBe(1);
});

test('an answer may be slow or never come', async () => {
  await using github = await startGitHub();
  const ground = await conversation(github);
  github.faults.add({ operation, fault: { kind: 'slow', milliseconds: 100 } });
  const start = performance.now();
  await ground.comment();
  expect(performance.now() - start).toBeGreaterThanOrEqual(100);
  github.faults.add({ operation, fault: { kind: 'hang' } });
  github.faults.add({ operation, fault: { kind: 'hang', applied: true } });
  for (const written of [1, 2]) {
    await expect(ground.comment(100)).rejects.toThrow(/timeout|aborted/i);
    expect(ground.written()).toBe(written);
  }
});

test('a rule chooses by method, path and count', async () => {
  await using github = await startGitHub();
  github.seed.commit({ branch: 'main' });
  const fault = { kind: 'status', status: 503 } as const;
  github.faults.add({ method: 'GET', path: /\/git\/ref\/heads(%2F|\/)main$/, after: 1, times: 2, fault });
  github.faults.add({ method: 'DELETE', fault });
  const { rest } = clientOf(github);
  const status = (ref: string) =>
    rest.git.getRef({ ...at, ref }).then(
      (answer) => answer.status,
      (error) => error.status,
    );
  const statuses: number[] = [];
  for (const ref of ['heads/main', 'heads/other', 'heads/main', 'heads/main', 'heads/main']) statuses.push(await status(ref));
  expect(statuses).toEqual([200, 404, 503, 503, 200]);
  expect(github.faults.pending).toMatchObject([{ method: 'DELETE' }]);
  github.faults.clear();
  expect(github.faults.pending).toEqual([]);
  github.log.assertClean();
});

test('a wrong request is a violation even where a fault befalls it', async () => {
  await using github = await startGitHub();
  github.faults.add({ fault: { kind: 'status', status: 500 } });
  await clientOf(github)
    .request('POST /repos/octo/project/git/blobs', { encoding: 'utf-8' })
    .catch(() => {});
  expect(github.log.violations).toMatchObject([{ side: 'request' }]);
});
