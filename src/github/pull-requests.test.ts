import { describe, expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../../test/github/server.ts';
import { type ApiRepository, lazyClient } from './client.ts';
import { hastyPatience } from './patience.fixture.ts';
import { mergedPullRequests, pullRequestOfRun } from './pull-requests.ts';
import type { TriggeringRun } from './workflow-run.ts';

async function stage() {
  const github = await startGitHub();
  const base = github.seed.commit({ branch: 'main', files: { 'a.py': '1' } });
  const client = lazyClient({ token: github.token({ contents: 'read', pull_requests: 'read' }), apiUrl: github.apiUrl }, hastyPatience());
  const repository: ApiRepository = { client, owner: 'Octo', repo: 'project', signal: new AbortController().signal };
  return { github, base, repository };
}

const runOf = (owner: string, branch: string, headSha: string): TriggeringRun => ({
  ...{ id: 9, attempt: 1, event: 'pull_request', headSha, headBranch: branch, headRepository: `${owner}/project` },
});

const push = ({ seed }: GitHub, branch: string, base: string, text = branch) =>
  seed.commit({ branch, parents: [base], files: { 'a.py': text } });

describe('pullRequestOfRun', () => {
  it.each([
    ['of the repository itself', 'octo', 'feature', 'feature'],
    ['of a fork', 'someone', 'patch', 'someone:patch'],
  ])('finds the pull request of a branch %s', async (_, owner, branch, name) => {
    const { github, base, repository } = await stage();
    push(github, 'decoy', base);
    github.seed.pullRequest({ head: 'decoy' });
    const head = push(github, name, base);
    const number = github.seed.pullRequest({ head: name });
    expect(await pullRequestOfRun(repository, runOf(owner, branch, head))).toEqual({
      kind: 'found',
      pullRequest: { number, headSha: head },
    });
    github.log.assertClean();
    await github.close();
  });

  it('finds one of a fork whose commits GitHub does not know by the first call', async () => {
    const { github, base, repository } = await stage();
    const head = push(github, 'someone:patch', base);
    const number = github.seed.pullRequest({ head: 'someone:patch' });
    for (const status of [422, 404]) {
      github.faults.add({ operation: 'repos/list-pull-requests-associated-with-commit', fault: { kind: 'status', status } });
      expect(await pullRequestOfRun(repository, runOf('someone', 'patch', head))).toMatchObject({ kind: 'found', pullRequest: { number } });
    }
    expect(github.faults.pending).toEqual([]);
    await github.close();
  });

  it('finds none that was pushed to since, closed, or that another fork claims', async () => {
    const { github, base, repository } = await stage();
    const head = push(github, 'someone:patch', base);
    const number = github.seed.pullRequest({ head: 'someone:patch' });
    const none = { kind: 'none', reason: expect.stringContaining('No open pull request') };
    expect(await pullRequestOfRun(repository, runOf('mallory', 'patch', 'f'.repeat(40)))).toEqual(none);
    expect(
      await pullRequestOfRun(repository, { ...runOf('someone', 'patch', 'f'.repeat(40)), headRepository: null, headBranch: null }),
    ).toEqual(none);
    const newer = push(github, 'someone:patch', head, 'newer');
    expect(await pullRequestOfRun(repository, runOf('someone', 'patch', head))).toEqual(none);
    github.seed.close(number);
    expect(await pullRequestOfRun(repository, runOf('someone', 'patch', newer))).toEqual(none);
    await github.close();
  });

  it('takes none of two for the one that was measured', async () => {
    const { github, base, repository } = await stage();
    github.seed.branch('release', base);
    const head = push(github, 'feature', base);
    github.seed.pullRequest({ head: 'feature' });
    github.seed.pullRequest({ head: 'feature', base: 'release' });
    expect(await pullRequestOfRun(repository, runOf('octo', 'feature', head))).toMatchObject({
      kind: 'none',
      reason: expect.stringMatching(/#\d and #\d/),
    });
    await github.close();
  });
});

describe('mergedPullRequests', () => {
  it('finds what became the pushed commits, each once, and nothing of another branch', async () => {
    const { github, base, repository } = await stage();
    const heads = ['one', 'two'].map((branch) => push(github, branch, base));
    const numbers = ['one', 'two'].map((head) => github.seed.pullRequest({ head }));
    const commits = numbers.map((number) => github.seed.merge(number, 'squash'));
    const found = await mergedPullRequests(repository, [...commits, ...heads].toReversed(), 'main');
    expect(found.map(({ number, headSha, commit }) => ({ number, headSha, commit })).toSorted((a, b) => a.number - b.number)).toEqual(
      numbers.map((number, index) => ({ number, headSha: heads[index], commit: commits[index] })),
    );
    expect(await mergedPullRequests(repository, commits, 'release')).toEqual([]);
    expect(await mergedPullRequests(repository, [base], 'main')).toEqual([]);
    github.log.assertClean();
    await github.close();
  });
});
