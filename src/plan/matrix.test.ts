import { describe, expect, it } from 'vitest';
import type { Cell } from '../model/cell.ts';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import { type Runtime, runtimeId } from '../model/runtime.ts';
import type { ModelSupport, WorkloadDescription } from '../model/workload.ts';
import { notReached } from './ending.ts';
import { cellParams, type Matrix, outsideCore, planMatrix } from './matrix.ts';
import { recordedWorkloads } from './recorded-workloads.ts';

function runtime(python: string, packages: Record<string, string> = {}): Runtime {
  const identity = { python, implementation: 'cpython', freeThreaded: false, build: '00000000', packages };
  return { ...identity, id: runtimeId(identity), source: 'PATH' };
}

const supported: ModelSupport = { supported: true, origin: 'derived', gate: 'wall_per_unit' };

function workload(id: string, models: Partial<Record<ConcurrencyModel, ModelSupport>>): WorkloadDescription {
  return {
    id,
    title: id,
    path: `/${id}.py`,
    source: '0'.repeat(64),
    models,
    metrics: {},
    core: null,
    params: {},
    modelParams: {},
    scale: {},
    scaleModels: {},
  };
}

const everyModel = Object.fromEntries(concurrencyModels.map((model) => [model, supported]));

describe('planMatrix', () => {
  it('crosses every workload, model and runtime', () => {
    const workloads = [workload('a', everyModel), workload('b', everyModel)];
    const described = [runtime('3.12.1'), runtime('3.13.0')].map((each) => ({ runtime: each, workloads }));
    const { cells, leftOut } = planMatrix(described, concurrencyModels, () => 'core');
    expect(cells).toHaveLength(2 * 2 * concurrencyModels.length);
    expect(leftOut).toEqual([]);
  });

  it('leaves out what the workload leaves out, with its reason', () => {
    const models = { threads: supported, processes: { supported: false as const, reason: 'one process per sleep says nothing' } };
    const { cells, leftOut } = planMatrix(
      [{ runtime: runtime('3.13.0'), workloads: [workload('a', models)] }],
      ['threads', 'processes'],
      () => 'full',
    );
    expect(cells.map(({ model }) => model)).toEqual(['threads']);
    expect(leftOut).toMatchObject([{ model: 'processes', reason: 'one process per sleep says nothing' }]);
  });

  it('measures a model that does not use uvloop once for an interpreter with two uvloops', () => {
    const described = ['0.21.0', '0.22.1'].map((uvloop) => ({
      runtime: runtime('3.13.0', { uvloop }),
      workloads: [workload('a', everyModel)],
    }));
    const { cells, leftOut } = planMatrix(described, ['asyncio', 'uvloop'], () => 'core');
    expect(cells.map(({ model, runtime: id }) => [model, id.split('uvloop-')[1]])).toEqual([
      ['asyncio', '0.21.0'],
      ['uvloop', '0.21.0'],
      ['uvloop', '0.22.1'],
    ]);
    expect(leftOut).toMatchObject([{ model: 'asyncio', reason: expect.stringContaining('does not use uvloop') }]);
  });

  it('names a model that the worker did not speak of', () => {
    const { leftOut } = planMatrix([{ runtime: runtime('3.13.0'), workloads: [workload('a', {})] }], ['threads'], () => 'core');
    expect(leftOut).toMatchObject([{ reason: 'the worker does not know this model' }]);
  });

  it('leaves models that were not asked for out in silence: they were not asked for', () => {
    expect(planMatrix([{ runtime: runtime('3.13.0'), workloads: [workload('a', everyModel)] }], ['threads'], () => 'core').leftOut).toEqual(
      [],
    );
  });

  describe('sets', () => {
    const described = (description: Partial<WorkloadDescription>) => [
      { runtime: runtime('3.13.0'), workloads: [{ ...workload('a', everyModel), ...description }] },
    ];
    const params = ({ cells }: Matrix) => cells.map((cell) => [cell.model, cell.params]);

    it('core measures the models of CORE, and gives all others one reason', () => {
      const { cells, leftOut } = planMatrix(described({ core: ['asyncio'], scale: { n: [1] } }), concurrencyModels, () => 'core');
      expect(cells.map(({ model, params: at }) => [model, at])).toEqual([['asyncio', '']]);
      expect(new Set(leftOut.map(({ reason }) => reason))).toEqual(new Set([outsideCore]));
      expect(leftOut).toHaveLength(concurrencyModels.length - 1);
    });

    it('an empty CORE leaves the workload to full, and what cannot run keeps its own reason', () => {
      const models = { ...everyModel, uvloop: { supported: false as const, reason: 'not installed' } };
      const plan = planMatrix(described({ core: [], models }), ['asyncio', 'uvloop'], () => 'core');
      expect(plan.cells).toEqual([]);
      expect(plan.leftOut.map(({ reason }) => reason)).toEqual([outsideCore, 'not installed']);
      expect(planMatrix(described({ core: [] }), ['asyncio'], () => 'full').cells).toHaveLength(1);
    });

    it('the depth is asked for each workload', () => {
      const workloads = [workload('a', everyModel), workload('b', everyModel)].map((each) => ({ ...each, scale: { n: [7] } }));
      const plan = planMatrix([{ runtime: runtime('3.13.0'), workloads }], ['threads'], (id) => (id === 'b' ? 'full' : 'core'));
      expect(plan.cells.map(({ workload: id, params: at }) => [id, at])).toEqual([
        ['a', ''],
        ['b', ''],
        ['b', 'n=7'],
      ]);
    });

    it('full varies each axis alone, for its models; the point of the plain cell is not measured twice', () => {
      const description = {
        params: { n: 100, how: 'fork' },
        modelParams: { threads: { n: 10 } },
        scale: { n: [10, 100, 10], how: ['fork', 'spawn'] },
        scaleModels: { how: ['asyncio' as const] },
      };
      const plan = planMatrix(described(description), ['threads', 'asyncio'], () => 'full');
      expect(params(plan)).toEqual([
        ['threads', ''],
        ['threads', 'n=100'],
        ['asyncio', ''],
        ['asyncio', 'n=10'],
        ['asyncio', 'how=spawn'],
      ]);
      const [workloadDescription] = described(description)[0]?.workloads ?? [];
      if (workloadDescription === undefined) throw new Error('no workload');
      expect(plan.cells.map((cell) => cellParams(cell, workloadDescription))).toEqual([{}, { n: 100 }, {}, { n: 10 }, { how: 'spawn' }]);
      const [first] = plan.cells;
      expect(() => cellParams({ ...first, params: 'n=11' } as Cell, workloadDescription)).toThrow('a has no scale point n=11');
      expect(recordedWorkloads(described(description))).toMatchObject([
        { axes: { n: { threads: 10, asyncio: 100, sequential: 100 }, how: { asyncio: 'fork' } } },
      ]);
      expect(recordedWorkloads(described({}))[0]).not.toHaveProperty('axes');
    });
  });
});

describe('what the run did not reach', () => {
  it('is told by cell, the scale points of a cell together', () => {
    const cell = { workload: 'a', model: 'threads' as const, runtime: 'r' };
    const cells = ['', 'n=1', 'n=2'].map((params) => ({ ...cell, params }));
    const reached = [{ status: 'broken', cell: { ...cell, params: '' }, round: 0, kind: 'crash', message: '', output: '' }] as const;
    expect(notReached(cells, reached)).toEqual([{ ...cell, reason: 'the run ended before every scale point had a process' }]);
    expect(notReached(cells, []).map(({ reason }) => reason)).toEqual([
      'the run ended before its first process',
      'the run ended before every scale point had a process',
    ]);
  });
});
