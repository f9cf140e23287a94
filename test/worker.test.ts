import { execFile, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

import { concurrencyModels } from '../src/model/concurrency-model.ts';
import { metrics } from '../src/model/metric.ts';
import { interpretersAtHand, interpretersUnderTest } from './python-environments.ts';
import { type Line, runWorker, workerFolder } from './worker-process.ts';

const run = promisify(execFile);
const fixtures = join(workerFolder, 'tests', 'fixtures');
const interpreters = interpretersUnderTest();
const newest = interpreters.filter(({ freeThreaded }) => !freeThreaded).at(-1)?.executable ?? 'python3';
const freeThreaded = interpreters.filter((interpreter) => interpreter.freeThreaded);
const tooOld = interpretersAtHand().filter(({ minor }) => minor < 9);

const runOnce = ['run', '--values', '1', '--warmups', '0', '--model'];
const fixture = (name: string): string => join(fixtures, `${name}.py`);
const last = (lines: readonly Line[]): Line => lines.at(-1) ?? {};

const figures = (line: Line | undefined) => (line?.['metrics'] ?? {}) as Record<string, number>;

/** Runs the fixture that fails where it is told to. */
function misbehaving(where: string, python = newest) {
  return runWorker(python, fixture('misbehaves'), [...runOnce, 'sequential', '--params', JSON.stringify({ where })]);
}

describe.each(interpreters)('the unit tests of the worker', ({ label, executable }) => {
  test(`pass on ${label}`, async () => {
    const { stderr } = await run(executable, ['-s', '-m', 'unittest', 'discover', '-s', 'tests'], { cwd: workerFolder });
    expect(stderr).toMatch(/Ran [1-9]\d* tests[\s\S]*OK/);
  });
});

describe('the lists that both sides keep', () => {
  test('are the same', () => {
    const lists = 'print(json.dumps([metric_ids.REGISTERED, model_names.MODELS]))';
    const question = `import json; from concurrency_worker import metric_ids, model_names; ${lists}`;
    const answer = spawnSync(newest, ['-c', question], { cwd: workerFolder, encoding: 'utf8' }).stdout;
    expect(JSON.parse(answer)).toEqual([metrics.map(({ id }) => id), [...concurrencyModels]]);
  });
});

describe('a run', () => {
  test('writes its lines in order, with the calibration around each value', async () => {
    const args = ['run', '--model', 'threads', '--values', '2', '--warmups', '1', '--params', '{"n": 2}'];
    const { lines, exitCode } = await runWorker(newest, fixture('waits'), args);
    expect(exitCode).toBe(0);
    expect(lines.map(({ event, index }) => [event, index])).toEqual([
      ['start', undefined],
      ['warmup', 0],
      ['value', 0],
      ['value', 1],
      ['end', undefined],
    ]);
    expect(lines[0]).toMatchObject({ v: 1, workload: 'waits', model: 'threads', loop: null, params: { n: 2, delay: 0.01 } });
    expect(lines[2]).toMatchObject({ units: 2, ideal: 0.01, verified: true, calibration: expect.any(Number) });
    expect(last(lines)).toMatchObject({
      seconds: { total: expect.any(Number), values: expect.any(Number), calibration: expect.any(Number) },
    });
  });

  test.each([
    ['sequential', 1],
    ['threads', 2],
    ['thread_pool', 2],
    ['asyncio', 2],
    ['executor', 2],
    ['processes', 2],
  ])('sees how much %s overlaps', async (model, most) => {
    const params = JSON.stringify({ n: 2, delay: 0.1, workers: 2 });
    const { lines } = await runWorker(newest, fixture('waits'), [...runOnce, model, '--params', params]);
    const overlap = figures(lines[1])['overlap'];
    expect(overlap).toBeLessThanOrEqual(most);
    // A busy machine may start a pool late; one wait after the other is all that must be excluded.
    expect(overlap).toBeGreaterThan(most === 1 ? 0.5 : 1);
  });

  test('sees a blocked event loop', async () => {
    const { lines } = await runWorker(newest, fixture('waits'), [...runOnce, 'asyncio', '--params', '{"n": 2, "blocking": 0.05}']);
    expect(lines[1]).toMatchObject({ loop: expect.stringMatching(/^asyncio\./) });
    // Two units block one after the other before the tick can run again.
    expect(figures(lines[1])['loop_lag_max']).toBeGreaterThan(0.09);
  });
});

describe('a wrong result', () => {
  test.each(['threads', 'asyncio'])('of %s is an error of verify and never a time', async (model) => {
    const { lines, exitCode } = await runWorker(newest, fixture('corrupts_a_result'), [...runOnce, model]);
    expect(exitCode).toBe(3);
    expect(lines.map(({ event }) => event)).toEqual(['start', 'error']);
    expect(last(lines)).toMatchObject({ phase: 'verify', type: 'AssertionError', message: expect.stringContaining('lost a result') });
    expect(last(lines)['where']).toMatch(/^corrupts_a_result\.py:\d+$/);
  });

  test('of a warm-up is one too', async () => {
    const args = ['run', '--values', '1', '--warmups', '1', '--model', 'threads'];
    expect(last((await runWorker(newest, fixture('corrupts_a_result'), args)).lines)).toMatchObject({ event: 'error', phase: 'verify' });
  });

  test('is also a run that takes less than the time the work needs', async () => {
    const { lines } = await runWorker(newest, fixture('lying_ideal'), [...runOnce, 'sequential']);
    expect(last(lines)).toMatchObject({ event: 'error', phase: 'verify', message: expect.stringContaining('perfect scheduler') });
  });
});

describe('a failure', () => {
  test.each([
    ['setup', 'setup', 'failed in setup'],
    ['run', 'run', 'failed in run'],
    ['verify', 'verify', 'failed in verify'],
    ['teardown', 'teardown', 'failed in teardown'],
    ['returned false', 'verify', 'verify returned False'],
    ['stuck thread', 'run', 'failed in stuck thread'],
    ['unknown metric', 'run', 'declare it in METRICS'],
    ['infinite metric', 'run', 'finite'],
    ['exit', 'run', '0'],
    ['peer', 'setup', 'silent_peer.py did not print one JSON object'],
  ])('in %s is reported with its phase, exit code 3', async (where, phase, message) => {
    const { lines, exitCode } = await misbehaving(where);
    expect(last(lines)).toMatchObject({ event: 'error', phase, message: expect.stringContaining(message) });
    expect(exitCode).toBe(3);
  });

  test('of a model the runtime lacks names the reason', async () => {
    const { lines } = await runWorker(newest, fixture('misbehaves'), [...runOnce, 'asyncio']);
    expect(last(lines)).toMatchObject({
      event: 'error',
      phase: 'contract',
      message: expect.stringContaining('defines neither unit_async'),
    });
  });

  test('to import names the file', async () => {
    const { lines, exitCode } = await runWorker(newest, fixture('missing'), ['describe']);
    expect([last(lines)['phase'], exitCode]).toEqual(['import', 3]);
    expect(last(lines)['message']).toContain('missing.py cannot be read');
  });
});

describe('a silent fallback', () => {
  test.each(interpreters)('of uvloop to asyncio is an error on $label', async ({ executable }) => {
    const environment = { PYTHONPATH: `${fixtures}:${join(fixtures, 'fake_uvloop')}:${workerFolder}` };
    const { lines, exitCode } = await runWorker(executable, fixture('waits'), [...runOnce, 'uvloop'], environment);
    expect(last(lines)).toMatchObject({ event: 'error', phase: 'fallback', message: expect.stringContaining('asyncio.unix_events') });
    expect(exitCode).toBe(3);
  });

  test.each(freeThreaded)('of $label to the interpreter lock is an error', async ({ executable }) => {
    const args = [...runOnce, 'sequential', '--params', '{"n": 1}'];
    const atStart = await runWorker(executable, fixture('waits'), args, { PYTHON_GIL: '1' });
    expect(atStart.lines).toMatchObject([
      { event: 'start', free_threaded: true, gil: true },
      { event: 'error', phase: 'fallback' },
    ]);
    const atEnd = await misbehaving('interpreter lock', executable);
    expect(atEnd.lines).toMatchObject([{ event: 'start', gil: false }, { event: 'value' }, { event: 'error', phase: 'fallback' }]);
  });
});

describe('a wrong start', () => {
  test.each([
    ['no command', [], 'must be run or describe'],
    ['an unknown option', ['run', '--model', 'threads', '--workload', 'x.py', '--fd', '3', '--loops', '5'], 'does not know --loops'],
    ['an unknown model', ['run', '--model', 'gevent', '--workload', 'x.py', '--fd', '3'], 'gevent is no model'],
    ['no values', ['run', '--model', 'threads', '--workload', 'x.py', '--fd', '3', '--values', '0'], '--values 0'],
    ['bad parameters', ['run', '--model', 'threads', '--workload', 'x.py', '--fd', '3', '--params', '[]'], 'JSON object'],
    ['a closed descriptor', ['describe', '--workload', 'x.py', '--fd', '9'], '--fd 9 is not open'],
    ['standard output as descriptor', ['describe', '--workload', 'x.py', '--fd', '1'], 'a descriptor of its own'],
  ])('with %s is one sentence and exit code 2', (_, args, sentence) => {
    const { status, stderr } = spawnSync(newest, [workerFolder, ...args], { encoding: 'utf8' });
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });

  test('with a descriptor that cannot be written is one sentence and exit code 2', () => {
    const readable = openSync(devNull, 'r');
    const args = [workerFolder, 'describe', '--workload', 'x.py', '--fd', '3'];
    const { status, stderr } = spawnSync(newest, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe', readable] });
    closeSync(readable);
    expect(stderr).toContain('open for reading only');
    expect(status).toBe(2);
  });

  test.each(tooOld)('on Python $label is one sentence and exit code 2', ({ executable }) => {
    const { status, stderr } = spawnSync(executable, [workerFolder, 'describe', '--workload', 'x.py', '--fd', '3'], { encoding: 'utf8' });
    expect(stderr).toMatch(/^The worker needs Python 3\.9 or newer.*\n$/);
    expect(status).toBe(2);
  });
});
