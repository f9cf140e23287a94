import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { withAcceptedShifts } from '../../src/baseline/accepted-file.ts';
import { type Moment, type StoppingProject, stoppingProject } from './cancellation.fixture.ts';
import { permissions } from './hosted-project.fixture.ts';
import { cancellationSeconds } from './interrupt.ts';
import { type StepResult, workflowCommands } from './mini-runner.ts';
import { pullRequestEvent, pushEvent } from './workflow-events.fixture.ts';

let stage: StoppingProject;

beforeAll(async () => {
  stage = await stoppingProject();
  // A stored run, and a level that was accepted: what a report is made beside.
  stage.stopAt(null);
  const stored = await stage.project.run(pushed(), { permissions: permissions.store, inputs: onBranch });
  expect(stored.code, stored.log).toBe(0);
  const { sha: commit } = pushed();
  const shift = { cells: ['call/*'], commit, by: 'ada', why: 'Meant.', created: new Date().toISOString() };
  stage.project.github.seed.commit({ branch: 'concurrency-baselines', files: { 'accepted.jsonl': withAcceptedShifts('', [shift]) } });
}, 200_000);
afterEach(() => {
  const { github, assertClean } = stage.project;
  expect(github.faults.pending).toEqual([]);
  github.faults.clear();
  assertClean();
});
afterAll(() => stage.project[Symbol.asyncDispose]());

const onBranch = { 'baseline-store': 'branch' };

function pushed() {
  const { repository } = stage.project.github;
  return pushEvent(repository, [repository.references.current('refs/heads/main') ?? '']);
}

interface Cancelled {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: 'pull_request' | 'push';
  readonly when: () => boolean;
}

/** Cancels a job at a moment as a runner does, and looks at what holds of every one. */
async function cancel({ inputs = {}, event = 'pull_request', when }: Cancelled): Promise<StepResult> {
  const { project, number } = stage;
  const result = await project.run(event === 'push' ? pushed() : pullRequestEvent(project.github.repository, number), {
    permissions: event === 'push' ? { ...permissions.store, checks: 'write' } : permissions.compare,
    inputs: { ...onBranch, ...inputs },
    // So that base is a tree of git's, which has to be forgotten again.
    history: 'all',
    interrupt: { signal: 'SIGINT', when },
  });
  expect(result.endedAfter, result.log).not.toBeNull();
  expect(result.endedAfter).toBeLessThan(cancellationSeconds.terminate);
  process.stdout.write(`${expect.getState().currentTestName}: ${result.endedAfter?.toFixed(1)} s of ${cancellationSeconds.terminate} s\n`);
  expect(result.code, result.log).toBe(1);
  expect(errors(result)).toEqual([expect.stringContaining('interrupted')]);
  expect(stage.leftovers()).toEqual([]);
  expect(check()).toMatchObject({ status: 'completed' });
  return result;
}

const errors = ({ log }: StepResult) => workflowCommands(log).filter((line) => line.startsWith('::error'));
const check = () => stage.project.github.repository.checkRuns.all[0];
const comment = () => stage.project.comments(stage.number).at(-1)?.body ?? '';
const reached = (moment: Moment) => () => stage.reached(moment);

/** Whether a call came in from now on. */
function asked(operation: string): () => boolean {
  const { log } = stage.project.github;
  const before = log.count(operation);
  return () => log.count(operation) > before;
}

describe('the look at what is left behind', () => {
  it('finds a process, a folder and a tree', async () => {
    const { workspace, temporary } = stage.project.runner;
    const folder = join(temporary, 'temporary', 'left');
    execFileSync('git', ['-C', workspace, 'worktree', 'add', '--quiet', '--detach', folder], { stdio: 'ignore' });
    const child = spawn('sleep', ['60'], { cwd: workspace, stdio: 'ignore' });
    try {
      expect(stage.leftovers()).toEqual([
        expect.stringMatching(/^process \d+: sleep 60/),
        expect.stringMatching(/^tree .*left /),
        'folder left',
      ]);
    } finally {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      execFileSync('git', ['-C', workspace, 'worktree', 'remove', '--force', folder]);
    }
    expect(stage.leftovers()).toEqual([]);
  });
});

describe('a job that is cancelled before there is anything to report', () => {
  const nothingYet = { conclusion: 'cancelled', title: 'There is no report of this run', summary: expect.stringContaining('interrupted') };

  it('ends while its check run is being made', async () => {
    stage.stopAt(null);
    stage.project.github.faults.add({ operation: 'checks/create', fault: { kind: 'slow', milliseconds: 1500 } });
    await cancel({ when: asked('checks/create') });
    expect(check()).toMatchObject(nothingYet);
    expect(stage.project.github.repository.checkRuns.all.filter(({ status }) => status !== 'completed')).toEqual([]);
  });

  it.each([
    ['the environments are prepared', 'install-1'],
    ['the workloads are described', 'describe-1'],
    ['the first process measures', 'process-1'],
  ] as const)('ends while %s', async (_, moment) => {
    stage.stopAt(moment);
    await cancel({ inputs: { install: stage.install }, when: reached(moment) });
    expect(check()).toMatchObject(nothingYet);
    expect(comment()).toBe('');
  });
});

describe('a job that is cancelled later', () => {
  it.each([
    ['in the rounds', 'process-2'],
    ['between the rounds and the pairs', 'install-2'],
    ['in the first pair', 'process-5'],
    ['in the pairs', 'process-8'],
  ] as const)('reports what it measured, marked as that, %s', async (_, moment) => {
    stage.stopAt(moment);
    const { summary } = await cancel({ inputs: { install: stage.install }, when: reached(moment) });
    for (const text of [summary, comment()]) {
      expect(text).toContain('Interrupted: this is what was measured until then.');
      expect(text).toContain('The run is not complete, so this is no pass.');
    }
    expect(check()).toMatchObject({ conclusion: 'cancelled', title: expect.stringMatching(/^Interrupted: /) });
  });

  it('finishes a comment that GitHub takes a while for', async () => {
    stage.stopAt(null);
    stage.project.github.faults.add({ operation: 'issues/update-comment', fault: { kind: 'slow', milliseconds: 1500 } });
    await cancel({ inputs: { compare: 'baseline' }, when: asked('issues/update-comment') });
    expect(comment()).toContain('1 cell of 1 workload measured');
    expect(comment()).not.toContain('Interrupted');
  });

  it('gives up a comment that GitHub does not answer for; the summary has the report', async () => {
    stage.stopAt(null);
    const before = comment();
    stage.project.github.faults.add({ operation: 'issues/update-comment', fault: { kind: 'hang' } });
    const { summary, log } = await cancel({ inputs: { compare: 'baseline' }, when: asked('issues/update-comment') });
    expect(comment()).toBe(before);
    expect(log).toContain('There is no comment of this run. There was no time');
    expect(summary).toContain('1 cell of 1 workload measured');
  });

  it('stores nothing by halves, and says so in its report', async () => {
    stage.stopAt(null);
    const before = stage.project.baseline();
    stage.project.github.faults.add({ operation: 'git/create-commit', fault: { kind: 'slow', milliseconds: 1500 } });
    const { summary } = await cancel({ event: 'push', when: asked('git/create-commit') });
    expect(stage.project.baseline()).toEqual(before);
    expect(summary).toContain('1 cell of 1 workload measured');
    expect(summary).toMatch(/was not stored as a baseline: .*interrupted/);
    expect(check()).toMatchObject({ conclusion: 'cancelled' });
  });
});
