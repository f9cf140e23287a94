import { describe, expect, test } from 'vitest';
import { fixtureMachine, fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import { bundledAxes, type FixtureAxis } from '../../test/fixtures/results/figures.ts';
import { type CellIndex, indexCells } from './cell-index.ts';
import { type ClaimTest, figureOf, judgeClaim } from './claims.ts';
import { bundledWorkloads } from './use-case.ts';
import { claimRows } from './write-up.ts';

const runtime = fixtureRuntime('3.13.0');

const chatClients: FixtureAxis = {
  axis: 'clients',
  points: [10, 160],
  plain: { threads: 40, asyncio: 40 },
  units: (clients) => clients * clients * 16,
  factor: (model, clients) => (model === 'threads' ? Number(clients) / 40 : 1),
};

function index(recipe: Partial<ResultsRecipe> = {}): CellIndex {
  return indexCells(fixtureResults({ run: 1, runtimes: [runtime], ...recipe }));
}

function rowTests(feature: string): readonly ClaimTest[] {
  const row = claimRows.find((each) => each.feature === feature);
  if (row === undefined) throw new Error(`no row ${feature}`);
  return row.parts.map(({ test }) => test);
}

function statuses(cells: CellIndex, feature: string): readonly string[] {
  return rowTests(feature).map((each) => judgeClaim(cells, each, cells.results.runtimes[0]?.id ?? '').status);
}

describe('claims of the tables', () => {
  test('the figures of the fixtures decide every measurable row', () => {
    const cells = index();
    const found = Object.fromEntries(claimRows.map(({ feature }) => [feature, statuses(cells, feature)]));
    expect(found).toEqual({
      'Concurrency model': ['holds', 'holds'],
      'Suitable for': ['holds', 'holds'],
      'Threading model': ['holds'],
      'Memory overhead': ['holds'],
      'CPU-bound task handling': ['holds', 'holds'],
      'Syntax complexity': [],
      Scheduling: ['holds'],
      'Context switch': ['holds'],
      'Memory footprint': ['holds', 'holds'],
      'Blocking call handling': ['holds', 'does not hold'],
      'The GIL': ['holds'],
      'Use threads when tasks wait': ['holds'],
      'Use threads for simpler code': [],
      'Avoid threads for computing': ['holds'],
      'Avoid too many threads': ['holds', 'holds'],
      'Use Async IO for many connections': ['holds', 'does not hold', 'holds'],
      'Use Async IO for thousands of tasks': ['holds'],
      'Avoid Async IO for computing': ['holds'],
      'Avoid Async IO with blocking APIs': ['holds'],
      uvloop: ['holds', 'holds', 'holds', 'holds', 'undecided'],
      run_in_executor: ['holds', 'holds', 'does not hold', 'holds'],
      'Conclusion: I/O-bound': ['not measured', 'holds', 'holds'],
      'Conclusion: blocking APIs': [],
      'Conclusion: CPU-bound': ['holds', 'holds'],
    });
  });

  test('on a free-threaded runtime every claim about the GIL is judged anew', () => {
    const cells = index({
      runtimes: [fixtureRuntime('3.14.0t')],
      factor: ({ workload, model }, metric) => {
        if (workload === 'data_crunching' && model === 'threads') return metric === 'cpu_per_wall' ? 1.9 : 0.52;
        return workload === 'blocking_calls_cpu' && model === 'executor' && metric === 'loop_lag_p99' ? 0.05 : 1;
      },
    });
    expect(statuses(cells, 'CPU-bound task handling')).toEqual(['does not hold', 'holds']);
    expect(statuses(cells, 'The GIL')).toEqual(['does not hold']);
    expect(statuses(cells, 'Avoid threads for computing')).toEqual(['does not hold']);
    expect(statuses(cells, 'Blocking call handling')).toEqual(['holds', 'holds']);
    expect(statuses(cells, 'Conclusion: CPU-bound')).toEqual(['holds', 'does not hold']);
    const gil = claimRows.flatMap(({ parts }) => parts.filter((part) => part.test.gil === true));
    expect(gil.map(({ measured }) => measured)).toHaveLength(6);
  });

  test('at the largest size, and memory by the slope over sizes, where these were measured', () => {
    const full = index({ axes: { ...bundledAxes, chat_server: [chatClients] } });
    expect(statuses(full, 'Conclusion: I/O-bound')).toEqual(['holds', 'holds', 'holds']);
    const memory = { workload: 'memory_per_unit', model: 'asyncio', metric: 'memory_per_unit' } as const;
    // 672 B at 10,000 tasks of which a hundred tasks' worth is spent once: 672 * 10000 / 10100 for one more.
    const slope = figureOf(full, memory, runtime.id);
    expect(slope).toMatchObject({ status: 'measured', basis: 'slope' });
    expect(slope.status === 'measured' && slope.value).toBeGreaterThan(630);
    expect(slope.status === 'measured' && slope.value).toBeLessThan(700);
    expect(figureOf(index(), memory, runtime.id)).toMatchObject({ basis: 'cell' });
  });

  test('what lies at the bound is undecided, two processes are undecided, one CPU measures nothing', () => {
    const atBound: Partial<ResultsRecipe> = {
      factor: ({ workload, model }) => (workload === 'data_crunching' && model === 'threads' ? 0.82 : 1),
    };
    expect(statuses(index(atBound), 'CPU-bound task handling')[0]).toBe('undecided');
    expect(statuses(index({ processes: 2 }), 'Memory overhead')).toEqual(['undecided']);
    expect(statuses(index({ also: { machine: { ...fixtureMachine, cpus: 1 } } }), 'CPU-bound task handling')).toEqual([
      'not measured',
      'not measured',
    ]);
  });

  test('a broken, left out, refused, interrupted or unknown cell gives its reason', () => {
    const [memory] = rowTests('Memory overhead');
    if (memory === undefined) throw new Error('no test');
    const judged = (recipe: Partial<ResultsRecipe>) => judgeClaim(index(recipe), memory, runtime.id);
    const without = { skips: ({ workload }: { readonly workload: string }) => workload === 'memory_per_unit' };
    expect(
      judged({ breaks: ({ workload }) => (workload === 'memory_per_unit' ? { kind: 'crash', message: 'signal 9', output: '' } : null) }),
    ).toEqual({
      status: 'not measured',
      reason: 'memory_per_unit is broken under threads: signal 9',
    });
    expect(judged({ ...without, also: { workloads: [] } })).toHaveProperty(
      'reason',
      'the workload memory_per_unit is not part of this run',
    );
    expect(judged({ ...without, also: { partial: true } })).toHaveProperty(
      'reason',
      'the run was interrupted before memory_per_unit under threads',
    );
    const leftOut = [{ workload: 'memory_per_unit', model: 'threads' as const, runtime: runtime.id, reason: 'no /proc here.' }];
    expect(judged({ ...without, also: { leftOut } })).toHaveProperty('reason', 'memory_per_unit leaves out threads: no /proc here');
    const refused = [{ id: 'memory_per_unit', phase: 'import', reason: 'no module x.', runtime: runtime.id }];
    expect(judged({ ...without, also: { refused } })).toHaveProperty('reason', 'memory_per_unit was refused: no module x');
  });

  test('every quantity of every row is one that the bundled workloads give', () => {
    const cells = index();
    const tests = claimRows.flatMap(({ parts }) => parts.map((part) => part.test));
    expect(tests.length).toBeGreaterThanOrEqual(36);
    for (const each of tests) {
      for (const { largest: _, ...quantity } of [each.head, ...(each.base === null ? [] : [each.base])]) {
        expect(bundledWorkloads).toContain(quantity.workload);
        expect(figureOf(cells, quantity, runtime.id).status, JSON.stringify(quantity)).toBe('measured');
      }
    }
  });
});
