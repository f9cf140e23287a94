import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { interpretersAtHand } from '../python-environments.ts';
import { type HostedProject, hostedProject, permissions } from './hosted-project.fixture.ts';
import { type StepResult, workflowCommands } from './mini-runner.ts';
import { pullRequestEvent } from './workflow-events.fixture.ts';

const matrixSchema = z.object({
  include: z.array(z.object({ shard: z.unknown(), name: z.string(), python: z.string(), artifact: z.string() })).length(2),
});

let project: HostedProject;
let number: number;
/** Results files by the name of their artifact. */
let results: Readonly<Record<string, string>>;

beforeAll(async () => {
  project = await hostedProject();
  project.push('topic', { 'README.md': 'A change.\n' });
  number = project.github.seed.pullRequest({ head: 'topic' });
});
afterEach(() => project.assertClean());
afterAll(() => project[Symbol.asyncDispose]());

/** Two interpreters that are at hand, the newer one last. */
function twoPythons(): string {
  const found = interpretersAtHand().filter(({ minor, freeThreaded }) => minor >= 9 && minor <= 13 && !freeThreaded);
  expect(found.length).toBeGreaterThanOrEqual(2);
  return found
    .slice(-2)
    .map(({ executable }) => executable)
    .join(', ');
}

const event = () => pullRequestEvent(project.github.repository, number);

function report(names: readonly string[], attempt: number): Promise<StepResult> {
  const artifacts = project.keepArtifacts(Object.fromEntries(names.map((name) => [name, results[name] ?? ''])));
  const inputs = { mode: 'report', results: 'results/**/*.json', compare: 'baseline' };
  return project.run(event(), { permissions: permissions.report, inputs, artifacts, run: { id: 6000, attempt } });
}

describe('a run shared out over the jobs of a matrix', () => {
  it('is planned for one job a Python, measured by each, with tokens that may only read', async () => {
    const inputs = { 'python-version': twoPythons(), compare: 'baseline' };
    const plan = await project.run(event(), {
      permissions: permissions.plan,
      inputs: { ...inputs, mode: 'plan' },
      run: { id: 6000, attempt: 1 },
    });
    expect(plan.code, plan.log).toBe(0);
    const { include } = matrixSchema.parse(JSON.parse(plan.outputs['matrix'] ?? ''));
    const kept: Record<string, string> = {};
    for (const { shard, artifact } of include) {
      const text = typeof shard === 'string' ? shard : JSON.stringify(shard);
      const job = { permissions: permissions.measure, inputs: { ...inputs, mode: 'measure', shard: text }, run: { id: 6000, attempt: 1 } };
      const measured = await project.run(event(), job);
      expect(measured.code, measured.log).toBe(0);
      kept[artifact] = join(project.keepArtifacts({ [artifact]: measured.outputs['results-path'] ?? '' }), artifact, 'results.json');
    }
    results = kept;
    expect(Object.keys(results)).toHaveLength(2);
    const { comments, checkRuns } = project.github.repository;
    expect([comments.all, checkRuns.all]).toEqual([[], []]);
  }, 200_000);

  it('fails loudly where a shard delivered nothing', async () => {
    const [first = ''] = Object.keys(results);
    const lacking = await report([first], 1);
    expect(lacking.code, lacking.log).toBe(1);
    expect(workflowCommands(lacking.log).filter((line) => line.startsWith('::error'))).toEqual([
      '::error::1 shard of the plan delivered no results.',
    ]);
    expect(project.comments(number)[0]?.body).toContain('A shard is missing:');
    expect(project.github.repository.checkRuns.all).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  }, 200_000);

  it('is one report of all of them when the job has been run again', async () => {
    const whole = await report(Object.keys(results), 2);
    expect(whole.code, whole.log).toBe(0);
    const [comment, ...others] = project.comments(number);
    expect(others).toEqual([]);
    expect(comment?.body).not.toContain('A shard is missing:');
    expect(comment?.body).toMatch(/2 cells of 1 workload measured/);
    expect(project.github.repository.checkRuns.all[0]).toMatchObject({ status: 'completed', conclusion: 'neutral' });
  }, 200_000);
});
