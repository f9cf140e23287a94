import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concurrencyModels } from '../../model/concurrency-model.ts';
import { metrics } from '../../model/metric.ts';
import type { TrendLevel, TrendLine, TrendPanel, WorkloadTrend } from '../../tables/trend.ts';
import { trendIndex } from './trend-index.ts';
import { stripScale } from './trend-scale.ts';
import { trendSvg } from './trend-svg.ts';
import { joinedLevels } from './trend-words.ts';

const machine = {
  runnerClass: 'local',
  os: 'linux',
  kernel: '6.1',
  arch: 'x64',
  cpuModel: 'one',
  cpus: 2,
  memoryBytes: 2 ** 30,
  peerPython: '3.12',
};
const identity = { implementation: 'cpython', freeThreaded: false, build: '1a2b3c4d', source: 'uv', packages: {} };
const runtime = { ...identity, id: 'cpython-3.13.0-gil-1a2b3c4d', python: '3.13.0' };

const figure = fc.oneof(
  fc.constantFrom(0, 1, 1e-300, 1e300, Number.MIN_VALUE, Number.MAX_VALUE, -1, -1e9),
  fc.double({ min: 1e-9, max: 1e3, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const level: fc.Arbitrary<TrendLevel> = fc.oneof({ weight: 6, arbitrary: figure }, fc.constant('broken' as const), fc.constant(null));

function lineOf(runs: number): fc.Arbitrary<TrendLine> {
  const shift = fc.record({
    at: fc.integer({ min: 1, max: Math.max(1, runs - 1) }),
    ratio: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    direction: fc.constantFrom('worse' as const, 'better' as const),
    accepted: fc.constant(null),
  });
  return fc.record({
    model: fc.constantFrom(...concurrencyModels),
    metric: fc.constantFrom(...metrics),
    levels: fc.oneof(
      fc.array(level, { minLength: runs, maxLength: runs }),
      figure.map((same) => Array.from({ length: runs }, () => same)),
    ),
    center: figure,
    shifts: fc.array(shift, { maxLength: 3 }),
  });
}

const panel: fc.Arbitrary<TrendPanel> = fc.integer({ min: 1, max: 30 }).chain((count) =>
  fc.record({
    ...{ runtime: fc.constant(runtime), machine: fc.constant(machine), cpuModel: fc.constant('one') },
    runs: fc.array(
      fc.record({
        run: fc.string(),
        commit: fc.constantFrom('a'.repeat(40), null),
        created: fc.constant('2026-10-01T03:12:00.000Z'),
        cpuModel: fc.constantFrom('one', 'one', 'other'),
      }),
      { minLength: count, maxLength: count },
    ),
    lines: fc.array(lineOf(count), { maxLength: 8 }),
  }),
);

const trend: fc.Arbitrary<WorkloadTrend> = fc.record({
  ...{ workload: fc.string({ unit: 'binary' }), title: fc.string({ unit: 'binary' }), params: fc.constantFrom('', 'n=10') },
  ...{ panels: fc.array(panel, { maxLength: 6 }), leftOutPanels: fc.nat(2) },
});

/** A dot for each level that is joined, and two for each that is not: a ring and its hole. */
function drawnDots(line: TrendLine, of: TrendPanel): number {
  const joined = joinedLevels(line, of).filter((each) => each !== null).length;
  return 2 * line.levels.filter((each) => typeof each === 'number').length - joined;
}

test('whatever was measured, every place in a chart is a number within it, and no name leaves its place', () => {
  fc.assert(
    fc.property(trend, (given) => {
      const svg = trendSvg(given);
      const [, width = 0, height = 0] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)?.map(Number) ?? [];
      const drawing = svg.slice(svg.indexOf('</style>'));
      const paths = [...drawing.matchAll(/ d="([^"]*)"/g)].map(([, path]) => path).join(' ');
      expect(paths).not.toMatch(/[^MLHVmhvlZ\d.,\s-]/);
      const drawn = given.panels.flatMap((each) => each.lines.map((line) => drawnDots(line, each)));
      expect(paths.match(/h0/g)?.length ?? 0).toBe(drawn.reduce((sum, dots) => sum + dots, 0));
      for (const [, x, y] of paths.matchAll(/[ML]([^,]*),([^a-zA-Z ]*)/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(width);
        expect(Number(y)).toBeGreaterThanOrEqual(0);
        expect(Number(y)).toBeLessThanOrEqual(height);
      }
      expect(drawing).not.toMatch(/(?:[xyd]|width|height)="[^"]*(?:NaN|Infinity|undefined|e[+-])/);
      expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length);
      expect(svg.replaceAll(/[\t\n]/g, '')).not.toMatch(/[\p{Cc}\p{Cs}\ufffe\uffff]/u);
      expect(() =>
        trendIndex([{ trend: given, file: 'trend-x.svg' }], { newest: null, runs: 0, leftOutWorkloads: 0, leftOutFiles: 0, cutFiles: 0 }),
      ).not.toThrow();
    }),
    { seed: 11, numRuns: 100 },
  );
});

test('levels within the band stay within it, and a level that is the centre is its middle', () => {
  const levels = [9.6, 10, 10.4];
  const { y, bandTop, bandBottom } = stripScale({ levels, center: 10 }, [0, 100]);
  expect([bandTop, bandBottom]).toEqual([0, 100]);
  expect(y(10)).toBeCloseTo(50);
  expect(y(10.4)).toBeGreaterThan(25);
  const wide = stripScale({ levels: [10, 20], center: 10 }, [0, 100]);
  expect(wide.bandTop).toBeGreaterThan(70);
  expect(wide.y(20)).toBeCloseTo(0);
});

test('thirty runs of six runtimes and all models are drawn to the last', () => {
  const runs = Array.from({ length: 30 }, (_, at) => ({
    ...{ run: `${at}`, commit: null, created: '2026-10-01T03:12:00.000Z', cpuModel: 'one' },
  }));
  const [metric] = metrics;
  const lines = concurrencyModels.flatMap((model): readonly TrendLine[] => {
    const levels = runs.map((_, at) => 1 + 0.01 * Math.sin(at));
    return metric === undefined ? [] : [{ model, metric, levels, center: 1, shifts: [] }];
  });
  const panels = Array.from({ length: 6 }, () => ({ runtime, machine, cpuModel: 'one', runs, lines }));
  const svg = trendSvg({ workload: 'spawn', title: 'Spawn.', params: '', panels, leftOutPanels: 0 });
  const paths = [...svg.matchAll(/ d="([^"]*)"/g)].map(([, path = '']) => path);
  expect(paths.some((path) => path.length > 400)).toBe(true);
  expect(paths.filter((path) => path.includes('…'))).toEqual([]);
  expect(paths.join(' ').match(/h0/g)).toHaveLength(6 * lines.length * runs.length);
});
