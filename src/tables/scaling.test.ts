import { describe, expect, test } from 'vitest';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { bundledAxes } from '../../test/fixtures/results/figures.ts';
import { indexCells } from '../judge/cell-index.ts';
import { compareWithBaseline } from '../judge/comparison.ts';
import { scalingTable } from './scaling.ts';

const runtime = fixtureRuntime('3.13.0');
const full = fixtureResults({ run: 1, runtimes: [runtime], axes: bundledAxes, noise: 0.02 });

describe('the scaling table', () => {
  const { axes } = scalingTable(indexCells(full));

  test('has every axis in the order of the workloads, and none where nothing was scaled', () => {
    expect(axes.map(({ kind, axis }) => [kind, axis.workload, axis.axis])).toEqual([
      ['sizes', 'spawn', 'n'],
      ['sizes', 'memory_per_unit', 'n'],
      ['sizes', 'web_scraping', 'connections'],
      ['options', 'data_crunching', 'start_method'],
    ]);
    expect(scalingTable(indexCells(fixtureResults({ run: 1 }))).axes).toEqual([]);
  });

  test('a curve has its marginal cost, its knee, and the size at which another model overtakes it', () => {
    const [spawn] = axes;
    if (spawn?.kind !== 'sizes') throw new Error('no curve');
    expect(spawn.metric.id).toBe('cpu_per_unit');
    expect(spawn.rows.map(({ model, cells }) => [model, cells[0]?.points.map(({ size }) => size), cells[0]?.knee.kind])).toEqual([
      ['threads', [10, 100, 600, 1000], 'dearer'],
      ['asyncio', [10, 100, 1000, 20_000], 'none'],
      ['uvloop', [10, 100, 1000, 20_000], 'none'],
    ]);
    expect(spawn.rows[1]?.cells[0]?.marginal?.value).toBeGreaterThan(5.6e-6);
    expect(spawn.crossovers[0]?.map(({ overtaken, overtaking }) => [overtaken, overtaking])).toEqual([
      ['threads', 'uvloop'],
      ['threads', 'asyncio'],
    ]);
  });

  test('fixed work has no marginal cost, and options stand against the plain cell', () => {
    const [, , connections, methods] = axes;
    if (connections?.kind !== 'sizes' || methods?.kind !== 'options') throw new Error('no such axes');
    expect(connections.rows.map(({ cells }) => cells[0])).toMatchObject([
      { marginal: null, knee: { kind: 'levels off', size: 100 } },
      { marginal: null, knee: { kind: 'levels off', size: 100 } },
    ]);
    expect(methods.rows.map(({ option, cells }) => [option, cells[0]?.ratio === null])).toEqual([
      ['fork', true],
      ['spawn', false],
    ]);
    const ratio = methods.rows[1]?.cells[0]?.ratio;
    expect(ratio?.bounds.kind === 'interval' && ratio.bounds.low < 2.9 && 2.9 < ratio.bounds.high).toBe(true);
  });
});

test('a run of the core set misses no scale point of the stored full one', () => {
  const core = indexCells(fixtureResults({ run: 2, runtimes: [runtime] }));
  expect(compareWithBaseline(core, [full]).filter(({ status }) => status === 'missing')).toEqual([]);
  const lacking = fixtureResults({ run: 3, runtimes: [runtime], axes: bundledAxes, skips: ({ params }) => params === 'n=10' });
  expect(
    compareWithBaseline(indexCells(lacking), [full])
      .filter(({ status }) => status === 'missing')
      .map(({ cell }) => cell.params),
  ).toEqual(Array.from({ length: 3 }, () => 'n=10'));
});
