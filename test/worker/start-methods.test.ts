import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runWorker, workerFolder } from '../worker-process.ts';
import { figures, fixture, fixtures, interpreters, last, newest, ownFile, runOnce } from './worker.fixture.ts';

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
