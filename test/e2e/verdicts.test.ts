import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { interpretersAtHand } from '../python-environments.ts';
import { type MiniRunner, miniRunner, type StepRequest, type StepResult, started, workflowCommands } from './mini-runner.ts';

/** A library of the project, and the workload that imports it from beside. */
const library = (steps: number) => `def digest(seed):
    total = seed
    for step in range(${steps}):
        total = (total * 31 + step) & 0xFFFFFFFF
    return total
`;
const workload = `"""Digest: what the project computes."""
from digest_library import digest

PARAMS = {"n": 3}

def unit(work, i):
    return digest(i)

def verify(work, results):
    assert len(set(results)) == work.n
`;

let runner: MiniRunner;
let quick: Readonly<Record<string, string>>;
/** The temporary folder of every step, so that what is left in it is theirs. */
let temporary: string;

const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false', ...args], {
    cwd: runner.workspace,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

function commit(files: Readonly<Record<string, string>>, message: string): string {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(runner.workspace, name), content);
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', message);
  return git('rev-parse', 'HEAD');
}

/** Checks out what actions/checkout checks out of a pull request: its merge into main. */
function openPullRequest(files: Readonly<Record<string, string>>): StepRequest {
  git('checkout', '--quiet', '-B', 'topic', 'main');
  const head = commit(files, 'topic');
  const base = git('rev-parse', 'main');
  git('checkout', '--quiet', '--detach', 'main');
  git('merge', '--quiet', '--no-ff', '--message', 'merge', 'topic');
  const pull = { number: 7, head: { sha: head }, base: { sha: base } };
  return { event: 'pull_request', ref: 'refs/pull/7/merge', payload: { repository: { default_branch: 'main' }, pull_request: pull } };
}

const step = (request: StepRequest, inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> =>
  runner.step({ ...request, inputs: { ...quick, ...inputs }, environment: { TMPDIR: temporary, GITHUB_SHA: git('rev-parse', 'HEAD') } });

beforeAll(() => {
  runner = miniRunner();
  temporary = join(runner.temporary, 'temporary');
  mkdirSync(temporary);
  const found = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 9 && minor <= 13 && !freeThreaded);
  if (found === undefined) throw new Error('no Python at hand');
  quick = {
    ...{ 'baseline-store': 'file', 'check-run': 'false', comment: 'off' },
    workloads: './bench/digest.py',
    models: 'sequential',
    'python-version': found.executable,
    values: '2',
    'confirm-pairs': '10,20',
  };
  mkdirSync(join(runner.workspace, 'bench'), { recursive: true });
  git('init', '--quiet', '--initial-branch', 'main');
  commit({ 'bench/digest.py': workload, 'bench/digest_library.py': library(20_000), '.gitignore': '__pycache__/\n' }, 'base');
});

describe('a pull request through the bundled action', () => {
  it('pairs everything when nothing is stored, fails on a slowdown of 50 %, and names it', async () => {
    const { code, log, summary, outputs } = await step(openPullRequest({ 'bench/digest_library.py': library(30_000) }));
    expect(code, log).toBe(1);
    expect(outputs).toMatchObject({
      conclusion: 'failure',
      regressions: '1',
      'base-commit': git('rev-parse', 'main'),
      'baseline-commit': '',
    });
    expect(Number(outputs['minimum-detectable-effect'])).toBeGreaterThan(0);
    expect(summary).toMatch(/1 regression among 1 cell/);
    expect(summary).toMatch(/slower by \d+\.\d %/);
    expect(summary).toContain('first parent of the merge commit');
    const commands = workflowCommands(log);
    expect(commands.filter((line) => line.startsWith('::error'))).toEqual([
      expect.stringContaining('file=bench/digest.py,line=1::digest sequential'),
      '::error::1 cell got slower or heavier, confirmed by pairs.',
    ]);
    expect(commands.some((line) => line.startsWith('::warning') && line.includes('no stored baseline'))).toBe(true);
    expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  }, 200_000);

  it('passes a pull request that changes nothing', async () => {
    const { code, log, outputs } = await step(openPullRequest({ 'bench/digest_library.py': `# A comment.\n${library(20_000)}` }));
    expect(code, log).toBe(0);
    expect(outputs).toMatchObject({ conclusion: 'success', regressions: '0', broken: '0' });
  }, 200_000);

  it('clears with the stored runs of main, and confirms what they do not clear', async () => {
    git('checkout', '--quiet', 'main');
    for (let run = 0; run < 3; run += 1) expect((await step({ event: 'push' })).outputs['conclusion']).toBe('success');
    const same = await step(openPullRequest({ 'bench/digest_library.py': `# Another comment.\n${library(20_000)}` }));
    expect(same.code, same.log).toBe(0);
    expect(same.outputs['baseline-commit']).toBe(git('rev-parse', 'main'));
    const slower = await step(openPullRequest({ 'bench/digest_library.py': library(40_000) }));
    expect(slower.code, slower.log).toBe(1);
    expect(slower.outputs['regressions']).toBe('1');
    const alone = await step(openPullRequest({ 'bench/digest_library.py': library(40_000) }), { compare: 'baseline' });
    expect(alone.code, alone.log).toBe(0);
    expect(alone.outputs).toMatchObject({ regressions: '0', inconclusive: '1' });
    expect(alone.summary).toContain('compare');
  }, 400_000);

  it('calls a wrong result broken, whichever side gives it', async () => {
    const wrong = await step(openPullRequest({ 'bench/digest_library.py': 'def digest(seed):\n    return 1\n' }));
    expect(wrong.code, wrong.log).toBe(1);
    expect(wrong.outputs).toMatchObject({ broken: '1', regressions: '0' });
  }, 200_000);
});

describe('a base that cannot be had', () => {
  it('is a reason in the report where its project does not install, and no verdict', async () => {
    const request = openPullRequest({ 'installs.txt': 'yes\n', 'bench/digest_library.py': library(40_000) });
    const { code, log, summary, outputs } = await step(request, { install: 'cat installs.txt', compare: 'pairs' });
    expect(code, log).toBe(0);
    expect(outputs).toMatchObject({ regressions: '0', 'base-commit': '' });
    expect(summary).toMatch(/Base could not be made ready: The project could not be installed\./);
    expect(summary).toContain('installs.txt');
  }, 200_000);

  it('stops the step where head does not install, before anything is measured', async () => {
    const results = join(runner.workspace, '.concurrency-regressions', 'results.json');
    rmSync(results, { force: true });
    const { code, log } = await step(openPullRequest({ 'x.txt': 'x' }), { install: 'echo needs a compiler; exit 3' });
    expect(code, log).toBe(1);
    expect(log).toMatch(/The project could not be installed\..*needs a compiler/);
    expect(existsSync(results)).toBe(false);
  }, 200_000);

  it('is a reason in the report where its commit is gone from a shallow checkout', async () => {
    const request = openPullRequest({ 'x.txt': 'y' });
    const shallow = miniRunner();
    rmSync(shallow.workspace, { recursive: true, force: true });
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${runner.workspace}`, shallow.workspace], { stdio: 'ignore' });
    execFileSync('git', ['-C', shallow.workspace, 'remote', 'set-url', 'origin', join(tmpdir(), 'gone')]);
    const { code, log, summary, outputs } = await shallow.step({ ...request, inputs: quick });
    expect(code, log).toBe(0);
    expect(outputs).toMatchObject({ new: '1', regressions: '0', 'base-commit': '' });
    expect(summary).toMatch(/No pairs were measured/);
    expect(workflowCommands(log).some((line) => line.startsWith('::warning'))).toBe(true);
  }, 200_000);
});

describe('the toolchain', () => {
  it('is compared with the stored versions where it alone moved', async () => {
    git('checkout', '--quiet', 'main');
    const inputs = { workloads: 'fan_out_five', models: 'uvloop', compare: 'auto' };
    const stored = await step({ event: 'push' }, { ...inputs, 'uvloop-version': '0.21.0' });
    expect(stored.code, stored.log).toBe(0);
    const moved = await step({ event: 'schedule' }, { ...inputs, 'uvloop-version': '0.22.1' });
    expect(moved.code, moved.log).toBe(0);
    expect(moved.summary).toContain('uvloop 0.21.0 → 0.22.1');
    expect(moved.log).toMatch(/in up to 20 pairs each/);
  }, 300_000);
});

describe('run at a terminal', () => {
  const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.mjs');
  const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const state = (file: string) => join(runner.workspace, '.concurrency-regressions', file);

  async function run(...args: readonly string[]) {
    const flags = Object.entries(quick).flatMap(([name, value]) => (args.includes(`--${name}`) ? [] : [`--${name}`, value]));
    const { code, log } = await started(cli, { env: { ...environment, TMPDIR: temporary }, cwd: runner.workspace, interrupt: undefined }, [
      'run',
      ...flags,
      ...args,
    ]);
    return { code, log, text: log.replaceAll(/\s+/g, ' ') };
  }

  it('measures a tree against itself, and keeps the rate of false alarms', async () => {
    git('checkout', '--quiet', '--force', 'main');
    const first = await run('--null', '--compare', 'pairs');
    expect(first.code, first.log).toBe(0);
    expect(first.text).toContain('Null run: base and head are the same; every flag here is a false alarm. No false alarm among 1 cell');
    expect(first.text).toContain('Of 1 null run remembered here 0 showed a false alarm');
    const [line = ''] = readFileSync(state('null-runs.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(line)).toMatchObject({ cells: 1, flagged: 0 });
  }, 200_000);

  it('compares what is not committed yet with the commit it started from, and stores nothing of it', async () => {
    const stored = readdirSync(state('baseline')).map((file) => readFileSync(join(state('baseline'), file), 'utf8'));
    writeFileSync(join(runner.workspace, 'bench', 'digest_library.py'), library(40_000));
    const slower = await run('--base-ref', 'main');
    expect(slower.code, slower.log).toBe(1);
    expect(slower.text).toContain('merge base with main');
    expect(slower.text).toMatch(/1 regression among 1 cell/);
    const rule = await run('--base-ref', 'main', '--compare', 'pairs', '--thresholds', '[{workload: "dig*", target: 300%, margin: 200%}]');
    expect(rule.code, rule.log).toBe(2);
    expect(rule.text).toContain('must be below 100%');
    const named = await run('--base-ref', 'nowhere');
    expect(named.code, named.log).toBe(2);
    expect(named.text).toContain('nowhere');
    expect(readdirSync(state('baseline')).map((file) => readFileSync(join(state('baseline'), file), 'utf8'))).toEqual(stored);
  }, 200_000);

  // A neighbour that takes most of the machine may leave even this open; not three times.
  it('lets through what a rule allows', { retry: 2, timeout: 200_000 }, async () => {
    writeFileSync(join(runner.workspace, 'bench', 'digest_library.py'), library(26_000));
    const allowed = await run('--base-ref', 'main', '--compare', 'pairs', '--thresholds', '[{workload: "dig*", target: 90%, margin: 80%}]');
    expect(allowed.code, allowed.log).toBe(0);
    expect(allowed.text).toMatch(/1 unchanged \(a slowdown of 90 % or more is excluded\)/);
    git('checkout', '--quiet', '--force', 'main');
  });

  it('refuses a workload that base cannot find, before anything is measured', async () => {
    writeFileSync(join(runner.workspace, '..', 'elsewhere.py'), workload.replace('from digest_library import digest', 'digest = abs'));
    const { code, text } = await run('--base-ref', 'main', '--workloads', '../elsewhere.py');
    expect(code, text).toBe(2);
    expect(text).toContain('The workload ../elsewhere.py leads out of');
  }, 200_000);
});

it('leaves no tree, link, log or sample behind', () => {
  expect(readdirSync(temporary)).toEqual([]);
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});
