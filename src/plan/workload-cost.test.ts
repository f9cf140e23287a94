import { describe, expect, it } from 'vitest';
import { fixtureResults } from '../../test/fixtures/results/factory.ts';
import { figuredRun } from '../judge/figured-run.ts';
import { storedCosts } from './workload-cost.ts';

const run = fixtureResults({ run: 1 });

function measured(seconds: number, model: 'threads' | 'asyncio') {
  const [first] = run.samples;
  if (first?.status !== 'measured') throw new Error('the fixture measured nothing');
  return { ...first, cell: { ...first.cell, workload: 'one', model }, phases: { ...first.phases, total: seconds } };
}

/** None that was measured. */
const cell = { ...measured(1, 'threads').cell, model: 'processes' } as const;

describe('storedCosts', () => {
  it('sums up the median process of every cell of a workload', () => {
    const samples = [measured(1, 'threads'), measured(3, 'threads'), measured(8, 'threads'), measured(2, 'asyncio')];
    expect(storedCosts([{ ...run, samples }], () => true)).toEqual(new Map([['one', 5]]));
  });

  it('knows every workload of the runs that fit, and nothing of the others', () => {
    expect([...storedCosts([run], () => true).keys()].toSorted()).toEqual(run.workloads.map(({ id }) => id).toSorted());
    expect(storedCosts([run], () => false).size).toBe(0);
  });

  it('takes a cell that delivered nothing for an average one: it took its time all the same', () => {
    const broken = (workload: string) =>
      ({ status: 'broken', cell: { ...cell, workload }, round: 0, kind: 'timeout', message: '', output: '' }) as const;
    const samples = [measured(1, 'threads'), measured(3, 'asyncio'), broken('one'), broken('two'), broken('two')];
    expect(storedCosts([{ ...run, samples }], () => true)).toEqual(
      new Map([
        ['one', 4 + 2],
        ['two', 2],
      ]),
    );
    const figured = figuredRun({ ...run, samples });
    expect(storedCosts([figured], () => true)).toEqual(storedCosts([{ ...run, samples }], () => true));
  });

  it('knows no cost where nothing was delivered', () => {
    const samples = run.samples.map(
      (each) => ({ status: 'broken', cell: each.cell, round: 0, kind: 'crash', message: '', output: '' }) as const,
    );
    expect(storedCosts([{ ...run, samples }], () => true).size).toBe(0);
  });
});
