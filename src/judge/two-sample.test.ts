import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import type { FixtureWorkload } from '../../test/fixtures/results/figures.ts';
import type { Results } from '../model/results.ts';
import type { MeasuredSample } from '../model/sample.ts';
import { holm } from '../stats/holm.ts';
import { mannWhitney } from '../stats/mann-whitney.ts';
import { indexCells } from './cell-index.ts';
import { compareTwoSamples, differenceLevel, fewestToReach, type TwoSampleCell } from './two-sample.ts';

const fixture = (gate: string, figure = 1): FixtureWorkload => ({ title: gate, gate, figures: { threads: { [gate]: figure } } });
const workloads: Readonly<Record<string, FixtureWorkload>> = {
  time: fixture('wall_per_unit'),
  other: fixture('cpu_per_unit'),
  memory: fixture('memory_per_unit'),
  switches: fixture('voluntary_switches_per_unit'),
};
const runtimes = [fixtureRuntime('3.13.0')];

/** Results in which the processes of a workload have these figures, three values each. */
function results(figures: Readonly<Record<string, readonly number[]>>): Results {
  const processes = Math.max(...Object.values(figures).map(({ length }) => length));
  const plain = fixtureResults({ run: 1, workloads, runtimes, processes, skips: ({ workload }) => figures[workload] === undefined });
  const samples = plain.samples.flatMap((sample) => {
    const figure = figures[sample.cell.workload]?.[sample.round];
    const gate = workloads[sample.cell.workload]?.gate ?? '';
    return figure === undefined || sample.status === 'broken' ? [] : [{ ...sample, values: { [gate]: [figure, figure, figure] } }];
  });
  return { ...plain, samples };
}

function compare(base: Results, head: Results, level = differenceLevel): readonly TwoSampleCell[] {
  return compareTwoSamples(indexCells(head), indexCells(base), level);
}

function of(rows: readonly TwoSampleCell[], workload: string): TwoSampleCell {
  const found = rows.find(({ cell }) => cell.workload === workload);
  if (found === undefined) throw new Error(`no row for ${workload}`);
  return found;
}

const low = [1, 1.1, 1.2, 1.3, 1.4];
const high = [2, 2.1, 2.2, 2.3, 2.4];

describe('two results, cell by cell', () => {
  test('the process is the unit: more values within it change nothing', () => {
    const [base, head] = [results({ time: low }), results({ time: high })];
    const more = (sample: MeasuredSample, copies: number) => {
      const repeated = (values: readonly number[]) => Array.from({ length: copies }, () => values).flat();
      const values = Object.fromEntries(Object.entries(sample.values).map(([id, own]) => [id, repeated(own)]));
      return { ...sample, values, calibration: repeated(sample.calibration) };
    };
    const longer = (run: Results): Results => ({
      ...run,
      samples: run.samples.map((sample) => (sample.status === 'measured' ? more(sample, 40) : sample)),
    });
    const [row] = compare(base, head);
    expect(row).toMatchObject({ ratio: 2.2 / 1.2, outcome: { kind: 'different', p: 2 / 252 } });
    expect(compare(longer(base), longer(head))).toEqual([row]);
  });

  test('p is of Mann and Whitney, and adjusted for all tested cells', () => {
    const [base, head] = [results({ time: low, other: low }), results({ time: high, other: [1.35, 2.1, 2.2, 2.3, 2.4] })];
    const ps = [mannWhitney({ head: high, base: low }).p, mannWhitney({ head: [1.35, 2.1, 2.2, 2.3, 2.4], base: low }).p];
    const rows = compare(base, head);
    for (const [index, workload] of ['time', 'other'].entries()) {
      expect(of(rows, workload).outcome).toEqual({ kind: 'different', p: ps[index], adjustedP: holm(ps)[index] });
    }
  });

  test('overlapping sides are not told apart', () => {
    expect(of(compare(results({ time: low }), results({ time: [1.05, 1.15, 1.25, 1.35, 1.45] })), 'time').outcome.kind).toBe(
      'not told apart',
    );
  });

  test('so few that nothing could be told apart is said, with how many could', () => {
    const three = of(compare(results({ time: low.slice(0, 3) }), results({ time: high.slice(0, 3) })), 'time');
    expect(three.outcome).toEqual({ kind: 'too few processes', p: 0.1, needed: 4 });
    expect(of(compare(results({ time: low.slice(0, 4) }), results({ time: high.slice(0, 4) })), 'time').outcome.kind).toBe('different');
    // Unequal sides: 3 + 5 reach 2/56, 2 + 5 only 2/21.
    expect(of(compare(results({ time: low.slice(0, 3) }), results({ time: high })), 'time').outcome.kind).toBe('different');
    expect(of(compare(results({ time: low.slice(0, 2) }), results({ time: high })), 'time').outcome.kind).toBe('too few processes');
  });

  test('a stricter level tells less apart and needs more processes; a p of just the level differs', () => {
    const [base, head] = [results({ time: low }), results({ time: high })];
    const at = (level: number) => of(compare(base, head, level), 'time').outcome;
    const p = 2 / 252;
    for (const level of [0.01, p]) expect(at(level)).toEqual({ kind: 'different', p, adjustedP: p });
    expect(at(0.005)).toEqual({ kind: 'too few processes', p, needed: 6 });
    const touching = results({ time: [1.35, 2.1, 2.2, 2.3, 2.4] });
    const outcomes = [0.05, 0.01].map((level) => of(compare(base, touching, level), 'time').outcome);
    expect(outcomes).toMatchObject([{ kind: 'different' }, { kind: 'not told apart' }]);
  });

  test.each([
    // 2 / C(2n, n): 4 a side give 0.0286, 3 give 0.1; 5 give 0.0079, 7 give 0.00058.
    [0.05, 4],
    [0.01, 5],
    [0.001, 7],
    [0.05 / 52, 7],
  ])('a level of %d takes %i processes a side', (level, processes) => {
    expect(fewestToReach(level)).toBe(processes);
  });

  test('a deterministic figure without spread needs no test: equal or exact, from two processes on', () => {
    const memory = (base: readonly number[], head: readonly number[]) =>
      of(compare(results({ memory: base }), results({ memory: head })), 'memory');
    expect(memory([5, 5], [5, 5]).outcome).toEqual({ kind: 'equal' });
    expect(memory([5, 5], [6, 6])).toMatchObject({ ratio: 1.2, outcome: { kind: 'exact' } });
    expect(memory([5], [6]).outcome.kind).toBe('too few processes');
    expect(memory([5, 5], [6, 7]).outcome.kind).toBe('too few processes');
    expect(of(compare(results({ switches: [5, 5] }), results({ switches: [6, 6] })), 'switches').outcome.kind).toBe('too few processes');
    expect(of(compare(results({ switches: [0, 0] }), results({ switches: [0, 0] })), 'switches')).toMatchObject({
      ratio: null,
      outcome: { kind: 'equal' },
    });
  });

  test('a figure of zero leaves no ratio and is compared all the same', () => {
    const row = of(compare(results({ switches: [0, 0, 0, 0, 0] }), results({ switches: high })), 'switches');
    expect(row).toMatchObject({ ratio: null, outcome: { kind: 'different' } });
  });

  test('only what both measured alike is a row', () => {
    const [base, head] = [results({ time: low, other: low }), results({ time: high, memory: high })];
    expect(compare(base, head).map(({ cell }) => cell.workload)).toEqual(['time']);
    const changed = { ...base, workloads: base.workloads.map((each) => ({ ...each, source: 'edited' })) };
    expect(compare(changed, head)).toEqual([]);
    const fault = { kind: 'timeout', message: 'no end within 60 s', output: '' } as const;
    const broken = fixtureResults({ run: 1, workloads, runtimes, breaks: ({ workload }) => (workload === 'time' ? fault : null) });
    expect(compare(broken, head).map(({ cell }) => cell.workload)).toEqual(['memory']);
    expect(compare(head, broken).map(({ cell }) => cell.workload)).toEqual(['memory']);
  });

  test('a figure that is no number makes no verdict', () => {
    expect(() => compare(results({ time: low }), results({ time: [1, 2, Number.NaN, 4, 5] }))).toThrow(RangeError);
  });
});

describe('whatever the figures', () => {
  const side = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 });
  const parameters = { seed: 4, numRuns: 60 };

  test('the order of processes, the unit of time and a cell without spread change nothing; exchanged sides mirror', () => {
    fc.assert(
      fc.property(side, side, (base, head) => {
        const row = of(compare(results({ time: base }), results({ time: head })), 'time');
        const again = (before: readonly number[], now: readonly number[], more: Readonly<Record<string, readonly number[]>> = {}) =>
          of(compare(results({ time: before, ...more }), results({ time: now, ...more })), 'time');
        expect(again(base.toReversed(), head.toReversed())).toEqual(row);
        expect(again(base, head, { memory: [3, 3, 3, 3, 3] })).toEqual(row);
        const scaled = again(
          base.map((value) => value * 1024),
          head.map((value) => value * 1024),
        );
        expect({ ratio: scaled.ratio, outcome: scaled.outcome }).toEqual({ ratio: row.ratio, outcome: row.outcome });
        const mirrored = again(head, base);
        expect(mirrored.outcome).toEqual(row.outcome);
        expect((mirrored.ratio ?? 0) * (row.ratio ?? 0)).toBeCloseTo(1, 12);
      }),
      parameters,
    );
  });

  test('equal distributions differ in no more than the stated share of the cells', () => {
    const cells = 400;
    const rows = Array.from({ length: cells }, (_, run) => {
      const plain = { workloads: { time: fixture('wall_per_unit') }, runtimes, processes: 6 };
      const [row] = compare(fixtureResults({ ...plain, run: 2 * run }), fixtureResults({ ...plain, run: 2 * run + 1 }));
      return row?.outcome.kind;
    });
    const different = rows.filter((kind) => kind === 'different').length;
    expect(different).toBeGreaterThan(0);
    expect(different / cells).toBeLessThan(0.05 + 2 * Math.sqrt((0.05 * 0.95) / cells));
  });
});
