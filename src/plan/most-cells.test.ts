import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concurrencyModels } from '../model/concurrency-model.ts';
import { runtimeId } from '../model/runtime.ts';
import type { WorkloadDescription } from '../model/workload.ts';
import { planMatrix } from './matrix.ts';
import { mostCells } from './most-cells.ts';

const runtime = (python: string, uvloop: string) => {
  const identity = { python, implementation: 'cpython', freeThreaded: false, build: '00000000', packages: { uvloop } };
  return { ...identity, id: runtimeId(identity), source: 'PATH' };
};

/** A workload that every model can run, varied over so many points. */
function workload(id: string, points: number): WorkloadDescription {
  const models = Object.fromEntries(
    concurrencyModels.map((model) => [model, { supported: true, origin: 'derived', gate: 'wall_per_unit' }] as const),
  );
  const scale = { n: Array.from({ length: points }, (_, index) => index) };
  const described = { id, title: id, path: `/${id}.py`, source: '0'.repeat(64), metrics: {}, core: null, params: { n: 0 } };
  return { ...described, models, modelParams: {}, scale, scaleModels: {} };
}

describe('mostCells', () => {
  it('counts every model once for each workload and Python, uvloop once for each of its versions', () => {
    const core = { pythons: 2, depths: ['core', 'core', 'core'], models: ['threads', 'uvloop'], uvloops: 4 } as const;
    expect(mostCells(core)).toBe(2 * 3 * (1 + 4));
    expect(mostCells({ ...core, uvloops: 0 })).toBe(2 * 3 * 2);
    expect(mostCells({ ...core, models: ['threads'] })).toBe(2 * 3);
    expect(mostCells({ ...core, depths: ['full'] })).toBe(20 * mostCells({ ...core, depths: ['core'] }));
  });

  it('is never fewer cells than the matrix has', () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.subarray([...concurrencyModels], { minLength: 1 }),
      fc.array(fc.record({ points: fc.integer({ min: 1, max: 20 }), depth: fc.constantFrom('core', 'full') }), {
        minLength: 1,
        maxLength: 4,
      }),
      (pythons, uvloops, models, workloads) => {
        const runtimes = Array.from({ length: pythons * uvloops }, (_, index) => runtime(`3.1${index % pythons}.0`, `0.${index}.0`));
        const described = workloads.map(({ points }, index) => workload(`w${index}`, points));
        const depths = workloads.map(({ depth }) => depth);
        const { cells } = planMatrix(
          runtimes.map((each) => ({ runtime: each, workloads: described })),
          models,
          (id) => depths[Number(id.slice(1))] ?? 'full',
        );
        expect(mostCells({ pythons, depths, models, uvloops })).toBeGreaterThanOrEqual(cells.length);
      },
    );
    fc.assert(property, { seed: 7, numRuns: 100 });
  });
});
