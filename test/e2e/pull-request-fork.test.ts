import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readMarker } from '../../src/render/comment-marker.ts';
import { commentOptions } from '../golden/comment-scenarios.ts';
import { commentFaults, parsedComment, visibleText } from '../markdown/comment-faults.ts';
import { type HostedProject, hostedProject, permissions, service, servicePath, workloadPath } from './hosted-project.fixture.ts';
import { type StepResult, workflowCommands } from './mini-runner.ts';
import { pullRequestEvent, type WorkflowEvent, workflowRunEvent } from './workflow-events.fixture.ts';

const label = 'accept-regression';

/** A job of a fork's pull request may read, whatever its workflow asks for. */
const forkToken = { actions: 'read', checks: 'read', contents: 'read', issues: 'read', pull_requests: 'read' } as const;

let project: HostedProject;
/** The pull request of the fork, and one of the project's own that is open beside it. */
let number: number;
let other: number;
/** What the fork's run left as its artifact. */
let artifacts: string;

beforeAll(async () => {
  project = await hostedProject();
  project.push('own', { 'README.md': 'Ours.\n' });
  other = project.github.seed.pullRequest({ head: 'own' });
  project.push('someone:patch', { [servicePath]: service(25) });
  number = project.github.seed.pullRequest({ head: 'someone:patch' });
});
afterEach(() => project.assertClean());
afterAll(() => project[Symbol.asyncDispose]());

const pull = (which = number) => project.github.repository.pullRequests.get(which);

/** The end of the fork's run, which the second workflow waits for. */
const runEnded = () => workflowRunEvent(project.github.repository, { id: 4000, head: pull().head });

/** What the second workflow does with an artifact. */
function report(event: WorkflowEvent, from = artifacts): Promise<StepResult> {
  const inputs = { mode: 'report', results: 'results/**/*.json', 'baseline-store': 'branch' };
  return project.run(event, { permissions: permissions.forkReport, inputs, artifacts: from });
}

/** The artifact after somebody has edited it. */
function tampered(edit: (text: string) => string): string {
  const file = join(project.runner.temporary, 'tampered.json');
  writeFileSync(file, edit(readFileSync(join(artifacts, 'results', 'results.json'), 'utf8')));
  return project.keepArtifacts({ results: file });
}

/** A comment without the record that was added to it, and with the page of the run that the checks know. */
function asRendered(body: string): string {
  const page = `https://github.com/octo/project/actions/runs/`;
  return body.replace(/\n<!-- concurrency-regressions record=.*/, '').replace(new RegExp(`${page}\\d+`), commentOptions.links.run ?? '');
}

const errors = ({ log }: StepResult) => workflowCommands(log).filter((line) => line.startsWith('::error'));

describe('a pull request from a fork', () => {
  it('is measured and judged with a token that may write nothing, and nothing is written', async () => {
    const job = { permissions: forkToken, run: { id: 4000, attempt: 1 }, inputs: { 'baseline-store': 'branch' } };
    const measured = await project.run(pullRequestEvent(project.github.repository, number), job);
    expect(measured.code, measured.log).toBe(1);
    expect(errors(measured)).toEqual([
      expect.stringContaining(`file=${workloadPath},line=1::call sequential`),
      '::error::1 cell got slower or heavier, confirmed by pairs.',
    ]);
    expect(measured.summary).toMatch(/slower by \d+\.\d %/);
    // Nothing that such a run could read says what was listed when a label was put on.
    expect(measured.summary).not.toContain(label);
    expect(measured.outputs).toMatchObject({ conclusion: 'failure', regressions: '1', 'comment-id': '', 'check-run-id': '' });
    const warning = workflowCommands(measured.log).find((line) => line.includes('from a fork')) ?? '';
    for (const part of ['workflow_run', 'permissions:', 'pull-requests: write', 'checks: write']) expect(warning).toContain(part);
    const { comments, checkRuns, references } = project.github.repository;
    expect([comments.all, checkRuns.all, references.current('refs/heads/concurrency-baselines')]).toEqual([[], [], null]);
    artifacts = project.keepArtifacts({ results: measured.outputs['results-path'] ?? '' });
  }, 200_000);

  it('is commented from the default branch when its run has ended, by what GitHub says the run was about', async () => {
    const processes = project.processesSeen();
    const reported = await report(runEnded());
    expect(reported.code, reported.log).toBe(1);
    expect(project.processesSeen()).toBe(processes);
    const [comment, ...more] = project.comments(number);
    expect([more, project.comments(other)]).toEqual([[], []]);
    expect(comment?.body).toMatch(/1 regression among 1 cell[\s\S]*slower by \d+\.\d %/);
    expect(readMarker(comment?.body ?? '')).toMatchObject({ runId: 4000, attempt: 1, commit: pull().head.sha });
    expect(project.checkRuns(pull().head.sha)).toMatchObject([
      { status: 'completed', conclusion: 'failure', annotations: [{ path: workloadPath, annotation_level: 'failure' }] },
    ]);
  });
});

describe('a label on a pull request from a fork', () => {
  it('is named by the comment, and accepts what it lists when the second workflow runs again', async () => {
    const { seed } = project.github;
    expect(project.comments(number)[0]?.body).toContain(`the label \`${label}\` on the pull request`);
    seed.label(number, label, 'ada');
    const again = await report(runEnded());
    expect(again.code, again.log).toBe(0);
    expect(project.comments(number)).toHaveLength(1);
    expect(project.comments(number)[0]?.body).toMatch(/accepted by[\s\S]{0,20}ada/);
    seed.unlabel(number, label, 'ada');
  });
});

describe('an artifact that somebody has edited', () => {
  it('is refused where it is of another pull request', async () => {
    const { sha } = pull(other).head;
    const refused = await report(
      runEnded(),
      tampered((text) => text.replaceAll(pull().head.sha, sha)),
    );
    expect(refused.code, refused.log).toBe(1);
    expect(errors(refused)).toEqual([expect.stringMatching(`of commit ${sha}.* is about ${pull().head.sha}\\..*nothing was reported`)]);
    expect([project.comments(other), project.checkRuns(sha)]).toEqual([[], []]);
    expect(project.checkRuns(pull().head.sha)[0]).toMatchObject({ status: 'completed', conclusion: 'failure' });
    expect(project.comments(number)).toHaveLength(1);
  });

  it('is nothing but text in the comment, whatever it names things', async () => {
    const hostile = 'a|b`c`<img src=x onerror=alert(1)>@octocat #1 ::error::x ![i](http://e.example/p) --> [l](http://e.example)';
    // The workload itself, and the ids of its cells.
    const renamed = (text: string) => text.replaceAll(/"call(?=["/])/g, JSON.stringify(hostile).slice(0, -1));
    const named = await report(
      runEnded(),
      tampered((text) => renamed(text).replaceAll('Call: asks', `${hostile.slice(0, 60)}: asks`)),
    );
    expect(named.code, named.log).toBe(1);
    const [comment, ...more] = project.comments(number);
    expect(more).toEqual([]);
    const parsed = parsedComment(asRendered(comment?.body ?? ''), 'remark');
    expect(visibleText(parsed)).toContain('<img src=x onerror=alert(1)>@octocat #1 ::error::x');
    expect(commentFaults(parsed, { name: 'concurrency', harmless: parsed })).toEqual([]);
    expect(errors(named)).toEqual(['::error::1 cell got slower or heavier, confirmed by pairs.']);
  });

  it('fails the job, and ends the check run, where it is no results file', async () => {
    const broken = await report(
      runEnded(),
      tampered((text) => text.slice(0, -100)),
    );
    expect(broken.code, broken.log).toBe(1);
    expect(errors(broken)).toHaveLength(1);
    expect(project.checkRuns(pull().head.sha)[0]).toMatchObject({
      ...{ status: 'completed', conclusion: 'failure', title: 'There is no report of this run' },
    });
  });
});

describe('the end of a run whose pull request has moved on', () => {
  it('writes no comment, and says so', async () => {
    const event = runEnded();
    const before = project.github.repository.comments.all;
    project.push('someone:patch', { 'README.md': 'More.\n' });
    const late = await report(event);
    expect(late.code, late.log).toBe(1);
    expect(late.log).toMatch(/There is no comment: No open pull request has [0-9a-f]{40} as its head/);
    expect(project.github.repository.comments.all).toEqual(before);
  });
});

describe('an event that brings rights with foreign code', () => {
  it.each([
    ['pull_request_target', 'all'],
    ['pull_request_target', 'measure'],
    ['pull_request_target', 'plan'],
    ['workflow_run', 'all'],
    ['workflow_run', 'measure'],
    ['workflow_run', 'plan'],
  ])('%s refuses mode %s before anything is started or asked', async (name, mode) => {
    const { repository, log } = project.github;
    const event = name === 'workflow_run' ? runEnded() : pullRequestEvent(repository, number, name);
    const before = [project.processesSeen(), log.requests.length];
    const refused = await project.run(event, { permissions: permissions.forkReport, inputs: { mode } });
    expect(refused.code, refused.log).toBe(1);
    expect(errors(refused)).toEqual([expect.stringContaining(`"mode: ${mode}" would run code of a pull request under "${name}"`)]);
    expect([project.processesSeen(), log.requests.length]).toEqual(before);
    expect(refused.summary).toBe('');
  });
});
