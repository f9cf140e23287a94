import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type HostedProject, hostedProject, permissions } from './hosted-project.fixture.ts';
import { pullRequestEvent, pushEvent, scheduleEvent, type WorkflowEvent } from './workflow-events.fixture.ts';

let project: HostedProject;

beforeAll(async () => {
  project = await hostedProject();
});
afterEach(() => project.assertClean());
afterAll(() => project[Symbol.asyncDispose]());

/** What the documented workflow does on the default branch. */
function store(event: WorkflowEvent, inputs: Readonly<Record<string, string>> = {}) {
  return project.run(event, { permissions: permissions.store, inputs: { 'baseline-store': 'branch', 'check-run': 'false', ...inputs } });
}

/** The commits of the stored runs, oldest first; lines that runs share are of none. */
const storedCommits = () => [...project.baseline().values()].flat().flatMap((line) => JSON.parse(line).commit ?? []);

/** The commits of the branch of the baseline, newest first. */
function branchCommits(): readonly string[] {
  const { objects, references } = project.github.repository;
  const commits: string[] = [];
  for (let sha = references.current('refs/heads/concurrency-baselines'); sha !== null; ) {
    commits.push(sha);
    sha = objects.commit(sha)?.parents[0] ?? null;
  }
  return commits;
}

describe('the default branch', () => {
  const pushed: string[] = [];

  it('keeps its runs on a branch that shares no history with the code', async () => {
    const { repository } = project.github;
    for (const text of ['One.\n', 'Two.\n', 'Three.\n']) {
      const commit = project.push('main', { 'README.md': text });
      pushed.push(commit);
      const { code, log, outputs } = await store(pushEvent(repository, [commit]));
      expect(code, log).toBe(0);
      expect(outputs).toMatchObject({ conclusion: 'success', 'comment-id': '', 'check-run-id': '' });
      expect(project.baseline().size).toBe(1);
      expect(storedCommits()).toEqual(pushed);
    }
    expect(branchCommits()).toHaveLength(3);
    expect(repository.references.current('refs/heads/main')).toBe(pushed.at(-1));
    expect([repository.comments.all, repository.checkRuns.all]).toEqual([[], []]);
  }, 200_000);

  it('is what the next pull request is cleared by, without pairs; the report names the stored commits', async () => {
    const head = project.push('topic', { 'README.md': 'A change.\n' });
    const number = project.github.seed.pullRequest({ head: 'topic' });
    const event = pullRequestEvent(project.github.repository, number);
    // So wide a target that three runs of a busy machine clear it: who clears is what is looked at.
    const inputs = { 'baseline-store': 'branch', target: '50%' };
    const { code, log, outputs } = await project.run(event, { permissions: permissions.compare, inputs });
    expect(code, log).toBe(0);
    expect(outputs).toMatchObject({ conclusion: 'success', 'baseline-commit': pushed.at(-1), 'base-commit': '' });
    const body = project.comments(number)[0]?.body ?? '';
    expect(body).not.toContain('No baseline');
    for (const commit of pushed) expect(body).toContain(commit.slice(0, 7));
    expect(project.checkRuns(head)).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
    // What a pull request measured is no baseline.
    expect(storedCommits()).toEqual(pushed);
    expect(branchCommits()).toHaveLength(3);
  }, 200_000);

  it('is measured against itself on a schedule, and the summary says what that is for', async () => {
    const { code, log, summary } = await store(scheduleEvent(project.github.repository), { 'null-run': 'true', compare: 'pairs' });
    expect(code, log).toBe(0);
    expect(summary).toContain('Null run: base and head are the same; every flag here is a false alarm. No false alarm among 1 cell');
    expect(summary).toMatch(/1 null run remembered here/);
    expect(storedCommits()).toEqual([...pushed, pushed.at(-1)]);
    const { comments, checkRuns } = project.github.repository;
    expect([comments.all.length, checkRuns.all.length]).toEqual([1, 1]);
  }, 200_000);
});
