import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runWorker, workerFolder } from '../worker-process.ts';
import { figures, fixture, fixtures, interpreters, last, newest, runOnce } from './worker.fixture.ts';

const freeThreaded = interpreters.filter((interpreter) => interpreter.freeThreaded);

/** Runs the fixture that fails where it is told to. */
function misbehaving(where: string, python = newest) {
  return runWorker(python, fixture('misbehaves'), [...runOnce, 'sequential', '--params', JSON.stringify({ where })]);
}

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
