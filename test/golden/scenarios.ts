import type { CellVerdict } from '../../src/judge/cell-verdict.ts';
import type { Cell } from '../../src/model/cell.ts';
import type { Results } from '../../src/model/results.ts';
import { notReached } from '../../src/plan/ending.ts';
import { fixtureJudgement } from '../fixtures/judgement/factory.ts';
import { type FixtureCell, flagged } from '../fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntime, fixtureRuntimes } from '../fixtures/results/factory.ts';
import { bundledAxes, bundledFigures } from '../fixtures/results/figures.ts';
import { edgeScenarios } from './edge-scenarios.ts';
import { gateScenarios } from './gate-scenarios.ts';
import { historyScenarios } from './history-scenarios.ts';
import { hostile } from './hostile.ts';
import { judgedScenarios } from './judged-scenarios.ts';
import { labelled, type Scenario } from './scenario.ts';

/** A scenario of which the stored runs, where there are any, clear every cell. */
interface PlainScenario extends Pick<Scenario, 'name' | 'results' | 'baselineRuns'> {
  /** Left out: it is. */
  readonly storesBaseline?: boolean;
  readonly verdict?: (cell: FixtureCell) => CellVerdict | null;
}

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

/** A run that ended in its second round, and never came to one workload. */
function interruptedRun(): Results {
  const whole = fixtureResults({ run: 12 });
  const skips = ({ workload }: Cell, round: number) => round > 1 || (round === 1 && workload > 'd') || workload === 'web_scraping';
  const until = fixtureResults({ run: 12, skips });
  const cells = whole.samples.flatMap(({ cell, round }) => (round === 0 ? [cell] : []));
  return {
    ...until,
    leftOut: [...until.leftOut, ...notReached(cells, until.samples)],
    warnings: [{ code: 'interrupted', planned: whole.samples.length, done: until.samples.length }],
    partial: true,
  };
}

const plainScenarios: readonly PlainScenario[] = [
  { name: 'first-run', results: fixtureResults({ run: 5 }), baselineRuns: [] },
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
    results: interruptedRun(),
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
    verdict: (known) => {
      const ratio = reversed[`${known.cell.workload} ${known.cell.model} ${known.metric.id}`];
      return ratio === undefined ? null : flagged(known, { ratio });
    },
  },
];

/** Without stored runs nothing can be cleared, and a run of the default branch is paired with nothing. */
function judged({ storesBaseline = true, verdict, ...scenario }: PlainScenario): Scenario {
  const { results, baselineRuns } = scenario;
  const bare = baselineRuns.length === 0;
  const reason = 'There is no base to measure against: this is no pull request, and "base-ref" is not given.';
  const judgement = fixtureJudgement({
    results,
    ...(verdict === undefined ? {} : { verdict, confirmation: {} }),
    ...(bare
      ? {
          verdict: () => ({ verdict: 'new', reason: 'no stored run of this runtime on such a machine' }) as const,
          confirmation: { kind: 'none', pairs: 'unasked', reason },
          screen: { runs: 0, commits: [], cpuModels: [], withoutBaseline: 104 },
          withoutBaseline: results.runtimes.length,
        }
      : {}),
  });
  return { ...scenario, storesBaseline, judgement };
}

/** Every report that is kept as a golden file. */
export const scenarios: readonly Scenario[] = [
  ...plainScenarios.map(judged),
  ...judgedScenarios,
  ...edgeScenarios,
  ...gateScenarios,
  ...historyScenarios,
].map(labelled);
