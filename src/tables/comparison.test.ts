import { describe, expect, test } from 'vitest';
import { fixtureMachine, fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { differenceLevel, type TwoSampleCell } from '../judge/two-sample.ts';
import { metricOf } from '../model/metric.ts';
import type { ProcessMedian } from '../stats/median-interval.ts';
import { runtimeColumns } from './columns.ts';
import { compareResults } from './comparison.ts';
import { comparedCells } from './comparison-cells.ts';

const spawn = { spawn: bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} } };

const cell = { workload: 'w', model: 'threads', runtime: fixtureRuntime('3.13.0').id, params: '' } as const;

function side(value: number, processes: number): ProcessMedian {
  return { value, spread: { kind: 'range', low: value, high: value }, processes };
}

function row(metric: string, ratio: number | null, outcome: TwoSampleCell['outcome'], processes = 5): TwoSampleCell {
  const base = ratio === null ? 0 : 2;
  return { cell, metric: metricOf(metric), base: side(base, processes), head: side(base * (ratio ?? 1), processes), ratio, outcome };
}

describe('two results', () => {
  const results = (run: number, versions: readonly string[]) =>
    fixtureResults({ run, workloads: spawn, runtimes: versions.map((version) => fixtureRuntime(version)) });

  test('pair runtimes by identity, then by version, then the last ones left', () => {
    const comparison = compareResults(results(1, ['3.12.1', '3.9.18']), results(2, ['3.9.18', '3.13.0']));
    expect(comparison.pairs.map(({ base, head }) => [base.label, head.label])).toEqual([
      ['3.9.18', '3.9.18'],
      ['3.12.1', '3.13.0'],
    ]);
    expect(comparison.pairs[1]?.differences).toEqual(['Python 3.12.1 → 3.13.0']);
    expect(comparison.changes.every(({ status }) => status === 'compared')).toBe(true);
    const upgraded = { ...results(3, []), runtimes: [fixtureRuntime('3.9.18', { uvloop: '0.23.0' })] };
    expect(compareResults(results(1, ['3.9.18']), upgraded).pairs[0]?.differences).toEqual([
      'aiohttp 3.14.3 → none',
      'uvloop 0.22.1 → 0.23.0',
    ]);
  });

  test('are compared at the level that is given, 5 % without one', () => {
    const at = (level?: number) => {
      const head = fixtureResults({ run: 2, workloads: spawn, runtimes: [fixtureRuntime('3.9.18')], factor: () => 1.4 });
      return compareResults(results(1, ['3.9.18']), head, level).cells;
    };
    expect(at()).toMatchObject({ level: 0.05, cells: 5, tested: 5 });
    expect(at().different).toHaveLength(5);
    expect(at(0.005)).toMatchObject({ level: 0.005, cells: 5, tested: 0, different: [] });
  });

  test('what cannot be paired is named, another machine is a warning, a file with itself is no change', () => {
    const lone = compareResults(results(1, ['3.9.18', '3.10.13', '3.11.7']), results(2, ['3.9.18']));
    expect(lone.onlyBase).toEqual(['3.10.13', '3.11.7']);
    const elsewhere = { ...results(2, ['3.9.18']), machine: { ...fixtureMachine, cpus: 4 } };
    expect(compareResults(results(1, ['3.9.18']), elsewhere).warnings).toContainEqual({ code: 'other machine', difference: 'CPUs 2 → 4' });
    const same = compareResults(results(1, ['3.9.18']), results(1, ['3.9.18']));
    expect(same.cells).toMatchObject({ cells: 5, different: [] });
  });

  test('a cell of zero is in the table and not called not comparable as well', () => {
    const zero = {
      zero: { title: 'Zero.', gate: 'voluntary_switches_per_unit', figures: { asyncio: { voluntary_switches_per_unit: 0 } } },
    };
    const of = (run: number) => fixtureResults({ run, workloads: zero, runtimes: [fixtureRuntime('3.13.0')] });
    const comparison = compareResults(of(1), of(2));
    expect(comparison.cells.groups.flatMap(({ rows }) => rows)).toMatchObject([{ ratio: null, outcome: { kind: 'equal' } }]);
    expect(comparison.table.notComparable).toEqual([]);
  });
});

describe('the compared cells', () => {
  const columns = runtimeColumns([fixtureRuntime('3.13.0')]);
  const chance = (adjustedP = 1) => ({ kind: 'not told apart', p: 0.4, adjustedP }) as const;
  const different = (adjustedP: number) => ({ kind: 'different', p: 0.008, adjustedP }) as const;

  test('a group for each metric, each with the geometric mean of its ratios', () => {
    const rows = [row('cpu_per_unit', 4, different(0.02)), row('wall_per_unit', 3, chance()), row('cpu_per_unit', 0.25, chance())];
    const { groups } = comparedCells([...rows, row('cpu_per_unit', null, chance())], columns, differenceLevel);
    expect(groups.map(({ metric, rows: own }) => [metric.id, own.length])).toEqual([
      ['cpu_per_unit', 3],
      ['wall_per_unit', 1],
    ]);
    // 4 and 1/4 cancel; the cell of zero is left out; of one cell there is no mean.
    expect(groups.map(({ mean }) => mean?.cells ?? null)).toEqual([2, null]);
    expect(groups[0]?.mean?.ratio).toBeCloseTo(1, 12);
    expect(groups[0]?.mean).toMatchObject({ base: expect.closeTo(2, 12), head: expect.closeTo(2, 12) });
  });

  test('what chance alone would do is of the tested cells; exact ones are not tested', () => {
    const few = { kind: 'too few processes', p: 0.3, needed: 4 } as const;
    const rows = [row('overlap', 1, { kind: 'equal' }), row('overlap', 2, { kind: 'exact' }), row('cpu_per_unit', 1, few, 2)];
    const cells = comparedCells(
      [...rows, row('cpu_per_unit', 2, different(0.016)), row('cpu_per_unit', 1, chance())],
      columns,
      differenceLevel,
    );
    expect(cells).toMatchObject({ cells: 5, tested: 2, byChance: 0.1, overAll: 1, neededOverAll: null });
    expect(cells.different.map(({ outcome }) => outcome.kind)).toEqual(['exact', 'different']);
  });

  test('the level is that of each cell and of all together', () => {
    const rows = [row('cpu_per_unit', 2, different(0.016)), row('cpu_per_unit', 1, chance())];
    expect(comparedCells(rows, columns, 0.016)).toMatchObject({ level: 0.016, byChance: 0.032, overAll: 1, neededOverAll: null });
    // Half of 1 % is below 2/252 of 5 processes a side, and above 2/924 of 6.
    expect(comparedCells(rows, columns, 0.01)).toMatchObject({ level: 0.01, byChance: 0.02, overAll: 0, neededOverAll: 6 });
  });

  test('so few processes for so many cells that none could differ over all of them', () => {
    const many = Array.from({ length: 52 }, () => row('cpu_per_unit', 1, chance()));
    // 52 · 2/252 is above 5 %; 52 · 2/3432 of 7 processes a side is not.
    expect(comparedCells(many, columns, differenceLevel)).toMatchObject({ overAll: 0, neededOverAll: 7 });
    expect(comparedCells([...many, row('cpu_per_unit', 1, chance(), 7)], columns, differenceLevel).neededOverAll).toBeNull();
    expect(comparedCells([], columns, differenceLevel)).toMatchObject({ cells: 0, tested: 0, byChance: 0, groups: [] });
  });
});
