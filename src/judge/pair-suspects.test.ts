import { describe, expect, it } from 'vitest';
import type { Cell } from '../model/cell.ts';
import type { RecordedWorkload } from '../model/results.ts';
import type { Runtime } from '../model/runtime.ts';
import { pairRuntime } from './pair.fixture.ts';
import { planSuspects, type SidePlan } from './pair-suspects.ts';

const runtime = pairRuntime('0.22.1');

function workload(id: string, part: Partial<RecordedWorkload> = {}): RecordedWorkload {
  return { id, title: id, source: 'same', metrics: {}, gates: { asyncio: 'wall_per_unit', threads: 'wall_per_unit' }, ...part };
}

function plan(workloads: readonly RecordedWorkload[], part: Partial<SidePlan> & { readonly on?: Runtime } = {}): SidePlan {
  const on = part.on ?? runtime;
  const cells = workloads.map(({ id }): Cell => ({ workload: id, model: 'asyncio', runtime: on.id, params: '' }));
  return { runtimes: [on], workloads, cells, leftOut: [], refused: [], ...part };
}

describe('planSuspects', () => {
  it('makes a suspect of every cell that both sides have, and says whether the file is another one', () => {
    const { suspects, lone, notComparable } = planSuspects({
      base: plan([workload('a'), workload('b')]),
      head: plan([workload('a'), workload('b', { source: 'other' })]),
    });
    expect(suspects.map(({ id, sourceDiffers }) => [id.split('/')[0], sourceDiffers])).toEqual([
      ['a', false],
      ['b', true],
    ]);
    expect([lone, notComparable]).toEqual([[], []]);
  });

  it('names what only one side has, and why', () => {
    const refused = [{ id: 'c', path: 'c.py', phase: 'import', reason: 'it cannot be imported', runtime: runtime.id }];
    const leftOut = [{ workload: 'd', model: 'asyncio' as const, runtime: runtime.id, reason: 'not supported here' }];
    const { lone } = planSuspects({
      base: plan([workload('a'), workload('gone'), workload('c')], { leftOut }),
      head: plan([workload('a'), workload('fresh'), workload('d')], { refused }),
    });
    expect(lone.map(({ cell, lacks, reason }) => [cell.workload, lacks, reason])).toEqual([
      ['fresh', 'base', 'base has no workload fresh'],
      ['d', 'base', 'base leaves it out: not supported here'],
      ['gone', 'head', 'head has no workload gone'],
      ['c', 'head', 'head refuses c'],
    ]);
  });

  it('pairs runtimes of one interpreter whose packages differ, never two builds', () => {
    const older = pairRuntime('0.21.0');
    const { suspects } = planSuspects({ base: plan([workload('a')], { on: older }), head: plan([workload('a')]) });
    expect(suspects[0]?.runtimes).toEqual({ base: older, head: runtime });
    const other = planSuspects({ base: plan([workload('a')], { on: pairRuntime('0.22.1', 'ffffffff') }), head: plan([workload('a')]) });
    expect(other).toMatchObject({ suspects: [], lone: [] });
    expect(other.notComparable.map(({ reason }) => reason)).toEqual([
      'the interpreters of the sides differ: base has another build of 3.13.0',
    ]);
  });

  it('pairs two builds of one minor version where the toolchain is what is compared', () => {
    const older = { ...pairRuntime('0.21.0', 'ffffffff'), python: '3.13.9' };
    const sides = { base: plan([workload('a')], { on: older }), head: plan([workload('a')]) };
    expect(planSuspects(sides, 'same minor version').suspects[0]?.runtimes).toEqual({ base: older, head: runtime });
    expect(planSuspects(sides).notComparable[0]?.reason).toBe('base has no Python 3.13.0');
  });

  it('says why base lacks a runtime', () => {
    const base = { ...plan([]), runtimes: [], unavailable: [{ requested: '3.13.0', reason: 'The project could not be installed.' }] };
    const { notComparable, lone } = planSuspects({ base, head: plan([workload('a')]) });
    expect(lone).toEqual([]);
    expect(notComparable[0]?.reason).toBe('base has no Python 3.13.0: 3.13.0: The project could not be installed.');
  });

  it.each([
    ['another gate', workload('a', { gates: { asyncio: 'cpu_per_unit' } }), /head is judged by wall time per unit, base by CPU time/],
    ['no gate', workload('a', { gates: {} }), /does not say what it is judged by/],
  ])('does not compare a cell with %s', (_, base, reason) => {
    const { suspects, notComparable } = planSuspects({ base: plan([base]), head: plan([workload('a')]) });
    expect(suspects).toEqual([]);
    expect(notComparable[0]?.reason).toMatch(reason);
  });

  it('does not compare a metric that was declared otherwise', () => {
    const own = (better: 'lower' | 'higher') => workload('a', { gates: { asyncio: 'own' }, metrics: { own: { unit: 's', better } } });
    const { notComparable } = planSuspects({ base: plan([own('lower')]), head: plan([own('higher')]) });
    expect(notComparable[0]?.reason).toMatch(/unit or direction of own differs/);
  });
});
