import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { labelsOf } from '../github/pull-requests.ts';
import { type HostedProject, hostedProject, type Job, permissions, service, servicePath } from './hosted-project.fixture.ts';
import type { StepResult } from './mini-runner.ts';
import { mergeGroupEvent, pullRequestEvent, pushEvent, queueBranch } from './workflow-events.fixture.ts';

const label = 'accept-regression';

let project: HostedProject;
let number: number;
/** Where the measuring job of the last run left its results. */
let artifacts: string;

beforeAll(async () => {
  project = await hostedProject();
});
afterEach(() => project.assertClean());
afterAll(() => project[Symbol.asyncDispose]());

const labels = () => labelsOf(project.github.repository.pullRequests.get(number));
const body = () => project.comments(number)[0]?.body ?? '';

/** A first attempt measures; its results are kept. */
async function measured(event: Parameters<HostedProject['run']>[0], run: NonNullable<Job['run']>): Promise<StepResult> {
  const result = await project.run(event, { permissions: permissions.compare, run });
  artifacts = project.keepArtifacts({ results: result.outputs['results-path'] ?? '' });
  return result;
}

/** Running failed jobs again starts the report alone: the jobs that measured did not fail. */
function reportedAgain(event: Parameters<HostedProject['run']>[0], id: number): Promise<StepResult> {
  const inputs = { mode: 'report', results: 'results/**/*.json' };
  return project.run(event, { permissions: permissions.report, inputs, artifacts, run: { id, attempt: 2 } });
}

describe('a label that accepts a regression', () => {
  it('lets the listed cells of the listed commit pass, and the comment says who put it on', async () => {
    const head = project.push('topic', { [servicePath]: service(25) });
    number = project.github.seed.pullRequest({ head: 'topic' });
    const event = pullRequestEvent(project.github.repository, number);
    const first = await measured(event, { id: 3000, attempt: 1 });
    expect(first.code, first.log).toBe(1);
    const [{ id } = { id: 0 }] = project.comments(number);
    project.github.seed.label(number, label, 'ada');
    const second = await reportedAgain(event, 3000);
    expect(second.code, second.log).toBe(0);
    expect(second.outputs).toMatchObject({ conclusion: 'success', regressions: '1' });
    expect(project.comments(number).map((comment) => comment.id)).toEqual([id]);
    expect(body()).toMatch(/1 regression among 1 cell/);
    expect(body()).toMatch(/accepted by[\s\S]{0,20}ada/);
    expect(project.checkRuns(head).map(({ conclusion }) => conclusion)).toEqual(['success', 'failure']);
    expect(labels()).toEqual([label]);
  }, 200_000);

  it('expires with the next commit, and is taken off', async () => {
    const head = project.push('topic', { 'README.md': 'More.\n' });
    const third = await measured(pullRequestEvent(project.github.repository, number), { id: 3001, attempt: 1 });
    expect(third.code, third.log).toBe(1);
    expect(third.log).toMatch(/The label "accept-regression" on #1 is older than the first report on [0-9a-f]{12}.*was taken off/);
    expect(labels()).toEqual([]);
    expect(body()).not.toContain('accepted by');
    expect(project.checkRuns(head)).toMatchObject([{ conclusion: 'failure' }]);
  }, 200_000);

  it('counts in a merge queue, which gets a check and no comment of its own', async () => {
    const { repository, seed } = project.github;
    const { base, mergeCommit } = repository.pullRequests.get(number);
    seed.branch(queueBranch(number, base.sha), mergeCommit ?? '');
    const group = mergeGroupEvent(repository, number);
    const before = repository.comments.all;
    const refused = await measured(group, { id: 3002, attempt: 1 });
    expect(refused.code, refused.log).toBe(1);
    seed.label(number, label, 'grace');
    const accepted = await reportedAgain(group, 3002);
    expect(accepted.code, accepted.log).toBe(0);
    expect(accepted.outputs).toMatchObject({ regressions: '1', 'comment-id': '' });
    expect(accepted.summary).toMatch(/accepted by[\s\S]{0,20}grace/);
    expect(project.checkRuns(group.sha).map(({ status, conclusion }) => [status, conclusion])).toEqual([
      ['completed', 'success'],
      ['completed', 'failure'],
    ]);
    expect(repository.comments.all).toEqual(before);
  }, 200_000);

  it('is a change point of the baseline after the merge, told once', async () => {
    const { repository, seed } = project.github;
    const { head, base } = repository.pullRequests.get(number);
    const merge = seed.merge(number, 'merge', 'grace');
    // What happens to the label afterwards counts for nothing; GitHub tells both moments in whole seconds.
    seed.unlabel(number, label, 'mallory', new Date(Date.now() + 5000));
    const event = pushEvent(repository, [head.sha, merge], base.sha);
    for (const attempt of [1, 2]) {
      const stored = await project.run(event, {
        ...{ permissions: permissions.store, inputs: { 'baseline-store': 'branch', 'check-run': 'false' } },
        run: { id: 3003, attempt },
      });
      expect(stored.code, stored.log).toBe(0);
      const [line, ...others] = project.baseline().get('accepted.jsonl') ?? [];
      expect(others).toEqual([]);
      const cell = expect.stringMatching(/^call\/sequential\//);
      expect(JSON.parse(line ?? '')).toMatchObject({ by: 'grace', commit: merge, why: `label "${label}" on #${number}`, cells: [cell] });
    }
    expect(repository.comments.of(number)).toHaveLength(1);
  }, 200_000);
});
