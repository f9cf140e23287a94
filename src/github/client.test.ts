import { describe, expect, it } from 'vitest';
import { type GitHub, type GitHubOptions, startGitHub } from '../../test/github/server.ts';
import { type ApiRepository, apiFault, lazyClient } from './client.ts';
import { hastyPatience } from './patience.fixture.ts';
import { jobPatience, type Patience } from './request-retry.ts';

/** A repository of the server with one commit, reached by a client that keeps what it waited for. */
async function reach(options: GitHubOptions = {}, patience: Partial<Patience> = {}) {
  const github = await startGitHub(options);
  const commit = github.seed.commit({ branch: 'main', files: { 'a.txt': 'text' } });
  const waits: number[] = [];
  const controller = new AbortController();
  const token = github.token({ contents: 'write' });
  const client = lazyClient({ token, apiUrl: github.apiUrl }, { ...hastyPatience(waits), ...patience });
  const repository: ApiRepository = { client, owner: 'octo', repo: 'project', signal: controller.signal };
  const place = { owner: 'octo', repo: 'project', request: { signal: controller.signal } };
  const read = async () => (await client().rest.git.getCommit({ ...place, commit_sha: commit })).data.sha;
  const write = async () => (await client().rest.git.createBlob({ ...place, content: 'x' })).data.sha;
  return { github, commit, waits, controller, repository, read, write };
}

const ends = (github: GitHub) => {
  expect(github.faults.pending).toEqual([]);
  github.log.assertClean();
  return github.close();
};

describe('a read', () => {
  it.each([
    { kind: 'reset', applied: false },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 502 },
    { kind: 'truncated' },
  ] as const)('is sent again after $kind $status', async (fault) => {
    const { github, commit, read, waits } = await reach();
    github.faults.add({ operation: 'git/get-commit', times: 2, fault });
    expect(await read()).toBe(commit);
    expect(waits).toEqual([0.75, 1.5]);
    await ends(github);
  });

  it('waits as long as it was told', async () => {
    const { github, commit, read, waits } = await reach();
    github.faults.add({ fault: { kind: 'status', status: 503, headers: { 'retry-after': '7' } } });
    github.faults.add({ fault: { kind: 'secondary rate limit', status: 429, retryAfterSeconds: 0 } });
    github.faults.add({ fault: { kind: 'secondary rate limit', retryAfterSeconds: 3 } });
    expect(await read()).toBe(commit);
    expect(waits).toEqual([7, 0, 3]);
    await ends(github);
  });

  it('waits for the hour to end, and a minute where GitHub names no time', async () => {
    const reset = await reach({ now: () => new Date(1_000_000_000) }, { now: () => 1_000_000 });
    reset.github.faults.add({ fault: { kind: 'rate limit', resetSeconds: 20 } });
    expect(await reset.read()).toBe(reset.commit);
    expect(reset.waits).toEqual([21]);
    await ends(reset.github);
    const unnamed = await reach();
    unnamed.github.faults.add({ fault: { kind: 'secondary rate limit' } });
    expect(await unnamed.read()).toBe(unnamed.commit);
    expect(unnamed.waits).toEqual([60]);
    await ends(unnamed.github);
  });

  it('is given up when there is no answer in time', async () => {
    const { github, commit, read, waits } = await reach({}, { answerSeconds: 0.5 });
    github.faults.add({ fault: { kind: 'hang' } });
    expect(await read()).toBe(commit);
    expect(waits).toHaveLength(1);
    await ends(github);
  });

  it('is not sent for ever', async () => {
    const { github, read, repository } = await reach();
    github.faults.add({ times: Number.POSITIVE_INFINITY, fault: { kind: 'status', status: 502 } });
    const fault = await read().catch((error: unknown) => apiFault(error, 'a commit', repository));
    expect(github.log.count('git/get-commit')).toBe(5);
    expect(String(fault)).toContain('could not give a commit of octo/project (502: a page instead of an answer)');
    await ends(github);
  });

  it.each([401, 403, 404, 409, 422])('is not sent again after %d', async (status) => {
    const { github, read, waits } = await reach();
    github.faults.add({ fault: { kind: 'status', status } });
    await expect(read()).rejects.toMatchObject({ status });
    expect(waits).toEqual([]);
    await ends(github);
  });
});

describe('a rate limit of more than a minute', () => {
  it.each([
    [{ kind: 'secondary rate limit', retryAfterSeconds: 61 } as const, 'lifted, in 61 s.'],
    [{ kind: 'rate limit', resetSeconds: 1800 } as const, 'lifted, at 1970-01-12T14:16:40.000Z.'],
  ])('is not waited for: %j', async (fault, remedy) => {
    const { github, read, repository, waits } = await reach({ now: () => new Date(1_000_000_000) }, { now: () => 1_000_000 });
    github.faults.add({ fault });
    const error = await read().catch((thrown: unknown) => apiFault(thrown, 'a commit', repository));
    expect(String(error)).toMatch(/^UserError: GitHub's rate limit was reached at a commit of octo\/project \(403\)/);
    expect(String(error)).toContain(remedy);
    expect(waits).toEqual([]);
    await ends(github);
  });

  it('is not waited for in parts either', async () => {
    const { github, read, waits } = await reach();
    github.faults.add({ times: 2, fault: { kind: 'secondary rate limit', retryAfterSeconds: 40 } });
    await expect(read()).rejects.toThrow(/secondary rate limit/);
    expect(waits).toEqual([40]);
    await ends(github);
  });
});

describe('a write', () => {
  it.each([{ kind: 'reset', applied: true } as const, { kind: 'status', status: 500 } as const])(
    'is not sent twice after $kind',
    async (fault) => {
      const { github, write, waits } = await reach();
      github.faults.add({ operation: 'git/create-blob', fault });
      await expect(write()).rejects.toMatchObject({ status: 500 });
      expect(github.log.count('git/create-blob')).toBe(1);
      expect(waits).toEqual([]);
      await ends(github);
    },
  );

  it('is sent again when a rate limit kept it from being done', async () => {
    const { github, write, waits } = await reach();
    github.faults.add({ operation: 'git/create-blob', fault: { kind: 'secondary rate limit', retryAfterSeconds: 1 } });
    expect(await write()).toMatch(/^[0-9a-f]{40}$/);
    expect(waits).toEqual([1]);
    await ends(github);
  });
});

describe('an abort', () => {
  it('ends a wait of a minute at once, with its reason', async () => {
    const { github, read, repository, controller } = await reach({}, jobPatience);
    github.faults.add({ fault: { kind: 'secondary rate limit', retryAfterSeconds: 60 } });
    const started = performance.now();
    setTimeout(() => controller.abort(new Error('stopped by the user')), 50);
    const error = await read().catch((thrown: unknown) => apiFault(thrown, 'a commit', repository));
    expect(error).toMatchObject({ message: 'stopped by the user' });
    expect(performance.now() - started).toBeLessThan(2000);
    await ends(github);
  });

  it('is no reason to send anything again', async () => {
    const { github, read, controller } = await reach();
    github.faults.add({ fault: { kind: 'hang' } });
    setTimeout(() => controller.abort(new Error('stopped by the user')), 50);
    await expect(read()).rejects.toThrow('stopped by the user');
    expect(github.log.count('git/get-commit')).toBe(1);
    await ends(github);
  });
});

it('reaches a GitHub Enterprise Server', async () => {
  const { github, commit, read } = await reach({ root: '/api/v3' });
  expect(github.apiUrl).toMatch(/\/api\/v3$/);
  expect(await read()).toBe(commit);
  await ends(github);
});
