import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { foundRuntime, hostileFolder, hostileRequest } from './hostile-worker.fixture.ts';
import { breaks, hostileExecutor, python, run, temporaryFile } from './misbehaviour.fixture.ts';

test('an honest worker gives columns of values and the phases of its life', async () => {
  const { sample } = await run('honest');
  expect(sample).toMatchObject({
    status: 'measured',
    round: 0,
    values: { wall_per_unit: [0.005, 0.005, 0.005], cpu_per_unit: [0.001, 0.002, 0.003] },
    calibration: [0.01, 0.01, 0.01],
    units: 100,
    ideal: null,
    phases: { peers: 0.1, measured: 0.5 },
  });
  if (sample.status !== 'measured') throw new Error('not measured');
  expect(sample.phases.startup).toBeGreaterThan(0);
  expect(sample.phases.total).toBeGreaterThanOrEqual(sample.phases.startup);
});

test('what an honest worker said just before it exited is heard', async () => {
  const { sample } = await run('says_much_and_is_gone');
  expect(Object.keys(sample.status === 'measured' ? sample.values : {})).toHaveLength(2500);
});

describe('a worker that says the wrong thing', () => {
  test('protocol lines on stdout are output and nothing else', async () => {
    const { sample } = await breaks('speaks_on_stdout', 'crash', /^It exited with code 0 before its first line\.$/);
    expect(sample.output).toContain('| {"event":"start","v":1}');
  });

  test('an unknown version is refused at once', () =>
    breaks('unknown_version', 'protocol', /speaks protocol version 2, this program version 1/));

  test('NaN', () => breaks('not_a_number', 'protocol', /not a JSON object/));

  test('a number that is not finite', () => breaks('infinite_number', 'protocol', /metrics\.wall_per_unit/));

  test('a key of the object prototype', () => breaks('prototype_key', 'protocol', /object prototype/));

  test('a metric that is missing in one value', () => breaks('metric_missing', 'protocol', /lacks the metric cpu_per_unit/, { values: 2 }));

  test('fewer values than asked for', () => breaks('too_few_values', 'protocol', /without a single value/));

  test('another Python than the cell names', () => breaks('other_python', 'fallback', /it ran on 2\.7\.18/));
});

describe('a worker that reports a fault', () => {
  test('a result that fails verification is never a time', async () => {
    const { sample } = await breaks('verify_fails', 'wrong result', /AssertionError: lost message 7 \(chat\.py:88\)\.$/);
    expect(sample.output).toBe('| line one\n| line two');
  });

  test('a value that was not verified', () => breaks('not_verified', 'wrong result', /^Value 1 was not verified\.$/, { values: 2 }));

  test('an exception of the workload', () => breaks('run_fails', 'error', /^Its run failed with OSError: no more files/));

  test('a fallback', () => breaks('falls_back', 'fallback', /uvloop is not running/));

  test('a failing import', () => breaks('import_fails', 'refused', /^Its import failed with ModuleNotFoundError/));
});

describe('what a worker may see and leave', () => {
  test('stdin is empty and does not block', async () => {
    const { sample } = await run('reads_stdin', { values: 1 });
    expect(sample).toMatchObject({ status: 'measured', values: { bytes_read: [0] } });
  });

  test('no variable of the action reaches it', async () => {
    const canary = `canary-${randomUUID()}`;
    const names = [
      'GITHUB_TOKEN',
      'INPUT_GITHUB-TOKEN',
      'ACTIONS_RUNTIME_TOKEN',
      'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
      'GITHUB_ENV',
      'NODE_OPTIONS',
      'PYTHONSTARTUP',
    ];
    const to = temporaryFile();
    const environment = { ...process.env, LC_TIME: 'C', ...Object.fromEntries(names.map((name) => [name, canary])) };
    const request = hostileRequest({ ...python, workload: 'dumps_environment', params: { to } });
    const executor = hostileExecutor({ environment });
    expect(await executor.run(request)).toMatchObject({ status: 'measured' });
    const seen = readFileSync(to, 'utf8');
    expect(seen).not.toContain(canary);
    const allowed = ['CONCURRENCY_REGRESSIONS_SAMPLE', 'HOME', 'LC_TIME', 'PATH', 'PYTHONPATH', 'TMPDIR'];
    expect(Object.keys(JSON.parse(seen))).toEqual(expect.arrayContaining(allowed));
    // The padding makes all environments one size; LC_CTYPE is set by Python itself (PEP 538); the last is set by macOS.
    const others = ['CONCURRENCY_REGRESSIONS_PADDING', 'LANG', 'LC_CTYPE', 'LC_ALL', 'TZ', '__CF_USER_TEXT_ENCODING'];
    expect([...allowed, ...others]).toEqual(expect.arrayContaining(Object.keys(JSON.parse(seen))));
  });

  test('files, locked folders and links it leaves are removed, what the links point to is not', async () => {
    const { sample } = await run('litters');
    expect(sample.status).toBe('measured');
    expect(existsSync('/bin')).toBe(true);
  });
});

describe('workflow commands', () => {
  test('none reaches the log as a command, whatever the stream', () => {
    const argv = [join(hostileFolder, 'print-sample.ts'), python.executable, python.python, 'commands'];
    const log = execFileSync(process.execPath, argv, { encoding: 'utf8', stdio: 'pipe' });
    expect(log).toMatch(/^broken\n/);
    expect(log).toContain('| : :error file=a.py,line=1::injected');
    // What the runner takes for a command (actions/runner, ActionCommand.cs): `::` after blanks, `##[` anywhere.
    const commands = log.split(/[\r\n]/).filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
    expect(commands).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is checked
    expect(log).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/);
  });

  test('nor does the output of a worker reach our own streams by itself', () => {
    const argv = [join(hostileFolder, 'print-sample.ts'), python.executable, python.python, 'speaks_on_stdout'];
    const log = execFileSync(process.execPath, argv, { encoding: 'utf8', stdio: 'pipe' });
    expect(log.split('\n').filter((line) => line.startsWith('{'))).toEqual([]);
  });
});

describe('a description', () => {
  const ask = (workload: string) =>
    hostileExecutor().describe({
      runtime: foundRuntime(python),
      workload: join(hostileFolder, `${workload}.py`),
      timeoutSeconds: 1.5,
    });

  test('that fails to import is refused with what to do', async () => {
    expect(await ask('import_fails')).toMatchObject({
      status: 'refused',
      refusal: {
        id: 'import_fails',
        phase: 'import',
        reason: expect.stringMatching(/No module named 'nowhere'.*Make the file importable/),
      },
    });
  });

  test('that hangs is refused', async () => {
    expect(await ask('hangs')).toMatchObject({ status: 'refused', refusal: { phase: 'timeout' } });
  });

  test('that crashes is refused with the last line it printed', async () => {
    const outcome = await ask('exits_with_7');
    expect(outcome).toMatchObject({ status: 'refused', refusal: { phase: 'crash', reason: expect.stringContaining('code 7') } });
  });

  test('that describes nothing is refused', async () => {
    expect(await ask('honest')).toMatchObject({ status: 'refused', refusal: { phase: 'protocol' } });
  });
});
