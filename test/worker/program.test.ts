import { execFile, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { concurrencyModels } from '../../src/model/concurrency-model.ts';
import { metrics } from '../../src/model/metric.ts';
import { interpretersAtHand } from '../python-environments.ts';
import { workerFolder } from '../worker-process.ts';
import { interpreters, newest } from './worker.fixture.ts';

const run = promisify(execFile);
const tooOld = interpretersAtHand().filter(({ minor }) => minor < 9);

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
