import { describe, expect, test } from 'vitest';
import { readBenchstatCsv } from '../bench/compare/benchstat.ts';
import { type CellValues, cellValues } from '../bench/compare/cell-values.ts';
import { disagreements } from '../bench/compare/disagreement.ts';
import { checkFigures } from '../bench/compare/figure-check.ts';
import { goBenchmarks, goUnit } from '../bench/compare/go-benchmark.ts';
import { effectiveValues, intraclassCorrelation } from '../bench/compare/intraclass-correlation.ts';
import { pooledT } from '../bench/compare/pooled-t.ts';
import { type PyperfRow, readPyperf } from '../bench/compare/pyperf.ts';
import { fitsPyperf, pyperfSuite } from '../bench/compare/pyperf-suite.ts';
import type { Results } from '../src/model/results.ts';
import { compareResults } from '../src/tables/comparison.ts';
import { fixtureResults, fixtureRuntime } from './fixtures/results/factory.ts';

const workloads = { spawn: { title: 'Spawn.', gate: 'wall_per_unit', figures: { asyncio: { wall_per_unit: 1 } } } };

type Processes = readonly (readonly number[])[];

/** Results of one cell, judged by its minimum, in which the processes have these values. */
function results(version: string, processes: Processes): Results {
  const plain = fixtureResults({ run: 1, workloads, runtimes: [fixtureRuntime(version)], processes: processes.length });
  const samples = plain.samples.map((sample) => {
    const values = processes[sample.round] ?? [];
    return sample.status === 'broken' ? sample : { ...sample, values: { wall_per_unit: values }, calibration: values };
  });
  return { ...plain, samples };
}

function compared(base: Processes, head: Processes) {
  const [before, now] = [results('3.12.1', base), results('3.13.0', head)];
  const comparison = compareResults(before, now);
  const [cell] = cellValues(comparison, before, now);
  if (cell === undefined) throw new Error('nothing was compared');
  return { comparison, cell };
}

function cellOf(base: Processes, head: Processes): CellValues {
  return compared(base, head).cell;
}

const small = cellOf(
  [
    [0.3, 0.25],
    [0.1, 0.125],
  ],
  [
    [0.2, 0.5],
    [0.4, 0.375],
  ],
);

describe('the figures of one cell in the formats of others', () => {
  test('Go benchmarks: one line a process, a unit for each metric, no digit lost', () => {
    expect(goBenchmarks([small], 'base')).toBe(`runtime: 3.13.0
Benchmarkspawn/asyncio/3.13.0 1 0.25 wall_per_unit-sec
Benchmarkspawn/asyncio/3.13.0 1 0.1 wall_per_unit-sec
`);
    expect(goBenchmarks([small], 'head')).toContain('spawn/asyncio/3.13.0 1 0.375 wall_per_unit-sec\n');
    expect(goUnit({ id: 'my metric', unit: 'B' })).toBe('my_metric-B');
  });

  test('pyperf: a run for each process, with all its values or with its one figure', () => {
    const suite = (runs: string) =>
      `{"version":"1.0","benchmarks":[{"metadata":{"name":"spawn/asyncio/3.13.0","unit":"second"},"runs":[${runs}]}]}\n`;
    expect(pyperfSuite([small], 'base', 'every value')).toBe(suite('{"values":[0.3,0.25]},{"values":[0.1,0.125]}'));
    expect(pyperfSuite([small], 'base', 'one a process')).toBe(suite('{"values":[0.25]},{"values":[0.1]}'));
    expect(fitsPyperf(small)).toBe(true);
    expect(fitsPyperf(cellOf([[0, 1]], [[1, 1]]))).toBe(false);
  });
});

test('benchstat’s CSV is read by runtime, unit and cell', () => {
  const { rows, means } = readBenchstatCsv(`runtime: 3.13.0
,base.txt,,head.txt,,,
,switches-count,CI,switches-count,CI,vs base,P
echo/threads/3.13.0,0,∞,3,∞,?,p=0.008 n=5
geomean,,,2.9999999999999996,,?,

"runtime: 3.9.18, uvloop 0.23.0"
,base.txt,,head.txt,,,
,wall_per_unit-sec,CI,wall_per_unit-sec,CI,vs base,P
spawn/threads/3.9.18_uvloop,0.0013,∞,0.0023,∞,+76.92%,p=0.008 n=5
echo/threads/3.9.18_uvloop,0.013,20%,0.013,20%,~,p=1.000 n=10
geomean,0.00411096095821889,,0.005468089245796923,,+33.01%,
`);
  expect(Object.fromEntries(rows)).toEqual({
    'echo/threads/3.13.0': { base: 0, head: 3, delta: '?', p: 0.008 },
    'spawn/threads/3.9.18_uvloop': { base: 0.0013, head: 0.0023, delta: '+76.92%', p: 0.008 },
    'echo/threads/3.9.18_uvloop': { base: 0.013, head: 0.013, delta: '~', p: 1 },
  });
  expect(Object.fromEntries(means)).toEqual({ '3.13.0 switches-count': '?', '3.9.18, uvloop 0.23.0 wall_per_unit-sec': '+33.01%' });
});

describe('pyperf’s tables are read', () => {
  test('significant, hidden, and failed', () => {
    const table = `| Benchmark      | base     | head                   |
|----------------|:--------:|:----------------------:|
| a              | 1.10 sec | 2.10 sec: 1.91x slower |
| c              | 2.00 sec | 2.00 sec: no change    |
| Geometric mean | (ref)    | 1.25x slower           |

Benchmark hidden because not significant (1): b`;
    const scores = `a
=

Mean +- std dev: [base] 1.10 sec +- 0.10 sec -> [head] 2.10 sec +- 0.10 sec: 1.91x slower
Significant (t=-12.25)

b
=

Mean +- std dev: [base] 1.10 sec +- 0.10 sec -> [head] 1.12 sec +- 0.08 sec: 1.02x slower
Not significant!

c
=

Mean +- std dev: [base] 2.00 sec +- 0.00 sec -> [head] 2.00 sec +- 0.00 sec: no change
ERROR when testing if values are significant
Significant
`;
    expect(Object.fromEntries(readPyperf(['a', 'b', 'c'], table, scores))).toEqual({
      a: { verdict: 'slower', ratio: '1.91x slower', t: -12.25 },
      b: { verdict: 'not significant', ratio: '1.02x slower', t: 'not shown' },
      c: { verdict: 'no change', ratio: 'no change', t: 'failed' },
    });
    expect(() => readPyperf(['a', 'd'], table, scores)).toThrow('pyperf says nothing of d');
  });

  test('one benchmark alone has no title', () => {
    const scores = 'Mean +- std dev: [e] 1.10 sec +- 0.10 sec -> [f] 0.10 sec +- 0.10 sec: 11.00x faster\nSignificant (t=12.25)\n';
    const table = '| Benchmark | e | f |\n|---|:--:|:--:|\n| a | 1.10 sec | 0.10 sec: 11.00x faster |\n';
    expect(readPyperf(['a'], table, scores).get('a')).toEqual({ verdict: 'faster', ratio: '11.00x faster', t: 12.25 });
  });
});

describe('why pyperf says otherwise', () => {
  const chance: PyperfRow = { verdict: 'not significant', ratio: '1.01x slower', t: 'not shown' };
  const slower: PyperfRow = { verdict: 'slower', ratio: '1.10x slower', t: -3 };
  const faster: PyperfRow = { verdict: 'faster', ratio: '1.10x faster', t: 3 };
  const process = (value: number): readonly number[] => [value, value * 1.001, value * 1.002];
  const spread = [1, 1.1, 1.2, 1.3, 1.4].map(process);
  const shifted = [1.15, 1.25, 1.35, 1.45, 1.55].map(process);
  const apart = [2, 2.1, 2.2, 2.3, 2.4].map(process);
  const reasons = (cell: CellValues, single: PyperfRow, every: PyperfRow) =>
    disagreements(cell, { 'one a process': single, 'every value': every }).map(({ values, agreement, reason }) => [
      values,
      agreement,
      reason,
    ]);

  test('nothing where it says the same', () => {
    expect(reasons(cellOf(spread, shifted), chance, chance)).toEqual([]);
    expect(reasons(cellOf(spread, apart), slower, slower)).toEqual([]);
  });

  test('values of one process counted as independent', () => {
    const [[values, agreement, reason] = []] = reasons(cellOf(spread, shifted), chance, slower);
    expect([values, agreement]).toEqual(['every value', 'one sees chance']);
    expect(reason).toMatch(
      /counts the 15 values of 5 processes a side as independent: t is 2\.81 \(5 %: 2\.05\)\. .*correlation 1\), so that they are worth about 5\./,
    );
    expect(reason).toMatch(/On one value a process t is 1\.50 \(5 %: 2\.31\), and the ranks give p = 0\.22\.$/);
  });

  test('a t where ranks cannot reach the level, and one that weighs distances', () => {
    const few = cellOf(spread.slice(0, 3), apart.slice(0, 3));
    expect(reasons(few, slower, slower)).toEqual([
      ['one a process', 'one sees chance', expect.stringContaining('3+3 processes cannot reach 5 % by ranks (p is at least 0.1)')],
      ['every value', 'one sees chance', expect.stringMatching(/^As with one value a process: 3\+3 processes/)],
    ]);
    const near = cellOf(spread, [1.35, 1.45, 1.55, 1.05, 1.75].map(process));
    expect(reasons(near, slower, chance)).toEqual([['one a process', 'one sees chance', expect.stringContaining('needs normal noise')]]);
  });

  test('an outlier that hides a difference from a t', () => {
    const [[, , reason] = []] = reasons(cellOf(spread, [...apart.slice(0, 4), process(60)]), chance, slower);
    expect(reason).toMatch(
      /^The ranks give p = 0\.0079, t is 1\.\d+ \(5 %: 2\.31\): the largest figure is 27 times the median of its side/,
    );
    const [[, , close] = []] = reasons(
      cellOf([1, 1.1, 1.2, 1.3, 1.4].map(process), [1.35, 1.41, 1.42, 1.43, 1.44].map(process)),
      chance,
      slower,
    );
    expect(close).toContain('a close call');
  });

  test('a mean that goes the other way, or drowns within the processes', () => {
    const [base, head] = [apart, spread.map(([first = 1, ...rest], index) => [first, ...rest, index === 0 ? 90 : first])];
    const cell = cellOf(
      base.map((values) => [...values, 2.5]),
      head,
    );
    expect(reasons(cell, faster, slower)).toEqual([
      [
        'every value',
        'opposite',
        expect.stringMatching(
          /^The mean of all values moved by \+\d+\.\d %, the median of the processes by −45\.5 %: the largest value is/,
        ),
      ],
    ]);
    expect(reasons(cell, faster, chance)).toEqual([
      ['every value', 'one sees chance', expect.stringMatching(/over one a process, its minimum, .* leaves it out\.$/)],
    ]);
  });

  test('its own error taken for significance', () => {
    const failed: PyperfRow = { ...slower, t: 'failed' };
    const [[, , uneven] = []] = reasons(cellOf(spread, shifted.slice(1)), failed, chance);
    expect(uneven).toBe(
      'Its t is only made for equal counts, and these are 5 and 4; pyperf catches that error and calls the cell significant.',
    );
    const flat = cellOf(
      [
        [1, 1],
        [1, 1],
      ],
      [
        [2, 2],
        [2, 2],
      ],
    );
    expect(reasons(flat, failed, chance)[0]?.[2]).toContain('divides by a spread of zero');
    expect(reasons(cellOf([[1, 1]], [[2, 2]]), failed, chance)[0]?.[2]).toContain('no test for two single values');
  });

  test('equal medians have no direction of ours', () => {
    const cell = cellOf([1, 2, 3, 3, 3, 3, 3, 3, 3].map(process), [3, 3, 3, 3, 3, 4, 5, 6, 7].map(process));
    expect(cell.ours.outcome.kind).toBe('different');
    expect(reasons(cell, slower, chance)[0]?.[2]).toContain('the two medians are equal');
  });
});

describe('what the reasons rest on', () => {
  test('the intraclass correlation is 1 for copies, near 0 for exchangeable values, and none where it cannot be', () => {
    expect(
      intraclassCorrelation(
        cellOf(
          [
            [1, 1],
            [2, 2],
          ],
          [
            [3, 3],
            [5, 5],
          ],
        ),
      ),
    ).toBe(1);
    expect(
      intraclassCorrelation(
        cellOf(
          [
            [1, 2],
            [2, 1],
          ],
          [
            [3, 5],
            [5, 3],
          ],
        ),
      ),
    ).toBe(0);
    expect(intraclassCorrelation(cellOf([[1], [2]], [[3], [5]]))).toBeNull();
    expect(
      intraclassCorrelation(
        cellOf(
          [
            [1, 1],
            [1, 1],
          ],
          [
            [1, 1],
            [1, 1],
          ],
        ),
      ),
    ).toBeNull();
    expect(
      intraclassCorrelation(
        cellOf(
          [
            [0, 1],
            [1, 1],
          ],
          [
            [1, 1],
            [1, 1],
          ],
        ),
      ),
    ).toBeNull();
    expect(effectiveValues(5, 3, 1)).toBe(5);
    expect(effectiveValues(5, 3, 0)).toBe(15);
  });

  test('the pooled t is pyperf’s', () => {
    // pyperf compare_to -v of these values prints t=-12.25.
    expect(pooledT([1, 1.1, 1.2], [2, 2.1, 2.2])?.t).toBeCloseTo(-12.247, 3);
    expect(pooledT([1, 1.1, 1.2], [2, 2.1, 2.2])?.limit).toBeCloseTo(2.776, 3);
    expect(pooledT([1, 1.1], [2, 2.1, 2.2])).toBeNull();
    expect(pooledT([1, 1], [2, 2])).toBeNull();
    expect(pooledT([1], [2])).toBeNull();
  });
});

describe('the check of the figures', () => {
  const { comparison, cell } = compared([[1], [1.1], [1.2], [1.3], [1.4]], [[2], [2.1], [2.2], [2.3], [2.4]]);
  const row = { base: 1.2, head: 2.2, delta: '+83.33%', p: 0.008 };
  const check = (changed: Partial<typeof row>, medians: readonly [number, number] = [1.2, 2.2]) =>
    checkFigures([cell], {
      benchstat: { rows: new Map([[cell.name, { ...row, ...changed }]]), means: new Map(), text: '' },
      pyperf: { rows: new Map(), medians: new Map([[cell.name, medians]]), text: '' },
      compared: comparison.cells,
    });

  test('passes what is the same', () => {
    expect(check({})).toEqual({ medians: 4, identical: 4, farthest: 0, pValues: 1, approximated: 0, faults: [] });
  });

  test.each([
    [{ p: 0.009 }, 'p of spawn/asyncio/3.13.0'],
    [{ base: 1.2000001 }, 'median of spawn/asyncio/3.13.0 before, benchstat'],
    [{ delta: '+83.34%' }, 'change of spawn/asyncio/3.13.0'],
    [{ delta: '~' }, 'benchstat says ~, ours is different'],
    [{ head: 1, delta: '-16.67%' }, 'ours is different'],
  ])('fires for %o', (changed, fault) => {
    expect(check(changed).faults.join('\n')).toContain(fault);
  });

  test('fires for a geometric mean', () => {
    const groups = comparison.cells.groups.map((group) => ({ ...group, mean: { base: 1.2, head: 2.2, ratio: 2.2 / 1.2, cells: 1 } }));
    const benchstat = (mean: string) => ({
      rows: new Map([[cell.name, row]]),
      means: new Map([['3.13.0 wall_per_unit-sec', mean]]),
      text: '',
    });
    const pyperf = { rows: new Map(), medians: new Map(), text: '' };
    const faults = (mean: string) =>
      checkFigures([cell], { benchstat: benchstat(mean), pyperf, compared: { ...comparison.cells, groups } }).faults;
    expect(faults('+83.33%')).toEqual([]);
    expect(faults('+83.30%')).toEqual([expect.stringContaining('geometric mean of wall time per unit, 3.13.0: +83.30%')]);
  });

  test('fires for pyperf’s median and for a row that is missing', () => {
    expect(check({}, [1.2, 2.3]).faults).toEqual(['median of spawn/asyncio/3.13.0 now, pyperf: 2.3, ours 2.2']);
    const nothing = { rows: new Map(), means: new Map(), text: '' };
    const pyperf = { rows: new Map(), medians: new Map(), text: '' };
    expect(checkFigures([cell], { benchstat: nothing, pyperf, compared: comparison.cells }).faults).toEqual([
      'benchstat says nothing of spawn/asyncio/3.13.0',
    ]);
  });
});
