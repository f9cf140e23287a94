import { describe, expect, test } from 'vitest';
import {
  fixtureMachine,
  fixtureResults,
  fixtureRuntime,
  fixtureRuntimes,
  type ResultsRecipe,
} from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import type { Change } from '../model/change.ts';
import type { Results } from '../model/results.ts';
import { indexCells } from './cell-index.ts';
import { compareWithBaseline } from './comparison.ts';
import { differenceBetween, ratioBetween, ratioToOne } from './effect.ts';

const spawn = { spawn: bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} } };
const runtimes = [fixtureRuntime('3.13.0')];

function run(recipe: ResultsRecipe): Results {
  return fixtureResults({ workloads: spawn, runtimes, ...recipe });
}

function change(head: Results, stored: readonly Results[], model = 'asyncio'): Change {
  const found = compareWithBaseline(indexCells(head), stored).find(({ cell }) => cell.workload === 'spawn' && cell.model === model);
  if (found === undefined) throw new Error('no change for that cell');
  return found;
}

describe('comparison with the baseline', () => {
  const stored = [1, 2, 3].map((number) => run({ run: number }));

  test('three stored runs: the interval is one of runs and finds a change of 30 %', () => {
    const found = change(run({ run: 9, factor: () => 1.3 }), stored);
    expect(found).toMatchObject({ status: 'compared', basis: { kind: 'runs', runs: 3 }, metric: { id: 'cpu_per_unit' } });
    if (found.status !== 'compared' || found.ratio.bounds.kind !== 'interval') throw new Error('no interval');
    expect(found.ratio.bounds.low).toBeGreaterThan(1);
    expect(found.ratio.value).toBeGreaterThan(1.2);
    expect(found.ratio.value).toBeCloseTo(found.head / found.base, 12);
  });

  test('one or two stored runs: the interval is one of processes, of both runs pooled', () => {
    expect(change(run({ run: 9 }), stored.slice(0, 1))).toMatchObject({ basis: { kind: 'processes', runs: 1 } });
    expect(change(run({ run: 9 }), stored.slice(0, 2))).toMatchObject({ basis: { kind: 'processes', runs: 2 } });
  });

  test('fewer than three processes: a ratio without an interval, and inconclusive', () => {
    for (const baseline of [stored, stored.slice(0, 1)]) {
      const found = change(run({ run: 9, processes: 2, factor: () => 3 }), baseline);
      expect(found).toMatchObject({
        status: 'compared',
        ratio: { bounds: { kind: 'none', reason: '2 of the 3 processes that an interval needs' } },
      });
    }
  });

  test('the intervals of most cells of equal code hold equality', () => {
    const bounds = compareWithBaseline(indexCells(run({ run: 9 })), stored).flatMap((each) =>
      each.status === 'compared' ? [each.ratio.bounds] : [],
    );
    expect(bounds.length).toBe(5);
    expect(bounds.filter((each) => each.kind === 'interval' && each.low <= 1 && each.high >= 1).length).toBeGreaterThanOrEqual(3);
  });

  test('runs on the same CPU model are preferred once there are three', () => {
    const elsewhere = [4, 5].map((number) =>
      run({ run: number, factor: () => 5, also: { machine: { ...fixtureMachine, cpuModel: 'Other' } } }),
    );
    expect(change(run({ run: 9 }), [...stored, ...elsewhere])).toMatchObject({ basis: { runs: 3 } });
    expect(change(run({ run: 9 }), [...stored.slice(1), ...elsewhere])).toMatchObject({ basis: { runs: 4 } });
  });

  test('a window of ten runs, the newest', () => {
    const many = Array.from({ length: 12 }, (_, number) => run({ run: 20 + number, factor: () => (number < 2 ? 9 : 1) }));
    const found = change(run({ run: 9 }), many);
    expect(found).toMatchObject({ basis: { kind: 'runs', runs: 10 } });
    if (found.status === 'compared') expect(found.ratio.value).toBeLessThan(1.2);
  });

  test('no stored run of the runtime, a new cell, a broken cell', () => {
    expect(change(run({ run: 9 }), []).status).toBe('no baseline');
    expect(change(run({ run: 9 }), [run({ run: 1, runtimes: [fixtureRuntime('3.12.1')] })]).status).toBe('no baseline');
    expect(change(run({ run: 9 }), [run({ run: 1, skips: ({ model }) => model === 'asyncio' })]).status).toBe('new');
    const fault = { kind: 'timeout', message: 'no end within 60 s', output: '' } as const;
    expect(change(run({ run: 9, breaks: () => fault }), stored)).toMatchObject({ status: 'broken', message: 'no end within 60 s' });
    expect(change(run({ run: 9 }), [run({ run: 1, breaks: () => fault })])).toMatchObject({
      status: 'not comparable',
      reason: 'it was broken in every stored run',
    });
  });

  test('one broken process of five makes the cell broken', () => {
    const head = run({
      run: 9,
      breaks: ({ model }, round) => (model === 'asyncio' && round === 4 ? { kind: 'crash', message: 'signal 11', output: '' } : null),
    });
    expect(change(head, stored)).toMatchObject({ status: 'broken', kind: 'crash' });
    expect(change(head, stored, 'threads').status).toBe('compared');
  });

  test.each([
    [
      'the source',
      (base: Results): Results => ({ ...base, workloads: base.workloads.map((each) => ({ ...each, source: 'older' })) }),
      'worker that runs it, differs',
    ],
    [
      'the gate',
      (base: Results): Results => ({
        ...base,
        workloads: base.workloads.map((each) => ({ ...each, gates: { asyncio: 'wall_per_unit' } })),
      }),
      'judged by CPU time per unit now',
    ],
    [
      'the size',
      (base: Results): Results => ({ ...base, samples: base.samples.map((sample) => ({ ...sample, units: 7 })) }),
      '100 units of work now and was 7',
    ],
    [
      'the values of a process',
      (base: Results): Results => ({ ...base, samples: base.samples.map((sample) => ({ ...sample, calibration: [0.01] })) }),
      'takes 3 values now and took 1',
    ],
  ])('not comparable when %s differs', (_, changed, reason) => {
    const found = change(run({ run: 9 }), stored.map(changed));
    expect(found.status).toBe('not comparable');
    expect(found).toHaveProperty('reason', expect.stringContaining(reason));
  });

  test('a figure of zero leaves no ratio', () => {
    expect(change(run({ run: 9, factor: () => 0 }), stored)).toMatchObject({
      status: 'not comparable',
      reason: 'CPU time per unit is zero or below in a process, which leaves no ratio',
    });
  });

  test('a cell that vanished is missing; one that is left out or was not asked for is not', () => {
    const missing = (head: Results) => compareWithBaseline(indexCells(head), stored).filter(({ status }) => status === 'missing');
    expect(missing(run({ run: 9, skips: ({ model }) => model === 'asyncio' }))).toHaveLength(0);
    const asked = { leftOut: [{ workload: 'other', model: 'asyncio' as const, runtime: 'x', reason: 'so' }] };
    expect(missing(run({ run: 9, skips: ({ model }) => model === 'asyncio', also: asked }))).toMatchObject([
      { cell: { model: 'asyncio' } },
    ]);
    const runtime = runtimes[0]?.id ?? '';
    const leftOut = { leftOut: [{ workload: 'spawn', model: 'asyncio' as const, runtime, reason: 'so' }] };
    expect(missing(run({ run: 9, skips: ({ model }) => model === 'asyncio', also: leftOut }))).toHaveLength(0);
    expect(
      missing(
        run({ run: 9, skips: () => true, also: { workloads: [], refused: [{ id: 'spawn', phase: 'import', reason: 'bad', runtime }] } }),
      ),
    ).toHaveLength(5);
    expect(missing(run({ run: 9, skips: () => true, also: { workloads: [] } }))).toHaveLength(0);
  });

  test('a cell of any part of the newest run is missed', () => {
    const workloads = { ...spawn, echo: bundledFigures['echo'] ?? spawn.spawn };
    const part = (number: number, id: keyof typeof workloads) =>
      fixtureResults({ run: number, runtimes, workloads: { [id]: workloads[id] } });
    const parts = [part(1, 'spawn'), part(2, 'spawn'), part(2, 'echo')];
    const head = fixtureResults({ run: 9, runtimes, workloads, skips: ({ model }) => model === 'threads' });
    const asked = { ...head, leftOut: [{ workload: 'other', model: 'threads' as const, runtime: 'x', reason: 'so' }] };
    const missing = (baseline: readonly Results[]) =>
      compareWithBaseline(indexCells(asked), baseline)
        .filter(({ status }) => status === 'missing')
        .map(({ cell }) => cell.workload);
    expect(missing(parts)).toEqual(['spawn', 'echo']);
    expect(missing(parts.slice(0, 2))).toEqual(['spawn']);
  });

  test('runtimes are compared each with their own', () => {
    const head = fixtureResults({ run: 9, workloads: spawn, factor: ({ runtime }) => (runtime === fixtureRuntimes[0]?.id ? 2 : 1) });
    const base = [1, 2, 3].map((number) => fixtureResults({ run: number, workloads: spawn }));
    const doubled = compareWithBaseline(indexCells(head), base).filter((each) => each.status === 'compared' && each.ratio.value > 1.5);
    expect(new Set(doubled.map(({ cell }) => cell.runtime))).toEqual(new Set([fixtureRuntimes[0]?.id]));
  });
});

describe('effects', () => {
  test('three values a side make an interval, two do not, zero leaves none at all', () => {
    expect(ratioBetween({ head: [2, 2, 2], base: [1, 1, 1] })?.bounds.kind).toBe('interval');
    expect(ratioBetween({ head: [2, 2], base: [1, 1, 1] })).toMatchObject({ bounds: { kind: 'none' } });
    expect(ratioBetween({ head: [2, 0, 2], base: [1, 1, 1] })).toBeNull();
    expect(ratioToOne([0, 1, 1])).toBeNull();
    expect(ratioToOne([4, 4, 4])?.value).toBeCloseTo(4, 12);
    expect(differenceBetween({ head: [1, 1, 1], base: [0, 0, 0] }, 'count')).toEqual({
      kind: 'difference',
      unit: 'count',
      value: 1,
      bounds: { kind: 'interval', low: 1, high: 1 },
    });
  });
});
