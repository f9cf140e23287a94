import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type MiniRunner, miniRunner, type StepResult, workflowCommands } from './mini-runner.ts';

/** No GitHub is asked: what stands there is what the tests of pull requests look at. */
const offline = { 'baseline-store': 'file', 'check-run': 'false', comment: 'off' };
const nowhere = { GITHUB_REPOSITORY: '' };
const quick = { ...offline, workloads: 'fan_out_five,blocking_calls', models: 'threads,asyncio,uvloop', processes: '3', values: '2' };
const onPullRequest = {
  event: 'pull_request',
  ref: 'refs/pull/7/merge',
  payload: { repository: { default_branch: 'main' }, pull_request: { number: 7, head: { sha: 'c'.repeat(40) } } },
};
const canary = 'canary-5f1d0c7e9b';
const secrets = {
  GITHUB_TOKEN: canary,
  'INPUT_GITHUB-TOKEN': canary,
  ACTIONS_RUNTIME_TOKEN: canary,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: canary,
  ACTIONS_RESULTS_URL: `https://${canary}.example`,
  AWS_SECRET_ACCESS_KEY: canary,
  NODE_OPTIONS: `--title=${canary}`,
};

/** How many runs the fullest file of the baseline holds; lines that runs share are of no commit. */
function storedRuns(runner: MiniRunner): number {
  const folder = join(runner.workspace, '.concurrency-regressions', 'baseline');
  const files = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));
  return files
    .map((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'))
    .map((lines) => lines.filter((line) => JSON.parse(line).commit !== undefined).length)
    .reduce((most, lines) => Math.max(most, lines), 0);
}

describe('the bundled action under a bare Node', () => {
  let runner: MiniRunner;
  let first: StepResult;
  let second: StepResult;

  beforeAll(async () => {
    runner = miniRunner();
    first = await runner.step({ event: 'push', inputs: quick, environment: { ...secrets, ...nowhere } });
    second = await runner.step({ ...onPullRequest, inputs: quick, environment: nowhere });
  }, 300_000);

  it('passes on a push to main, with the three tables in the job summary', () => {
    expect(first.code, first.log).toBe(0);
    for (const title of ['Overview', 'Scheduling & memory', 'Use cases']) expect(first.summary).toContain(title);
    expect(first.summary.toLowerCase()).toContain('no stored baseline');
  });

  it('sets every output that action.yml declares for a run of one job', () => {
    const declared =
      readFileSync(join(import.meta.dirname, '..', '..', 'action.yml'), 'utf8')
        .split('\noutputs:')[1]
        ?.split('\nruns:')[0] ?? '';
    const names = [...declared.matchAll(/^ {2}([a-z-]+):$/gm)].flatMap(([, name = '']) => (name === 'matrix' ? [] : [name]));
    expect(names.length).toBeGreaterThan(5);
    expect(Object.keys(first.outputs).sort()).toEqual(names.sort());
    expect(first.outputs['conclusion']).toBe('success');
    expect(JSON.parse(first.outputs['json'] ?? '')).toMatchObject({ conclusion: 'success', broken: 0 });
    expect(readFileSync(first.outputs['report-path'] ?? '', 'utf8')).toContain('Overview');
    expect(JSON.parse(readFileSync(second.outputs['results-path'] ?? '', 'utf8'))).toMatchObject({
      kind: 'results',
      commit: 'c'.repeat(40),
    });
  });

  it('compares a pull request with the push, and stores nothing of the pull request', () => {
    expect(second.code, second.log).toBe(0);
    expect(second.summary).toContain('Too few stored runs for 12 cells');
    expect(second.summary).toMatch(/No pairs were measured:.*base/);
    expect(storedRuns(runner)).toBe(1);
  });

  it('prints the tables to the log, with no workflow command but its own', () => {
    expect(first.log).toContain('Scheduling & memory');
    expect(workflowCommands(first.log)).toEqual([expect.stringMatching(/^::warning::\d runtimes? ha(s|ve) no stored baseline\.$/)]);
  });

  it('lets no secret of the job reach a worker, the log, the summary or a file', () => {
    expect(first.log).not.toContain(canary);
    expect(first.summary).not.toContain(canary);
    const written = readdirSync(join(runner.workspace, '.concurrency-regressions'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('environments'))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(written.length).toBeGreaterThan(3);
    for (const content of written) expect(content).not.toContain(canary);
  });
});

describe('a hostile workload under the action', () => {
  const hostile = `"""Prints what it should not | <img src=x> @octocat ::error::title"""
import os, sys, time
PARAMS = {"n": 2}
print("::error::from the workload")
print("::set-output name=conclusion::failure")
print("##[error]old style")
sys.stderr.write("::add-mask::a\\n::stop-commands::x\\n")
def unit(work, i):
    with open(os.path.join(os.path.dirname(__file__), "environment-%d.txt" % os.getpid()), "w") as file:
        file.write(repr(dict(os.environ)) + repr(sorted(os.listdir("/proc/self/fd"))))
    return i
def verify(work, results):
    assert sorted(results) == [0, 1], "::error::wrong %r" % (results,)
`;
  const broken = `"""Loses a message."""
PARAMS = {"n": 2}
def unit(work, i): return i
def verify(work, results): raise AssertionError("::error::lost message 1 | of 2 <i> @octocat")
`;
  let runner: MiniRunner;
  let result: StepResult;

  beforeAll(async () => {
    runner = miniRunner();
    mkdirSync(join(runner.workspace, 'bench'), { recursive: true });
    writeFileSync(join(runner.workspace, 'bench', 'hostile.py'), hostile);
    writeFileSync(join(runner.workspace, 'bench', 'loses.py'), broken);
    const inputs = {
      ...offline,
      workloads: 'bench/*.py',
      models: 'sequential,threads',
      processes: '2',
      values: '1',
      'uvloop-version': 'latest',
    };
    result = await runner.step({ ...onPullRequest, inputs, environment: secrets });
  }, 300_000);

  it('fails on the broken cells and says so in the summary and outputs', () => {
    expect(result.code).toBe(1);
    expect(result.outputs['conclusion']).toBe('failure');
    expect(Number(result.outputs['broken'])).toBeGreaterThanOrEqual(2);
    expect(result.summary).toContain('lost message 1');
  });

  it('carries out no command of the workload: an annotation at its file and the error of the gate are all', () => {
    const commands = workflowCommands(result.log);
    const [annotation, ...others] = commands.filter((line) => !line.startsWith('::warning::'));
    expect(annotation).toMatch(/^::error title=loses%3A \d+ broken,file=bench\/loses\.py,line=1::loses /);
    expect(others).toEqual([expect.stringMatching(/^::error::\d+ cells are broken/)]);
    expect(commands.filter((line) => line.startsWith('::warning::') && !/^::warning::\d+ (cells|runtimes?) /.test(line))).toEqual([]);
  });

  it('writes nothing into the summary that GitHub would act on', () => {
    const outsideCode = result.summary.replaceAll(/```[\s\S]*?```|`[^`]*`/g, '');
    expect(outsideCode).not.toMatch(/<img|<i>|(^|\s)@octocat/);
  });

  it('gives workers an environment without a secret, and no descriptor but their own', () => {
    const dumps = readdirSync(join(runner.workspace, 'bench')).filter((name) => name.startsWith('environment-'));
    expect(dumps.length).toBeGreaterThan(1);
    for (const dump of dumps) {
      const content = readFileSync(join(runner.workspace, 'bench', dump), 'utf8');
      expect(content).not.toContain(canary);
      expect(content).not.toMatch(/GITHUB_|ACTIONS_|INPUT_|RUNNER_/);
    }
  });
});

describe('bad input to the action', () => {
  it.each([
    [{ models: 'gevent' }, /"gevent" is not a concurrency model/],
    [{ workloads: 'spam' }, /no workload "spam"/],
    [{ 'python-version': '2.7' }, /Python 2\.7 is not supported/],
    [{ config: 'none.yml' }, /none\.yml cannot be opened/],
    [{ 'time-budget': 'soon' }, /"time-budget"/],
  ])('%j fails the step with one message and writes nothing', async (inputs, message) => {
    const runner = miniRunner();
    const { code, log, summary } = await runner.step({ event: 'push', inputs: { ...offline, ...inputs } });
    expect(code).toBe(1);
    const commands = workflowCommands(log);
    expect(commands).toHaveLength(1);
    expect(commands[0]).toMatch(message);
    expect(summary).toBe('');
    expect(
      readdirSync(join(runner.workspace, '.concurrency-regressions')).filter((name) => name !== 'environments' && name !== '.gitignore'),
    ).toEqual([]);
  });
});
