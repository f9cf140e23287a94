import { join } from 'node:path';

import { beforeAll, describe, expect, test } from 'vitest';

import type { Executor, RunRequest } from '../../src/measure/executor.ts';
import { findPython, foundRuntime } from '../../src/measure/hostile-worker.fixture.ts';
import { processExecutor } from '../../src/measure/process-executor.ts';
import type { ConcurrencyModel } from '../../src/model/concurrency-model.ts';
import type { PreparedRuntime } from '../../src/model/runtime.ts';

const workerFolder = join(import.meta.dirname, '../../workloads/worker');
let runtime: PreparedRuntime;
let executor: Executor;

beforeAll(() => {
  runtime = foundRuntime(findPython());
  executor = processExecutor({ workerFolder, environment: { ...process.env, GITHUB_TOKEN: 'canary' } });
});

function fileOf(workload: string): string {
  return join(import.meta.dirname, 'workloads', `${workload}.py`);
}

function request(workload: string, model: ConcurrencyModel): RunRequest {
  const cell = { workload, model, runtime: runtime.runtime.id, params: '' };
  const amounts = { round: 1, values: 2, warmups: 0, params: { n: 3 }, timeoutSeconds: 30 };
  return { runtime, workload: fileOf(workload), cell, ...amounts, peerPython: runtime.executable };
}

const describeWorkload = (workload: string) => executor.describe({ runtime, workload: fileOf(workload), timeoutSeconds: 30 });

describe('the real worker', () => {
  test('describes an honest workload', async () => {
    const outcome = await describeWorkload('honest');
    expect(outcome).toMatchObject({
      status: 'described',
      description: {
        id: 'honest',
        title: expect.stringContaining('Waits of one millisecond'),
        models: { threads: { supported: true, origin: 'derived' } },
      },
    });
  });

  test.for(['threads', 'sequential', 'processes'] as const)('measures it with %s', async (model) => {
    const sample = await executor.run(request('honest', model));
    expect(sample).toMatchObject({
      status: 'measured',
      round: 1,
      units: 3,
      values: { wall_per_unit: [expect.any(Number), expect.any(Number)] },
    });
    if (sample.status !== 'measured') return;
    expect(sample.phases.startup).toBeLessThan(sample.phases.total);
    expect(sample.phases.measured).toBeLessThan(sample.phases.total - sample.phases.startup);
  });

  test('refuses a workload that lacks verify', async () => {
    const refusal = { id: 'lacks_verify', phase: 'contract', reason: expect.stringContaining('verify') };
    expect(await describeWorkload('lacks_verify')).toMatchObject({ status: 'refused', refusal });
    const sample = await executor.run(request('lacks_verify', 'threads'));
    expect(sample).toMatchObject({ status: 'broken', kind: 'refused', message: expect.stringContaining('verify') });
  });

  test('reports a corrupted result as broken, never as a time', async () => {
    const sample = await executor.run(request('corrupts_a_result', 'threads'));
    expect(sample).toMatchObject({ status: 'broken', kind: 'wrong result', message: expect.stringContaining('a unit came back as -1') });
  });

  test('refuses a workload that does not import, and disarms what it prints', async () => {
    const outcome = await describeWorkload('prints_commands');
    expect(outcome).toMatchObject({
      status: 'refused',
      refusal: { phase: 'import', reason: expect.stringContaining(': :error::injected in the message') },
    });
    const sample = await executor.run(request('prints_commands', 'threads'));
    expect(sample).toMatchObject({ status: 'broken', kind: 'refused', output: expect.stringContaining('| : :error::injected on stdout') });
    expect(JSON.stringify([outcome, sample])).not.toContain('##[');
  });
});
