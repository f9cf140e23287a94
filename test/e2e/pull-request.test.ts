import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readMarker } from '../../src/render/comment-marker.ts';
import { type HostedProject, hostedProject, permissions, service, servicePath, workloadPath } from './hosted-project.fixture.ts';
import { type StepResult, workflowCommands } from './mini-runner.ts';
import { pullRequestEvent } from './workflow-events.fixture.ts';

let project: HostedProject;

beforeAll(async () => {
  project = await hostedProject();
});
afterEach(() => project.assertClean());
afterAll(() => project[Symbol.asyncDispose]());

/** What the documented workflow does on a pull request. */
function compare(number: number, inputs: Readonly<Record<string, string>> = {}, environment = {}): Promise<StepResult> {
  return project.run(pullRequestEvent(project.github.repository, number), { permissions: permissions.compare, inputs, environment });
}

const errors = ({ log }: StepResult) => workflowCommands(log).filter((line) => line.startsWith('::error'));

describe('a pull request from its first push to the last', () => {
  let number: number;
  let commentId: number;

  it('gets one comment, a check run that ended and a job summary, without any baseline', async () => {
    const head = project.push('topic', { 'README.md': 'A change.\n' });
    number = project.github.seed.pullRequest({ head: 'topic' });
    const first = await compare(number);
    expect(first.code, first.log).toBe(0);
    const [comment, ...others] = project.comments(number);
    expect(others).toEqual([]);
    commentId = comment?.id ?? 0;
    expect(readMarker(comment?.body ?? '')).toMatchObject({ name: 'concurrency', commit: head, attempt: 1 });
    expect(comment?.body).toContain('No regression among 1 cell');
    expect(comment?.body).toContain('No baseline for Python');
    expect(project.checkRuns(head)).toEqual([
      expect.objectContaining({
        ...{ name: 'concurrency-regressions / concurrency', status: 'completed', conclusion: 'success', annotations: [] },
        title: expect.stringContaining('No regression among 1 cell'),
      }),
    ]);
    expect(first.summary).toContain('No regression among 1 cell');
    expect(first.outputs).toMatchObject({ conclusion: 'success', 'comment-id': String(commentId) });
    expect(project.processesSeen()).toBeGreaterThan(20);
  }, 200_000);

  it('has the same comment updated, the check failed and the workload annotated by a slowdown of 20 %', async () => {
    project.github.seed.comment(number, 'mallory', project.comments(number)[0]?.body ?? '');
    const head = project.push('topic', { [servicePath]: service(24) });
    const second = await compare(number);
    expect(second.code, second.log).toBe(1);
    expect(errors(second)).toEqual(['::error::1 cell got slower or heavier, confirmed by pairs.']);
    const [comment, ...others] = project.comments(number);
    expect([comment?.id, others]).toEqual([commentId, []]);
    expect(comment?.body).toMatch(/1 regression among 1 cell[\s\S]*slower by \d+\.\d %/);
    expect(readMarker(comment?.body ?? '')?.commit).toBe(head);
    const [check] = project.checkRuns(head);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure', title: '1 regression among 1 cell.' });
    expect(check?.annotations).toMatchObject([{ path: workloadPath, annotation_level: 'failure' }]);
    expect(second.summary).toMatch(/slower by \d+\.\d %/);
    expect(second.outputs).toMatchObject({
      ...{ conclusion: 'failure', regressions: '1', 'comment-id': String(commentId), 'check-run-id': String(check?.id) },
    });
  }, 200_000);

  it('has the same comment again, passing, when it is mended', async () => {
    const head = project.push('topic', { [servicePath]: service(20) });
    const third = await compare(number);
    expect(third.code, third.log).toBe(0);
    const [comment, ...others] = project.comments(number);
    expect([comment?.id, others]).toEqual([commentId, []]);
    expect(comment?.body).toContain('No regression among 1 cell');
    expect(comment?.body).not.toContain('<b>regression</b>');
    expect(project.checkRuns(head)).toMatchObject([{ status: 'completed', conclusion: 'success', annotations: [] }]);
    expect(project.github.repository.comments.of(number).map(({ login }) => login)).toEqual(['github-actions[bot]', 'mallory']);
  }, 200_000);
});

describe('two actions of one workflow', () => {
  it('keep a comment and a check run each, by their names', async () => {
    const head = project.push('two', { 'README.md': 'Another change.\n' });
    const number = project.github.seed.pullRequest({ head: 'two' });
    for (const attempt of ['1', '2']) {
      for (const [name, action] of [
        ['fast', '__self'],
        ['nightly set', '__self_2'],
      ] as const) {
        const variables = { GITHUB_ACTION: action, GITHUB_RUN_ID: '9000', GITHUB_RUN_ATTEMPT: attempt };
        const step = await compare(number, { name, compare: 'baseline' }, variables);
        expect(step.code, step.log).toBe(0);
      }
      const markers = project.comments(number).map(({ body }) => readMarker(body));
      expect(markers).toMatchObject([{ name: 'fast' }, { name: 'nightly set' }]);
      expect(markers.map((marker) => marker?.attempt)).toEqual([Number(attempt), Number(attempt)]);
    }
    // Nothing was compared with anything, so nothing is green.
    expect(project.checkRuns(head).map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['concurrency-regressions / nightly set', 'neutral'],
      ['concurrency-regressions / fast', 'neutral'],
      ['concurrency-regressions / nightly set', 'neutral'],
      ['concurrency-regressions / fast', 'neutral'],
    ]);
  }, 200_000);
});

describe('a run that ends late', () => {
  it('leaves the comment to a newer run, and to a newer attempt at the same one', async () => {
    const older = project.push('late', { 'README.md': 'One.\n' });
    const number = project.github.seed.pullRequest({ head: 'late' });
    const events = [pullRequestEvent(project.github.repository, number)];
    const newer = project.push('late', { 'README.md': 'Two.\n' });
    events.push(pullRequestEvent(project.github.repository, number));
    const report = async (which: 0 | 1, attempt: number) => {
      const event = events[which];
      if (event === undefined) throw new Error('no event');
      const job = { permissions: permissions.compare, inputs: { compare: 'baseline' }, run: { id: 7000 + which, attempt } };
      const { code, log, outputs } = await project.run(event, job);
      expect(code, log).toBe(0);
      const [comment, ...others] = project.comments(number);
      expect([others, outputs['comment-id']]).toEqual([[], String(comment?.id)]);
      const marker = readMarker(comment?.body ?? '');
      return [marker?.runId, marker?.attempt, marker?.commit];
    };
    expect(await report(0, 1)).toEqual([7000, 1, older]);
    expect(await report(1, 2)).toEqual([7001, 2, newer]);
    expect(await report(0, 2)).toEqual([7001, 2, newer]);
    expect(await report(1, 1)).toEqual([7001, 2, newer]);
    expect(project.checkRuns(older).map(({ status, conclusion }) => [status, conclusion])).toEqual([
      ['completed', 'neutral'],
      ['completed', 'neutral'],
    ]);
  }, 200_000);
});
