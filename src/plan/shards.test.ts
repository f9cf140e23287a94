import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostShards, shardCount, shardName } from '../model/shard.ts';
import { planShards, shardMatrix } from './shards.ts';

const known = (seconds: readonly (number | null)[]) => seconds.map((each, index) => ({ id: `w${index}`, seconds: each }));
const request = { run: 'run-1', cells: 80, unavailable: [], secondsPerShard: 100, most: 20 };

describe('planShards', () => {
  it('gives each Python one shard where no stored run tells what it costs', () => {
    const pythons = ['3.12', '3.13'].map((python) => ({ python, workloads: known([null, null]) }));
    const shards = planShards({ ...request, pythons });
    expect(shards.map(({ index, workloads }) => [index, workloads])).toEqual([
      [1, ['w0', 'w1']],
      [2, ['w0', 'w1']],
    ]);
    expect(shards.map((shard) => shardName(shard.pythons, shard.index))).toEqual(['Python 3.12', 'Python 3.13']);
  });

  it('shares a Python out by the stored costs, the shards alike', () => {
    const shards = planShards({ ...request, pythons: [{ python: '3.13', workloads: known([90, 10, 60, 40]) }] });
    expect(shards.map(({ workloads }) => workloads)).toEqual([
      ['w0', 'w1'],
      ['w2', 'w3'],
    ]);
    expect(shards.map((shard) => shardName(shard.pythons, shard.index))).toEqual(['Python 3.13 (1 of 2)', 'Python 3.13 (2 of 2)']);
  });

  it('takes a workload without a cost for an average one', () => {
    expect(planShards({ ...request, pythons: [{ python: '3.13', workloads: known([100, null]) }] })).toHaveLength(2);
    const shards = planShards({ ...request, pythons: [{ python: '3.13', workloads: known([50, null, null, null]) }] });
    expect(shards.map(({ workloads }) => workloads)).toEqual([
      ['w0', 'w2'],
      ['w1', 'w3'],
    ]);
  });

  it('gives the first shard what no job can have, and all of them the bound of their cells', () => {
    const unavailable = [{ requested: '>=3.15', reason: 'None is at hand.' }];
    const pythons = ['3.12', '3.13'].map((python) => ({ python, workloads: known([null]) }));
    const [first, second] = planShards({ ...request, pythons, unavailable });
    expect(first).toMatchObject({ unavailable, cells: 80 });
    expect(second).toEqual({ run: 'run-1', index: 2, pythons: first?.pythons, workloads: ['w0'], cells: 80 });
    expect(planShards({ ...request, pythons }).every((shard) => !('unavailable' in shard))).toBe(true);
  });

  it('refuses more Pythons than a matrix has jobs', () => {
    const pythons = Array.from({ length: mostShards + 1 }, (_, index) => ({ python: `3.13.${index}`, workloads: known([null]) }));
    expect(planShards({ ...request, pythons: pythons.slice(1) })).toHaveLength(mostShards);
    expect(() => planShards({ ...request, pythons })).toThrow(/stands for 257 Pythons, and GitHub starts 256 jobs/);
  });

  it('never has more shards than a matrix has jobs, whatever is allowed', () => {
    const workloads = known(Array(300).fill(100));
    expect(planShards({ ...request, pythons: [{ python: '3.13', workloads }], most: 1000 }).length).toBeLessThanOrEqual(mostShards);
  });

  it('never splits a workload: one that takes longer than a shard has one of its own', () => {
    expect(planShards({ ...request, pythons: [{ python: '3.13', workloads: known([5000]) }] })).toHaveLength(1);
  });

  it('takes longer rather than more shards than allowed, but for one for each Python', () => {
    const pythons = Array.from({ length: 6 }, (_, index) => ({ python: `3.${9 + index}`, workloads: known(Array(20).fill(90)) }));
    expect(planShards({ ...request, pythons, most: 12 }).length).toBeLessThanOrEqual(12);
    expect(planShards({ ...request, pythons, most: 2 })).toHaveLength(6);
  });

  it('plans every workload of every Python exactly once, in shards that are not empty, whatever it costs', () => {
    const seconds = fc.array(fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 30 });
    const property = fc.property(
      fc.array(seconds, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: mostShards }),
      (costs, most) => {
        const pythons = costs.map((each, index) => ({ python: `3.${9 + index}`, workloads: known(each) }));
        const shards = planShards({ ...request, pythons, most });
        expect(shards.length).toBeLessThanOrEqual(Math.max(most, pythons.length));
        expect(shards.every(({ workloads }) => workloads.length > 0)).toBe(true);
        expect(shards.every((shard) => shardCount(shard) === shards.length)).toBe(true);
        const planned = shards.flatMap((shard) =>
          shard.workloads.map((id) => `${shardName(shard.pythons, shard.index).split(' (')[0]} ${id}`),
        );
        const asked = pythons.flatMap(({ python, workloads }) => workloads.map(({ id }) => `Python ${python} ${id}`));
        expect(planned.toSorted()).toEqual(asked.toSorted());
      },
    );
    fc.assert(property, { seed: 5, numRuns: 300 });
  });
});

describe('shardMatrix', () => {
  it('is what a workflow passes on, each shard whole', () => {
    const shards = planShards({ ...request, pythons: [{ python: '3.13', workloads: known([90, 90]) }] });
    const { include } = shardMatrix(shards, 'nightly');
    expect(include.map(({ name, python, artifact }) => [name, python, artifact])).toEqual([
      ['Python 3.13 (1 of 2)', '3.13', 'results-nightly-1'],
      ['Python 3.13 (2 of 2)', '3.13', 'results-nightly-2'],
    ]);
    expect(include.map(({ shard }) => JSON.parse(shard))).toEqual(shards);
  });

  it('of the most shards stays within the size of an output', () => {
    const workloads = known(Array(256).fill(100)).map(({ id, seconds }) => ({ id: id.padEnd(60, 'x'), seconds }));
    const shards = planShards({ ...request, pythons: [{ python: '3.13', workloads }], most: mostShards });
    expect(shards).toHaveLength(mostShards);
    expect(JSON.stringify(shardMatrix(shards, 'x')).length).toBeLessThan(1_000_000);
  });

  it('refuses what GitHub could not pass on to a job', () => {
    const workloads = Array.from({ length: 2100 }, (_, index) => ({ id: `w${index}`.padEnd(60, 'x'), seconds: null }));
    const one = planShards({ ...request, pythons: [{ python: '3.13', workloads }] });
    expect(() => shardMatrix(one, 'x')).toThrow(
      /The shard "Python 3\.13" has \d+ bytes, and GitHub passes on 128000 at most\. Ask for fewer/,
    );
    const pythons = Array.from({ length: 20 }, (_, index) => ({ python: `3.13.${index}`, workloads: workloads.slice(0, 1000) }));
    expect(() => shardMatrix(planShards({ ...request, pythons }), 'x')).toThrow(/The matrix of the plan has \d+ bytes/);
  });
});
