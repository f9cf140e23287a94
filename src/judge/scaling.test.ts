import { describe, expect, test } from 'vitest';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import type { FixtureAxis, FixtureWorkload } from '../../test/fixtures/results/figures.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import { indexCells } from './cell-index.ts';
import { crossoversOf } from './crossover.ts';
import { kneeOf } from './knee.ts';
import { paramsOf, type SizeAxis, scaleAxes } from './scale-axis.ts';
import { marginalCost, marginalCosts, type ScalingCurve, scalingCurve } from './scaling-curve.ts';

const runtime = fixtureRuntime('3.13.0');

/** Total seconds of a value with n units. */
type Cost = (n: number) => number;

interface Shape {
  readonly run?: number;
  readonly noise?: number;
  readonly processes?: number;
  readonly sizes?: readonly number[];
  readonly plain?: number;
  readonly units?: (size: number) => number;
}

/** Curves of a workload whose totals are as given, with the noise of processes on top. */
function curvesOf(costs: Partial<Record<ConcurrencyModel, Cost>>, shape: Shape = {}): readonly ScalingCurve[] {
  const { run = 1, noise = 0.03, processes = 5, sizes = [10, 30, 100, 300, 1000], plain = 100, units = (size: number) => size } = shape;
  const models = Object.keys(costs) as ConcurrencyModel[];
  const figures = Object.fromEntries(models.map((model) => [model, { wall_per_unit: 1 }]));
  const workload: FixtureWorkload = { title: 'Work.', gate: 'wall_per_unit', figures };
  const total = (model: ConcurrencyModel, size: number) => costs[model]?.(size) ?? 1;
  const axis: FixtureAxis = {
    axis: 'n',
    points: sizes,
    plain: Object.fromEntries(models.map((model) => [model, plain])),
    units,
    factor: (model, size) => total(model, Number(size)) / units(Number(size)),
  };
  const index = indexCells(
    fixtureResults({ run, noise, processes, runtimes: [runtime], workloads: { work: workload }, axes: { work: [axis] } }),
  );
  const [found] = scaleAxes(index);
  if (found?.kind !== 'sizes') throw new Error('no axis of sizes');
  return models.flatMap((model) => scalingCurve(index, found, { model, runtime: runtime.id, metric: 'wall_per_unit' }) ?? []);
}

function curveOf(cost: Cost, shape: Shape = {}): ScalingCurve {
  const [curve] = curvesOf({ asyncio: cost }, shape);
  if (curve === undefined) throw new Error('no curve');
  return curve;
}

describe('axes', () => {
  const axis: SizeAxis = { kind: 'sizes', workload: 'w', axis: 'n', points: [1, 5], plain: { threads: 5 } };

  test('the point of the plain cell is the plain cell, of that model alone', () => {
    expect(paramsOf(axis, 5, 'threads')).toBe('');
    expect(paramsOf(axis, 5, 'asyncio')).toBe('n=5');
    expect(paramsOf(axis, 1, 'threads')).toBe('n=1');
  });

  test('a run without scale points has none', () => {
    expect(scaleAxes(indexCells(fixtureResults({ run: 1 })))).toEqual([]);
  });
});

describe('marginal cost', () => {
  test('is the slope of the total, whatever is spent once', () => {
    const cost = marginalCost(curveOf((n) => 0.02 + n * 1e-4, { noise: 0 }));
    expect(cost?.value).toBeCloseTo(1e-4, 12);
    expect(marginalCost(curveOf((n) => 5 + n * 1e-4, { noise: 0 }))?.value).toBeCloseTo(1e-4, 10);
  });

  test('goes by units of work, not by the size that makes them', () => {
    const units = (clients: number) => clients * clients * 16;
    const curve = curveOf((clients) => units(clients) * 7e-6, { noise: 0, units, sizes: [10, 40, 160], plain: 40 });
    expect(marginalCost(curve)?.value).toBeCloseTo(7e-6, 12);
    expect(kneeOf(curve)).toEqual({ kind: 'none' });
  });

  test('scales with the unit of time', () => {
    const [plain, scaled] = [1, 1000].map((factor) => marginalCosts(curveOf((n) => factor * (0.02 + n * 1e-4))));
    plain?.forEach((slope, round) => {
      expect(scaled?.[round]).toBeCloseTo(slope * 1000, 9);
    });
    expect(plain).toHaveLength(5);
  });

  test('two rounds give a slope without an interval, and a round with a hole gives none', () => {
    expect(marginalCost(curveOf((n) => n, { processes: 2 }))?.bounds).toEqual({
      kind: 'none',
      reason: '2 of the 3 rounds that an interval needs',
    });
    const { points, ...curve } = curveOf((n) => n);
    const [first, ...others] = points;
    if (first === undefined) throw new Error('no point');
    const holed = { ...first, byRound: new Map([...first.byRound].slice(1)) };
    expect(marginalCosts({ ...curve, points: [holed, ...others] })).toHaveLength(4);
  });

  test.each([0.02, 0.1, 0.3])(
    'its interval covers the truth about 95 times in 100, with noise of %d that grows with the size',
    (noise) => {
      const trials = 400;
      let covered = 0;
      for (let run = 0; run < trials; run += 1) {
        const curve = curveOf((n) => 0.005 + n * 1e-4, { run, noise, sizes: [10, 100, 1000] });
        const bounds = marginalCost(curve)?.bounds;
        // The noise of the fixture multiplies: its mean is exp(1.09 * noise^2 / 2) times the median; with 3 inner values the minimum is taken.
        const centre = 1e-4 * meanFactor(noise);
        if (bounds?.kind === 'interval' && bounds.low <= centre && centre <= bounds.high) covered += 1;
      }
      // Five standard deviations of a share of 95 % in 400 trials are 5.4 %.
      expect(covered / trials).toBeGreaterThan(0.895);
    },
    20_000,
  );
});

/** The mean of one process's figure over its median: a log-normal factor, and the minimum of three inner log-normal ones. */
function meanFactor(noise: number): number {
  const inner = 0.3 * noise;
  // The mean of the smallest of three standard normals is -0.8463, its variance 0.5595 (Harter 1961).
  return Math.exp(noise ** 2 / 2) * Math.exp(-0.8463 * inner + (0.5595 * inner ** 2) / 2);
}

describe('knee', () => {
  const bent: Cost = (n) => (n <= 300 ? n * 1e-4 : 300e-4 + (n - 300) * 4e-4);

  test('is found where one more unit becomes dearer, or cheaper', () => {
    const dearer = kneeOf(curveOf(bent));
    expect(dearer).toMatchObject({ kind: 'dearer', size: 300 });
    if (dearer.kind !== 'dearer') throw new Error('no knee');
    expect(dearer.before).toBeCloseTo(1e-4, 5);
    expect(dearer.after).toBeCloseTo(4e-4, 4);
    expect(kneeOf(curveOf((n) => (n <= 100 ? n * 4e-4 : 400e-4 + (n - 100) * 1e-4)))).toMatchObject({ kind: 'cheaper', size: 100 });
  });

  test('is not declared on a straight line: less than one in twenty, at any noise', () => {
    for (const noise of [0.02, 0.1, 0.3]) {
      const found = Array.from({ length: 150 }, (_, run) => kneeOf(curveOf((n) => 0.01 + n * 1e-4, { run, noise })).kind);
      expect(found.filter((kind) => kind !== 'none').length / found.length).toBeLessThanOrEqual(0.05);
    }
  });

  test('units that do not grow with every size are no work that grows', () => {
    const units = (clients: number) => Math.max(16_000, clients * clients);
    const curve = curveOf((clients) => units(clients) * 4e-6 * clients ** 0.5, { units, sizes: [10, 40, 160], plain: 40 });
    expect(curve.work).toBe('fixed');
    expect(marginalCost(curve)).toBeNull();
    expect(kneeOf(curve)).toEqual({ kind: 'levels off', size: 10 });
  });

  test('is not decided by two sizes or two rounds', () => {
    expect(kneeOf(curveOf(bent, { sizes: [10, 1000], plain: 10 }))).toEqual({ kind: 'undecided', reason: 'a knee needs three sizes' });
    expect(kneeOf(curveOf(bent, { processes: 2 }))).toEqual({ kind: 'undecided', reason: '2 of the 3 rounds that an interval needs' });
  });

  test('where the work is fixed: the smallest size that no larger one beats by a tenth', () => {
    const fixed = { units: () => 400 };
    const curve = curveOf((n) => Math.max(0.2, 20 / n), fixed);
    expect(marginalCost(curve)).toBeNull();
    expect(kneeOf(curve)).toEqual({ kind: 'levels off', size: 100 });
    expect(kneeOf(curveOf((n) => 20 / n, fixed))).toEqual({ kind: 'none' });
    expect(kneeOf(curveOf((n) => Math.max(0.2, 20 / n), { ...fixed, processes: 2 }))).toMatchObject({ kind: 'undecided' });
  });
});

describe('crossover', () => {
  // Equal where 0.02 + n * 1e-4 = n * 2e-4: at 200.
  const costs = { asyncio: (n: number) => 0.02 + n * 1e-4, threads: (n: number) => n * 2e-4 };

  test('lies where the curves cross, within its interval', () => {
    const sizes = [10, 50, 100, 200, 400, 1000];
    const found = crossoversOf(curvesOf(costs, { sizes, noise: 0.02 }));
    expect(found).toMatchObject([{ overtaken: 'threads', overtaking: 'asyncio' }]);
    const [crossover] = found;
    if (crossover === undefined) throw new Error('no crossover');
    expect(crossover.low).toBeLessThan(crossover.size);
    expect(crossover.high).toBeGreaterThan(crossover.size);
    expect(crossover.low).toBeGreaterThan(100);
    expect(crossover.high).toBeLessThan(400);
  });

  test('its interval holds the truth at least 95 times in 100', () => {
    const trials = 200;
    let covered = 0;
    let found = 0;
    for (let run = 0; run < trials; run += 1) {
      const [crossover] = crossoversOf(curvesOf(costs, { run, noise: 0.05, sizes: [10, 50, 100, 200, 400, 1000] }));
      if (crossover === undefined) continue;
      found += 1;
      if (crossover.low <= 200 && 200 <= crossover.high) covered += 1;
    }
    expect(found).toBeGreaterThan(trials * 0.95);
    // Five standard deviations of a share of 95 % in 200 trials are 7.7 %.
    expect(covered / found).toBeGreaterThan(0.87);
  }, 20_000);

  test('does not depend on which curve comes first, and there is none between curves that do not clearly cross', () => {
    const [one, other] = curvesOf(costs);
    if (one === undefined || other === undefined) throw new Error('no curves');
    expect(crossoversOf([other, one])).toEqual(
      crossoversOf([one, other]).map((each) => ({
        ...each,
        size: expect.closeTo(each.size, 6),
        low: expect.closeTo(each.low, 6),
        high: expect.closeTo(each.high, 6),
      })),
    );
    expect(crossoversOf(curvesOf({ asyncio: (n) => n * 1e-4, threads: (n) => n * 2e-4 }))).toEqual([]);
    expect(crossoversOf(curvesOf({ asyncio: (n) => n * 1e-4, threads: (n) => n * 1e-4 }))).toEqual([]);
    expect(crossoversOf(curvesOf(costs, { processes: 2 }))).toEqual([]);
  });
});
