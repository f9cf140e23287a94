import type { Confirmation } from '../../src/judge/run-judgement.ts';
import { isDeterministic } from '../../src/judge/threshold-deterministic.ts';
import { isSingleThreaded } from '../../src/model/concurrency-model.ts';
import { fixtureJudgement } from '../fixtures/judgement/factory.ts';
import { flagged, pairedNoChange, tooNoisy, unpaired } from '../fixtures/judgement/verdicts.ts';
import { fixtureRuntimes } from '../fixtures/results/factory.ts';
import type { Scenario } from './scenario.ts';
import { interpreters, is, newer, older, small, stored } from './small-run.ts';

const notInstalled: Extract<Confirmation, { readonly kind: 'none' }> = {
  kind: 'none',
  pairs: 'asked',
  reason:
    'Base could not be made ready: The install command failed with exit code 1: “error: subprocess-exited-with-error”. Make it work on the base commit, or set "compare" to "baseline".',
};

const confirmed = small({ run: 31, runtimes: fixtureRuntimes, skips: ({ workload, model }) => workload === 'spawn' && model === 'uvloop' });
const everyPair = small({ run: 32 });
const faster = small({ run: 33 });
const familyRun = small({ run: 34 });
const noisy = small({ run: 35 });
const storedOnly = small({ run: 36 });
const firstOnBranch = small({ run: 37 });
const withoutBase = small({ run: 38 });
const nullResults = small({ run: 39 });
const budget = small({ run: 40 });
const brokenBase = small({ run: 41 });

/** Reports of judged pull requests. */
export const judgedScenarios: readonly Scenario[] = [
  {
    name: 'confirmed-regression',
    results: confirmed,
    baselineRuns: stored,
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: confirmed,
      verdict: (known) => {
        if (is(known.cell, 'my_queue', 'asyncio')) return flagged(known, { ratio: known.cell.runtime === newer ? 1.124 : 1.131 });
        if (is(known.cell, 'my_queue', 'threads') && known.cell.runtime === newer) return flagged(known, { ratio: 2.61, p: 3e-9 });
        if (is(known.cell, 'memory_per_unit', 'asyncio')) {
          const exact = flagged(known, { ratio: 1.31, p: null, pairs: 10, smallestEffect: null });
          if (exact.verdict !== 'regression') return exact;
          const bounds = { kind: 'none', reason: 'held against the target without a test' } as const;
          const control = { kind: 'off', reason: 'memory per concurrent unit does not follow the speed of the machine' } as const;
          return { ...exact, pairs: { ...exact.pairs, control, ratio: { ...exact.pairs.ratio, bounds } } };
        }
        if (is(known.cell, 'context_switch', 'uvloop')) return flagged(known, { ratio: 0.84 });
        if (is(known.cell, 'context_switch', 'threads')) return tooNoisy(known);
        if (is(known.cell, 'spawn', 'executor')) return { verdict: 'not comparable', reason: 'the workload file changed' };
        if (is(known.cell, 'spawn', 'thread_pool')) return { verdict: 'new', reason: 'no stored run has this cell' };
        return null;
      },
      hint: (cell) => (is(cell, 'my_queue', 'asyncio') ? 'blocking call' : is(cell, 'memory_per_unit', 'asyncio') ? 'leak' : null),
      sourceDiffers: ({ workload }) => workload === 'my_queue',
      threshold: ({ workload }) => (workload === 'my_queue' ? { target: 0.12, margin: 0.06 } : { target: 0.1, margin: 0.05 }),
      missing: [older, newer].map((runtime) => ({
        cell: { workload: 'spawn', model: 'uvloop', runtime, params: '' },
        reason: 'this run has no process of it, and the newest stored run has',
      })),
      confirmation: { interpreters },
      screen: { sentinels: 4, cutByStep: 2, cpuModels: ['AMD EPYC 7763', 'Intel Xeon Platinum 8370C'] },
    }),
  },
  {
    name: 'first-pull-request',
    results: everyPair,
    baselineRuns: [],
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: everyPair,
      verdict: (known) =>
        is(known.cell, 'context_switch', 'threads')
          ? tooNoisy(known)
          : pairedNoChange(known, isDeterministic(known.metric) ? { smallestEffect: null } : {}),
      confirmation: { interpreters },
      screen: { runs: 0, commits: [], cpuModels: [], withoutBaseline: 16 },
      withoutBaseline: 1,
    }),
  },
  {
    name: 'improvement-only',
    results: faster,
    baselineRuns: stored,
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: faster,
      verdict: (known) => (is(known.cell, 'my_queue', 'asyncio') ? flagged(known, { ratio: 0.81 }) : null),
      confirmation: { interpreters },
    }),
  },
  {
    name: 'whole-family-moved',
    results: familyRun,
    baselineRuns: stored,
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: familyRun,
      verdict: (known) =>
        isSingleThreaded(known.cell.model) && known.metric.family === 'time'
          ? flagged(known, { ratio: is(known.cell, 'spawn', 'asyncio') ? 1.136 : 1.115, p: 2e-5 })
          : null,
      hint: (cell) => (isSingleThreaded(cell.model) ? 'slower interpreter' : null),
      confirmation: {
        movedFamilies: ['computing'],
        interpreters: [{ ...interpreters[0], ratio: { value: 1.11, bounds: { kind: 'interval', low: 1.1, high: 1.12 } } }],
      },
      screen: { sentinels: 4 },
    }),
  },
  {
    name: 'noisy-threads',
    results: noisy,
    baselineRuns: stored,
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: noisy,
      verdict: (known) =>
        !isSingleThreaded(known.cell.model) && known.metric.family === 'time'
          ? tooNoisy(known, { ratio: 1.02, half: 0.2, smallestEffect: is(known.cell, 'context_switch', 'threads') ? 1.35 : 0.42 })
          : null,
      confirmation: { interpreters },
    }),
  },
  {
    name: 'stored-only-suspects',
    results: storedOnly,
    baselineRuns: stored,
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: storedOnly,
      verdict: (known) => {
        if (is(known.cell, 'my_queue', 'asyncio')) return unpaired(known, { kind: 'not confirmed', suspected: true }, 1.23);
        if (is(known.cell, 'spawn', 'threads')) return unpaired(known, { kind: 'not confirmed', suspected: false }, 1.07);
        return is(known.cell, 'my_queue', 'threads') ? unpaired(known, { kind: 'not confirmed', suspected: false }, 0.81) : null;
      },
      confirmation: { kind: 'none', pairs: 'unasked', reason: 'Pairs were not asked for ("compare" is "baseline").' },
    }),
  },
  {
    name: 'missing-baseline',
    results: firstOnBranch,
    baselineRuns: [],
    storesBaseline: true,
    judgement: fixtureJudgement({
      results: firstOnBranch,
      verdict: () => ({ verdict: 'new', reason: 'no stored run of this runtime on such a machine' }),
      confirmation: {
        kind: 'none',
        pairs: 'unasked',
        reason:
          'There is no base to measure against: this is no pull request, and "base-ref" is not given. Name one, such as main, for verdicts at once.',
      },
      screen: { runs: 0, commits: [], cpuModels: [], withoutBaseline: 16 },
      withoutBaseline: 1,
    }),
  },
  {
    name: 'base-not-installed',
    results: withoutBase,
    baselineRuns: stored,
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: withoutBase,
      verdict: (known) => (known.cell.workload === 'my_queue' ? unpaired(known, { kind: 'not confirmed', suspected: false }, 1.05) : null),
      confirmation: notInstalled,
    }),
  },
  {
    name: 'null-run',
    results: nullResults,
    baselineRuns: [],
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: nullResults,
      verdict: (known) => (is(known.cell, 'spawn', 'threads') ? flagged(known, { ratio: 1.09 }) : pairedNoChange(known)),
      confirmation: { base: { commit: null, origin: 'the same tree (null run)', notes: [] }, interpreters },
      nullRun: true,
      failOn: [],
      screen: { runs: 0, commits: [], cpuModels: [], withoutBaseline: 16 },
    }),
  },
  {
    name: 'budget-ended',
    results: budget,
    baselineRuns: stored.slice(0, 2),
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: budget,
      verdict: (known) => {
        if (known.cell.workload === 'spawn') return pairedNoChange(known);
        return unpaired(known, { kind: 'not re-measured', why: known.cell.workload === 'my_queue' ? 'max-suspects' : 'time budget' });
      },
      confirmation: { endedBy: 'budget' },
      screen: { runs: 2, withoutBaseline: 16, leftOut: 5 },
      warnOn: ['inconclusive'],
    }),
  },
  {
    name: 'broken-on-base-only',
    results: brokenBase,
    baselineRuns: stored,
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: brokenBase,
      verdict: ({ cell }) =>
        is(cell, 'my_queue', 'asyncio')
          ? { verdict: 'broken', side: 'base', kind: 'crash', message: 'The process ended with signal SIGKILL.', output: 'Killed\n' }
          : null,
      confirmation: { interpreters, suspects: 1, processes: 3 },
      screen: { suspects: 1 },
    }),
  },
];
