import { describe, expect, it } from 'vitest';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import { type Runtime, runtimeId } from '../model/runtime.ts';
import type { ModelSupport, WorkloadDescription } from '../model/workload.ts';
import { planMatrix } from './matrix.ts';

function runtime(python: string, packages: Record<string, string> = {}): Runtime {
  const identity = { python, implementation: 'cpython', freeThreaded: false, build: '00000000', packages };
  return { ...identity, id: runtimeId(identity), source: 'PATH' };
}

const supported: ModelSupport = { supported: true, origin: 'derived', gate: 'wall_per_unit' };

function workload(id: string, models: Partial<Record<ConcurrencyModel, ModelSupport>>): WorkloadDescription {
  return { id, title: id, path: `/${id}.py`, source: '0'.repeat(64), models, metrics: {} };
}

const everyModel = Object.fromEntries(concurrencyModels.map((model) => [model, supported]));

describe('planMatrix', () => {
  it('crosses every workload, model and runtime', () => {
    const workloads = [workload('a', everyModel), workload('b', everyModel)];
    const described = [runtime('3.12.1'), runtime('3.13.0')].map((each) => ({ runtime: each, workloads }));
    const { cells, leftOut } = planMatrix(described, concurrencyModels);
    expect(cells).toHaveLength(2 * 2 * concurrencyModels.length);
    expect(leftOut).toEqual([]);
  });

  it('leaves out what the workload leaves out, with its reason', () => {
    const models = { threads: supported, processes: { supported: false as const, reason: 'one process per sleep says nothing' } };
    const { cells, leftOut } = planMatrix([{ runtime: runtime('3.13.0'), workloads: [workload('a', models)] }], ['threads', 'processes']);
    expect(cells.map(({ model }) => model)).toEqual(['threads']);
    expect(leftOut).toMatchObject([{ model: 'processes', reason: 'one process per sleep says nothing' }]);
  });

  it('measures a model that does not use uvloop once for an interpreter with two uvloops', () => {
    const described = ['0.21.0', '0.22.1'].map((uvloop) => ({
      runtime: runtime('3.13.0', { uvloop }),
      workloads: [workload('a', everyModel)],
    }));
    const { cells, leftOut } = planMatrix(described, ['asyncio', 'uvloop']);
    expect(cells.map(({ model, runtime: id }) => [model, id.split('uvloop-')[1]])).toEqual([
      ['asyncio', '0.21.0'],
      ['uvloop', '0.21.0'],
      ['uvloop', '0.22.1'],
    ]);
    expect(leftOut).toMatchObject([{ model: 'asyncio', reason: expect.stringContaining('does not use uvloop') }]);
  });

  it('names a model that the worker did not speak of', () => {
    const { leftOut } = planMatrix([{ runtime: runtime('3.13.0'), workloads: [workload('a', {})] }], ['threads']);
    expect(leftOut).toMatchObject([{ reason: 'the worker does not know this model' }]);
  });

  it('leaves models that were not asked for out in silence: they were not asked for', () => {
    expect(planMatrix([{ runtime: runtime('3.13.0'), workloads: [workload('a', everyModel)] }], ['threads']).leftOut).toEqual([]);
  });
});
