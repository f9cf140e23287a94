import { describe, expect, it } from 'vitest';
import { type EventSource, refuseForeignCode, workflowContext } from './context.ts';
import { refuseOtherCommits } from './workflow-run.ts';

const sha = (digit: string) => digit.repeat(40);
const repository = { default_branch: 'main', full_name: 'octo/project' };

/** Through JSON, as the payload of an event comes: it may hold anything. */
function read(eventName: string, payload: object = {}, more: Partial<EventSource> = {}) {
  const source = { eventName, sha: sha('b'), ref: 'refs/heads/main', runId: 7, runAttempt: 2, job: 'measure', action: 'step' };
  const parsed = JSON.parse(JSON.stringify({ repository, ...payload }));
  return workflowContext({ ...source, serverUrl: 'https://github.com', payload: parsed, ...more }, 'octo/project');
}

const pullRequest = (from: string | null) => ({
  pull_request: {
    number: 5,
    head: { sha: sha('c'), repo: from === null ? null : { full_name: from } },
    base: { sha: sha('a'), repo: { full_name: 'octo/project' } },
  },
});

const workflowRun = {
  ...{ id: 99, run_attempt: 3, event: 'pull_request', head_sha: sha('d'), head_branch: 'patch' },
  head_repository: { full_name: 'someone/project' },
};

describe('the context of an event', () => {
  it.each([
    ['octo/project', false],
    ['someone/project', true],
    [null, true],
  ])('knows whether a pull request of %s is from a fork', (from, fromFork) => {
    expect(read('pull_request', pullRequest(from))).toMatchObject({
      ...{ eventName: 'pull_request', commit: sha('c'), run: { id: 7, attempt: 2 }, trigger: null, storesBaseline: false, pushed: [] },
      pullRequest: { number: 5, baseSha: sha('a'), headSha: sha('c'), fromFork },
      ...{ runId: '7-2-measure-step', runUrl: 'https://github.com/octo/project/actions/runs/7' },
    });
  });

  it('takes the number of a pull request from its own events only', () => {
    expect(read('pull_request_review', pullRequest('octo/project')).pullRequest).toMatchObject({ number: null, headSha: sha('c') });
    expect(read('pull_request', { pull_request: { ...pullRequest('x/y').pull_request, number: '5' } }).pullRequest?.number).toBeNull();
  });

  it('reports for the head and the number of the run that a workflow_run event is about', () => {
    const context = read('workflow_run', { workflow_run: workflowRun });
    expect(context).toMatchObject({ commit: sha('d'), run: { id: 99, attempt: 3 }, runId: '7-2-measure-step', storesBaseline: false });
    expect(context.trigger).toEqual({
      ...{ id: 99, attempt: 3, event: 'pull_request', headSha: sha('d'), headBranch: 'patch', headRepository: 'someone/project' },
    });
    expect(read('workflow_run', { workflow_run: { ...workflowRun, head_repository: null, head_branch: null } }).trigger).toMatchObject({
      headRepository: null,
    });
  });

  it.each([undefined, {}, { ...workflowRun, head_sha: 'main' }, { ...workflowRun, run_attempt: 0 }])(
    'refuses a workflow_run payload of %j',
    (given) => {
      expect(() => read('workflow_run', { workflow_run: given })).toThrow(/does not say which run.*types: \[completed\]/);
    },
  );

  it('lists all that a push to the default branch brought, the newest first', () => {
    const commits = Array.from({ length: 2000 }, (_, index) => ({ id: index.toString(16).padStart(40, '0') }));
    const { pushed } = read('push', { commits: [...commits, { id: sha('b') }, { id: 'no commit' }, null] });
    expect(pushed).toEqual([sha('b'), ...commits.map(({ id }) => id).toReversed()]);
    expect(read('push', { commits }, { ref: 'refs/heads/other' }).pushed).toEqual([]);
    expect(read('schedule', { commits }).pushed).toEqual([]);
    expect(read('push', {}).pushed).toEqual([sha('b')]);
  });

  it('knows no commit, no default branch and no attempt where there is none', () => {
    expect(read('push', { repository: undefined }, { sha: 'x', runAttempt: Number.NaN })).toMatchObject({
      commit: null,
      defaultBranch: null,
      run: { attempt: 1 },
    });
  });

  it.each([
    ['push', 'refs/heads/main', true],
    ['schedule', 'refs/heads/main', true],
    ['workflow_dispatch', 'refs/heads/main', true],
    ['push', 'refs/heads/other', false],
    ['pull_request', 'refs/heads/main', false],
    ['merge_group', 'refs/heads/main', false],
    ['pull_request_target', 'refs/heads/main', false],
  ])('of %s on %s may store a baseline: %s', (eventName, ref, storesBaseline) => {
    expect(read(eventName, {}, { ref }).storesBaseline).toBe(storesBaseline);
  });

  it('knows what a merge group was put on, and which pull request it ends with', () => {
    const group = (ref: string) => read('merge_group', { merge_group: { base_sha: sha('e'), head_ref: ref } });
    const queued = group(`refs/heads/gh-readonly-queue/release/pr-1-x/pr-17-${sha('e')}`);
    expect(queued).toMatchObject({ mergeGroupBase: sha('e'), mergeGroupPullRequest: 17, commit: sha('b'), pullRequest: null });
    expect(group('refs/heads/pr-17').mergeGroupPullRequest).toBeNull();
    expect(read('push').mergeGroupPullRequest).toBeNull();
  });
});

describe('refuseForeignCode', () => {
  it.each(['pull_request_target', 'workflow_run'])('runs nothing under %s, and reports there', (eventName) => {
    for (const mode of ['all', 'plan', 'measure'] as const) {
      expect(() => refuseForeignCode(eventName, mode)).toThrow(
        new RegExp(`"mode: ${mode}" would run code .*"${eventName}".*docs/security.md`),
      );
    }
    expect(() => refuseForeignCode(eventName, 'report')).not.toThrow();
  });

  it.each(['pull_request', 'push', 'schedule', 'workflow_dispatch', 'merge_group'])('lets %s measure', (eventName) => {
    for (const mode of ['all', 'plan', 'measure', 'report'] as const) expect(() => refuseForeignCode(eventName, mode)).not.toThrow();
  });
});

describe('refuseOtherCommits', () => {
  const run = { id: 99, headSha: sha('d'), attempt: 1, event: 'pull_request', headBranch: null, headRepository: null };

  it('takes results of the commit of the run, and of no other', () => {
    expect(() => refuseOtherCommits([sha('d'), sha('d')], run)).not.toThrow();
    expect(() => refuseOtherCommits([sha('d'), sha('e')], run)).toThrow(
      `The results are of commit ${sha('e')}, and run 99 was about ${sha('d')}.`,
    );
    expect(() => refuseOtherCommits([null], run)).toThrow('of commit none');
  });
});
