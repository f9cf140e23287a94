import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../github/server.ts';

const source = join(import.meta.dirname, '..', '..', 'src');

let github: GitHub;
let head: string;
let folder: string;

beforeEach(async () => {
  github = await startGitHub();
  github.seed.commit({ branch: 'main', files: { 'a.py': '1' } });
  head = github.seed.commit({ branch: 'topic', files: { 'a.py': '2' } });
  github.seed.pullRequest({ head: 'topic' });
  folder = mkdtempSync(join(tmpdir(), 'left-'));
});
afterEach(() => github.close());

/** What a runner gives both steps of a job that reports on the run of the pull request. */
function environment(): Record<string, string> {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const run = { id: 7, run_attempt: 1, event: 'pull_request', head_sha: head, head_branch: 'topic', head_repository: null };
  return {
    GITHUB_ACTION: 'report',
    GITHUB_API_URL: github.apiUrl,
    GITHUB_EVENT_NAME: 'workflow_run',
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify({ repository: { default_branch: 'main' }, workflow_run: run })),
    GITHUB_JOB: 'report',
    GITHUB_OUTPUT: file('output', ''),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'octo/project',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '8',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: head,
    GITHUB_STATE: file('state', ''),
    GITHUB_STEP_SUMMARY: file('summary', ''),
    GITHUB_WORKSPACE: folder,
    'INPUT_GITHUB-TOKEN': github.token({ checks: 'write', contents: 'read', pull_requests: 'write' }),
    INPUT_RESULTS: 'nothing/*.json',
    RUNNER_NAME: 'runner 1',
  };
}

function start(door: 'action.ts' | 'post.ts', env: Record<string, string>) {
  const child = spawn(process.execPath, [join(source, door)], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { child, ended: ended.then(([[code], ...logs]) => ({ code, log: logs.join('') })) };
}

/** The file command by which a runner hands what a step saves to its post step. */
function savedState({ GITHUB_STATE: path = '' }: Record<string, string>): Record<string, string> {
  const saved = readFileSync(path, 'utf8').matchAll(/^(\S+?)<<(\S+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...saved].map(([, name, , value = '']) => [`STATE_${name}`, value]));
}

const checks = () => github.repository.checkRuns.all.map(({ status, conclusion }) => ({ status, conclusion }));
const cancelled = [{ status: 'completed', conclusion: 'cancelled' }];

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(20);
}

/** A step that waits for GitHub once its check run is made, and is killed there. */
async function killed(): Promise<Record<string, string>> {
  github.faults.add({ operation: 'repos/list-pull-requests-associated-with-commit', fault: { kind: 'hang' } });
  const env = { ...environment(), INPUT_MODE: 'report' };
  const { child, ended } = start('action.ts', env);
  await until(() => github.repository.checkRuns.all.length === 1);
  child.kill('SIGKILL');
  expect((await ended).code).toBeNull();
  expect(checks()).toEqual([{ status: 'in_progress', conclusion: undefined }]);
  return { ...env, ...savedState(env) };
}

const post = (env: Record<string, string>) => start('post.ts', env).ended;

it('ends the check run of a step that was killed, as no pass, and of no other one', { timeout: 180_000 }, async () => {
  const env = await killed();
  // Another job of the same matrix: GitHub's own context tells the two apart by nothing.
  const twin = { ...env, ...environment(), RUNNER_NAME: 'runner 2', INPUT_MODE: 'report' };
  github.faults.add({ operation: 'repos/list-pull-requests-associated-with-commit', fault: { kind: 'hang' } });
  const other = start('action.ts', twin);
  await until(() => github.repository.checkRuns.all.length === 2);
  expect(await post(env)).toEqual({ code: 0, log: '' });
  expect(checks()).toEqual([{ status: 'in_progress', conclusion: undefined }, ...cancelled]);
  expect(github.repository.checkRuns.all[1]).toMatchObject({ title: 'The step ended before its report' });
  other.child.kill('SIGKILL');
  await other.ended;
  github.log.assertClean();
});

it('leaves the conclusion of a step that came to its end', async () => {
  const env = { ...environment(), INPUT_MODE: 'report' };
  expect((await start('action.ts', env).ended).code).toBe(1);
  expect(checks()).toEqual([{ status: 'completed', conclusion: 'failure' }]);
  const before = github.log.requests.length;
  expect(await post({ ...env, ...savedState(env) })).toEqual({ code: 0, log: '' });
  expect(github.log.requests.length).toBe(before);
});

it.each(['plan', 'measure'])('has nothing to do after mode %s', async (mode) => {
  const env = { ...environment(), GITHUB_EVENT_NAME: 'push', INPUT_MODE: mode, INPUT_WORKLOADS: 'none.py' };
  expect((await start('action.ts', env).ended).log).toContain('none.py');
  expect(savedState(env)).toEqual({});
  expect(await post({ ...env, ...savedState(env) })).toEqual({ code: 0, log: '' });
  expect(github.log.requests).toEqual([]);
});

it('warns and fails nothing where GitHub refuses, and where the state is not ours', async () => {
  const env = await killed();
  const refused = await post({ ...env, 'INPUT_GITHUB-TOKEN': github.token({ contents: 'read' }) });
  expect(refused).toEqual({
    code: 0,
    log: expect.stringMatching(/^::warning::A check run stays in progress\. GitHub refused to look for/),
  });
  const strange = await post({ ...env, 'STATE_check-run': '{"name":1' });
  expect(strange).toEqual({ code: 0, log: expect.stringMatching(/^::warning::Whether a check run stays in progress is not known: /) });
  expect(await post({ ...env, GITHUB_REPOSITORY: '' })).toEqual({ code: 0, log: expect.stringContaining('names no repository') });
  expect(await post(env)).toEqual({ code: 0, log: '' });
  expect(checks()).toEqual(cancelled);
});
