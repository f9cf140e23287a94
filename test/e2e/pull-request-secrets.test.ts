import { afterEach, beforeEach, expect, it } from 'vitest';
import { type HostedProject, hostedProject, permissions } from './hosted-project.fixture.ts';
import { pullRequestEvent } from './workflow-events.fixture.ts';

let project: HostedProject;

beforeEach(async () => {
  project = await hostedProject();
});
afterEach(() => project[Symbol.asyncDispose]());

/** Every test of a pull request ends with this look for secrets: here it must find some. */
async function measured(environment: Readonly<Record<string, string>>) {
  project.push('topic', { 'README.md': 'A change.\n' });
  const event = pullRequestEvent(project.github.repository, project.github.seed.pullRequest({ head: 'topic' }));
  return project.run(event, { permissions: permissions.compare, inputs: { compare: 'baseline' }, environment });
}

it('finds nothing where nothing is', async () => {
  const { code, log } = await measured({});
  expect(code, log).toBe(0);
  expect(project.processesSeen()).toBeGreaterThan(3);
  project.assertClean();
});

it('finds what a workload could see, and what it was told in', async () => {
  // A variable that every process gets.
  await measured({ LANG: 'canary-runtime' });
  expect(() => project.assertClean()).toThrow(/a secret of the job is in \S+\/seen\//);
});

it('finds what GitHub was told', async () => {
  await measured({ GITHUB_SERVER_URL: 'https://canary-results.example' });
  expect(() => project.assertClean()).toThrow(/what GitHub stored, what was sent to GitHub/);
});

it('finds what GitHub does not have', async () => {
  await fetch(`${project.github.apiUrl}/repos/octo/project/nothing`);
  expect(() => project.assertClean()).toThrow(/GitHub's description forbids/);
});
