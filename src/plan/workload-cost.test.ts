import { describe, expect, it } from 'vitest';
import { fixtureResults } from '../../test/fixtures/results/factory.ts';
import { storedCosts } from './workload-cost.ts';

const run = fixtureResults({ run: 1 });

describe('storedCosts', () => {
  it('sums up the median process of every cell of a workload', () => {
    const [first] = run.samples;
    const sample = (seconds: number, model: 'threads' | 'asyncio') => {
      if (first?.status !== 'measured') throw new Error('the fixture measured nothing');
      return { ...first, cell: { ...first.cell, workload: 'one', model }, phases: { ...first.phases, total: seconds } };
    };
    const samples = [sample(1, 'threads'), sample(3, 'threads'), sample(8, 'threads'), sample(2, 'asyncio')];
    expect(storedCosts([{ ...run, samples }], () => true)).toEqual(new Map([['one', 5]]));
  });

  it('knows every workload of the runs that fit, and nothing of the others', () => {
    expect([...storedCosts([run], () => true).keys()].toSorted()).toEqual(run.workloads.map(({ id }) => id).toSorted());
    expect(storedCosts([run], () => false).size).toBe(0);
  });

  it('takes broken processes for no cost', () => {
    const samples = run.samples.map(
      ({ cell, round }) => ({ status: 'broken', cell, round, kind: 'crash', message: '', output: '' }) as const,
    );
    expect(storedCosts([{ ...run, samples }], () => true).size).toBe(0);
  });
});
