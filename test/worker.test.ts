import { execFile, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';

import { foundRuntime } from '../src/measure/hostile-worker.fixture.ts';
import { processExecutor } from '../src/measure/process-executor.ts';
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
    const lists = 'print(json.dumps([metric_ids.REGISTERED, sorted(metric_ids.INFORMING), model_names.MODELS]))';
    const question = `import json; from concurrency_worker import metric_ids, model_names; ${lists}`;
    const answer = spawnSync(newest, ['-c', question], { cwd: workerFolder, encoding: 'utf8' }).stdout;
    const informing = metrics.filter(({ role }) => role === 'inform').map(({ id }) => id);
    expect(JSON.parse(answer)).toEqual([metrics.map(({ id }) => id), informing.sort(), [...concurrencyModels]]);
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
    ['exit', 'run', 'it called sys.exit(0)'],
    ['returned text', 'contract', "verify returned 'fine'; it must assert what is right, or return True or False"],
    ['message of two lines', 'run', 'first second'],
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

describe('a package next to the workload', () => {
  const startMethods = ['fork', 'spawn', 'forkserver'];

  test.each(interpreters)('is found by every model and start method on $label', async ({ executable, minor }) => {
    const derived = ['sequential', 'threads', 'thread_pool', 'asyncio', 'executor'];
    const models = minor >= 14 ? [...derived, 'interpreters'] : derived;
    const cells = [...models.map((model) => [model, 'default']), ...startMethods.map((method) => ['processes', method])] as const;
    for (const [model, method] of cells) {
      const params = JSON.stringify({ start_method: method });
      const { lines, stderr } = await runWorker(executable, fixture('needs_a_package'), [...runOnce, model ?? '', '--params', params]);
      expect(
        lines.map(({ event }) => event),
        `${model} ${method} ${JSON.stringify(last(lines))} ${stderr}`,
      ).toEqual(['start', 'value', 'end']);
    }
  });
});

describe('the start method of processes', () => {
  const counted = ['cpu_per_unit', 'cpu_per_wall', 'voluntary_switches_per_unit', 'involuntary_switches_per_unit'];

  const started = async (python: string, method: string) => {
    const params = JSON.stringify({ start_method: method });
    return (await runWorker(python, fixture('needs_a_package'), [...runOnce, 'processes', '--params', params])).lines;
  };

  test.each([
    ['fork', true],
    ['spawn', true],
    ['forkserver', false],
  ])('%s is honest about the CPU time of its processes', async (method, counts) => {
    const reported = Object.keys(figures((await started(newest, method))[1]));
    expect(reported).toContain('wall_per_unit');
    expect(reported.filter((id) => counted.includes(id)).length).toBe(counts ? counted.length : 0);
  });

  test.each(interpreters.filter(() => process.platform === 'linux'))('default is that of $label', async ({ executable, minor }) => {
    const reported = Object.keys(figures((await started(executable, 'default'))[1]));
    // Python 3.14 went from fork to forkserver on Linux.
    expect(reported.includes('cpu_per_unit')).toBe(minor < 14);
  });

  test('that does not exist is one sentence', async () => {
    expect(last(await started(newest, 'vfork'))).toMatchObject({
      event: 'error',
      phase: 'run',
      message: expect.stringContaining("'vfork' is none of this system's; use default, "),
    });
  });

  test('forkserver cannot be judged by CPU time', async () => {
    const file = ownFile('judged_by_cpu', `GATE = "cpu_per_unit"\nfrom needs_a_package import *`);
    const environment = { PYTHONPATH: `${join(file, '..')}:${fixtures}:${workerFolder}` };
    const args = [...runOnce, 'processes', '--params', '{"start_method": "forkserver"}'];
    const { lines } = await runWorker(newest, file, args, environment);
    expect(last(lines)).toMatchObject({ phase: 'run', message: expect.stringContaining('no children of the worker; choose another GATE') });
  });
});

/** A workload file in a folder of its own, gone after the test. */
function ownFile(name: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'own-workload-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, `${name}.py`);
  writeFileSync(path, `${source}\n`);
  return path;
}

const rightVerify = 'def verify(work, results): assert results';
const rightUnit = 'def unit(work, i): return i + 1';

describe('a bad workload file is refused by one clear line', () => {
  const executor = processExecutor({ workerFolder });
  const runtime = foundRuntime({ executable: newest, python: interpreters.find(({ executable }) => executable === newest)?.label ?? '' });

  async function refusalOf(name: string, source: string) {
    const outcome = await executor.describe({ runtime, workload: ownFile(name, source), timeoutSeconds: 10 });
    if (outcome.status !== 'refused') throw new Error(`${name} was not refused`);
    expect(outcome.refusal.reason).not.toMatch(/[\n\r]/);
    return `${outcome.refusal.phase}: ${outcome.refusal.reason}`;
  }

  test.each([
    ['a syntax error', 'broken_syntax', 'def verify(work, results:', /^import: .*SyntaxError: .*\(broken_syntax\.py:1\)/],
    ['no verify', 'no_verify', rightUnit, /^contract: .*has no verify\(work, results\)/],
    ['a verify that is no function', 'verify_is_text', `${rightUnit}\nverify = "no"`, /verify is str and not a function; define it as def/],
    ['a verify of one parameter', 'verify_of_one', `${rightUnit}\ndef verify(results): assert results`, /def verify\(work, results\)/],
    ['a verify that asserts nothing', 'verify_of_nothing', `${rightUnit}\ndef verify(work, results): pass`, /\(line 2\) can never say no/],
    ['a sync unit_async', 'sync_unit_async', `${rightVerify}\ndef unit_async(work, i): return i`, /unit_async must be an async def/],
    ['nothing to run', 'nothing_to_run', rightVerify, /nothing to run; define unit\(work, i\)/],
    [
      'a missing dependency',
      'missing_dependency',
      'import no_such_package',
      /^import: .*No module named 'no_such_package'.*install what it needs/,
    ],
    [
      'a name of the standard library',
      'json',
      `${rightUnit}\n${rightVerify}`,
      /^import: .*json\.py has the name of a module .*; rename the file/,
    ],
    [
      'a name of an unused module',
      'wave',
      `${rightUnit}\n${rightVerify}`,
      /wave\.py has the name of a module .*wave\.py\); rename the file/,
    ],
    ['a name that cannot be imported', 'my-workload', `${rightUnit}\n${rightVerify}`, /letters, digits and underscores only/],
    [
      'an exit while it is imported',
      'exits',
      'import sys\nsys.exit("not here")',
      /^import: .*it called sys\.exit\('not here'\) \(exits\.py:2\)/,
    ],
    ['a hard exit while it is imported', 'exits_hard', 'import os\nos._exit(7)', /^crash: It exited with code 7 before its first line/],
    ['an exception of two lines', 'two_lines', 'raise ValueError("one\\ntwo")', /^import: .*ValueError: one two \(two_lines\.py:1\)/],
    ['a parameter that JSON cannot hold', 'no_json', `${rightUnit}\n${rightVerify}\nPARAMS = {"n": {1}}`, /PARAMS sets 'n' to \{1\}/],
    [
      'an axis without a usual value',
      'no_axis',
      `${rightUnit}\n${rightVerify}\nSCALE = {"n": [1]}`,
      /SCALE names 'n', which is not in PARAMS/,
    ],
  ])('%s', async (_, name, source, sentence) => {
    expect(await refusalOf(name, source)).toMatch(sentence);
  });

  test('an import that never ends', async () => {
    const workload = ownFile('never_ends', 'while True: pass');
    const outcome = await executor.describe({ runtime, workload, timeoutSeconds: 1 });
    expect(outcome).toMatchObject({
      refusal: { phase: 'timeout', reason: expect.stringMatching(/^Killed after 1 s, before its first line\./) },
    });
  });

  test('what is printed while it is imported disturbs nobody', async () => {
    const source = `print('{"event":"end"}', flush=True)\n${rightUnit}\n${rightVerify}`;
    const outcome = await executor.describe({ runtime, workload: ownFile('prints', source), timeoutSeconds: 10 });
    expect(outcome).toMatchObject({ status: 'described', description: { id: 'prints', core: null, scale: {}, params: {} } });
  });

  async function sampleOf(name: string, source: string, timeoutSeconds: number) {
    const cell = { workload: name, model: 'sequential', runtime: runtime.runtime.id, params: '' } as const;
    const amounts = { round: 0, values: 1, warmups: 0, params: {}, timeoutSeconds, peerPython: newest };
    return executor.run({ runtime, workload: ownFile(name, source), cell, ...amounts });
  }

  test.each([
    [
      'a verify that raises',
      `${rightUnit}\ndef verify(work, results): raise KeyError("lost")`,
      'wrong result',
      /KeyError: 'lost' \(bad\.py:2\)\.$/,
    ],
    ['a verify that says no', `${rightUnit}\ndef verify(work, results): return False`, 'wrong result', /verify returned False\.$/],
    [
      'a verify that returns text',
      `${rightUnit}\ndef verify(work, results): return "fine"`,
      'refused',
      /verify returned 'fine'; it must assert/,
    ],
    ['units of zero', `${rightUnit}\n${rightVerify}\ndef units(work): return 0`, 'refused', /units\(work\) is 0; .* at least 1/],
    [
      'a setup that never ends',
      `${rightUnit}\n${rightVerify}\ndef setup(work):\n  while True: pass`,
      'timeout',
      /^Killed after 2 s, after 0 of 1/,
    ],
  ])('%s', async (_, source, kind, message) => {
    const sample = await sampleOf('bad', source, 2);
    expect(sample).toMatchObject({ status: 'broken', kind, message: expect.stringMatching(message) });
    expect(sample.status === 'broken' ? sample.message : '').not.toMatch(/[\n\r]/);
  });
});

describe('the description', () => {
  test('carries core set, parameters and axes to the plan', async () => {
    const tables = [
      'PARAMS = {"n": 3, "way": "a", "other": [1]}',
      'MODEL_PARAMS = {"threads": {"n": 2}}',
      'CORE = ["threads"]',
      'SCALE = {"n": [1, 2.5], "way": ["a", "b"]}',
      'SCALE_MODELS = {"way": ["threads"]}',
    ];
    const workload = ownFile('described', [rightUnit, rightVerify, ...tables].join('\n'));
    const runtime = foundRuntime({ executable: newest, python: '3.13.0' });
    const outcome = await processExecutor({ workerFolder }).describe({ runtime, workload, timeoutSeconds: 10 });
    expect(outcome).toMatchObject({
      description: {
        params: { n: 3, way: 'a', other: [1] },
        modelParams: { threads: { n: 2 } },
        core: ['threads'],
        scale: { n: [1, 2.5], way: ['a', 'b'] },
        scaleModels: { way: ['threads'] },
      },
    });
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
