import type { Results } from '../../src/model/results.ts';
import { fixtureResults, fixtureRuntime, fixtureRuntimes } from '../fixtures/results/factory.ts';
import { bundledAxes, bundledFigures } from '../fixtures/results/figures.ts';

/** What one golden report is made from. */
export interface Scenario {
  readonly name: string;
  readonly results: Results;
  readonly baselineRuns: readonly Results[];
  /** Whether the run is kept as a baseline; left out: it is. */
  readonly storesBaseline?: boolean;
}

/** Text that tries to leave its place: columns, code, lines, HTML, mentions, links, commands, directions. */
export const hostile =
  'a|b `c` ``d`` <img src=x onerror=alert(1)> @octocat #12 GH-3 [x](http://e.vil) **b** _i_ \\| -->\n::error::owned\r\n##[warning]x \u202eabc\u0007 www.e.vil';

const earlier = [1, 2, 3, 4].map((run) => fixtureResults({ run }));

const ownWorkload = {
  title: hostile,
  gate: 'wall_per_unit',
  figures: { threads: { wall_per_unit: 2e-3, 'odd|metric`<b>': 3 }, asyncio: { wall_per_unit: 1.2e-3, 'odd|metric`<b>': 4 } },
} as const;

const plainOwnWorkload = { ...ownWorkload, title: 'Jobs through my queue.' } as const;

/** The runtimes of a plain run, one of them with an older library that workloads use. */
const olderPackages = [fixtureRuntime('3.9.18'), fixtureRuntime('3.13.0', { uvloop: '0.22.1', aiohttp: '3.13.2' })];

/** What changes the order of models, moves a gate metric with a cause to be seen, and moves a metric that is not judged. */
const reversed: Readonly<Record<string, number>> = {
  'web_scraping uvloop wall_per_unit': 1.6,
  'web_scraping uvloop cpu_per_unit': 3,
  'blocking_calls executor wall_per_unit': 1.3,
  'blocking_calls executor loop_lag_p99': 9,
  'chat_server asyncio latency_p99': 4,
};

/** Every report that is kept as a golden file. */
export const scenarios: readonly Scenario[] = [
  { name: 'first-run', results: fixtureResults({ run: 5 }), baselineRuns: [] },
  {
    name: 'second-run',
    results: fixtureResults({ run: 6, factor: ({ workload, model }) => (workload === 'spawn' && model === 'asyncio' ? 1.3 : 1) }),
    baselineRuns: earlier.slice(0, 1),
  },
  {
    name: 'many-stored-runs',
    results: fixtureResults({
      run: 7,
      factor: ({ workload, model }) => (workload === 'chat_server' && model === 'threads' ? 2.6 : workload === 'memory_per_unit' ? 0.8 : 1),
      skips: ({ workload, model }) => workload === 'fan_out_five' && model === 'uvloop',
    }),
    baselineRuns: earlier,
  },
  {
    name: 'broken-cell',
    results: fixtureResults({
      run: 8,
      breaks: ({ workload, model }, round) =>
        workload === 'chat_server' && model === 'asyncio' && round === 2
          ? {
              kind: 'wrong result',
              message: 'AssertionError: 12799 of 12800 messages arrived (chat_server.py:88)',
              output: 'Traceback (most recent call last):\n  …\nAssertionError: 12799',
            }
          : null,
      also: {
        refused: [
          {
            id: 'mine',
            phase: 'contract',
            reason: 'mine.py has no verify; add verify(work, results).',
            runtime: fixtureRuntimes[0]?.id ?? '',
          },
        ],
      },
    }),
    baselineRuns: earlier.slice(0, 1),
  },
  {
    name: 'unavailable-runtime',
    results: fixtureResults({
      run: 9,
      also: {
        unavailable: [
          {
            requested: '3.14t',
            reason: 'No interpreter of that version is installed. Install it with pyenv or name its path in python-version.',
          },
        ],
      },
    }),
    baselineRuns: [],
  },
  {
    name: 'one-free-threaded-runtime',
    results: fixtureResults({
      run: 10,
      runtimes: [fixtureRuntime('3.14.0t', { uvloop: '0.22.1' })],
      factor: ({ workload, model }, metric) =>
        workload === 'data_crunching' && model === 'threads' ? (metric === 'cpu_per_wall' ? 1.85 : 0.55) : 1,
      processes: 4,
    }),
    baselineRuns: [],
  },
  {
    name: 'own-workload-hostile',
    results: fixtureResults({
      run: 11,
      workloads: { spawn: bundledFigures['spawn'] ?? ownWorkload, my_queue: ownWorkload },
      breaks: ({ workload, model }) =>
        workload === 'spawn' && model === 'threads'
          ? { kind: 'error', message: hostile, output: `${hostile}\n\`\`\`\`\n</details>` }
          : null,
      also: {
        unavailable: [{ requested: hostile, reason: hostile }],
        leftOut: [{ workload: 'my_queue', model: 'processes', runtime: fixtureRuntimes[0]?.id ?? '', reason: hostile }],
        warnings: [{ code: 'baseline damaged', file: hostile, line: 3, reason: hostile }],
      },
    }),
    baselineRuns: [],
  },
  {
    name: 'interrupted',
    results: fixtureResults({
      run: 12,
      skips: ({ workload }, round) => round > 1 || (round === 1 && workload > 'd') || workload === 'web_scraping',
      also: { partial: true, warnings: [{ code: 'interrupted', planned: 530, done: 120 }] },
    }),
    baselineRuns: earlier,
    storesBaseline: false,
  },
  {
    name: 'own-workload-on-pull-request',
    results: fixtureResults({ run: 15, workloads: { my_queue: plainOwnWorkload } }),
    baselineRuns: [],
    storesBaseline: false,
  },
  {
    name: 'packages-changed',
    results: fixtureResults({ run: 16, workloads: { my_queue: plainOwnWorkload } }),
    baselineRuns: [17, 18].map((run) => fixtureResults({ run, workloads: { my_queue: plainOwnWorkload }, runtimes: olderPackages })),
  },
  {
    name: 'full-set',
    results: fixtureResults({ run: 13, axes: bundledAxes }),
    baselineRuns: [],
  },
  {
    name: 'reversed-order',
    results: fixtureResults({
      run: 14,
      factor: ({ workload, model }, metric) => reversed[`${workload} ${model} ${metric}`] ?? 1,
    }),
    baselineRuns: earlier,
  },
];
