import { describe, expect, test } from 'vitest';
import { readBenchstatCsv } from '../../bench/compare/benchstat.ts';
import { goBenchmarks, goUnit } from '../../bench/compare/go-benchmark.ts';
import { readPyperf } from '../../bench/compare/pyperf.ts';
import { fitsPyperf, pyperfSuite } from '../../bench/compare/pyperf-suite.ts';
import { cellOf } from './compare.fixture.ts';

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
