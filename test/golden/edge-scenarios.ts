import { fixtureJudgement } from '../fixtures/judgement/factory.ts';
import { flagged, tooNoisy, unpaired } from '../fixtures/judgement/verdicts.ts';
import { hostile } from './hostile.ts';
import type { Scenario } from './scenario.ts';
import { interpreters, newer, small, spawn, stored } from './small-run.ts';

const empty = small({
  run: 42,
  workloads: {},
  also: {
    refused: [{ id: 'my_queue', phase: 'import', reason: 'No module named “app”; install it with the option install.', runtime: newer }],
  },
});
const single = small({ run: 43, workloads: { my_queue: { ...spawn, title: 'Jobs.', figures: { asyncio: { cpu_per_unit: 6e-6 } } } } });

const treacherousName = 'a|b `c` $(reboot); rm -rf ~ <b> ::error::x';
const treacherous = small({ run: 44, workloads: { [treacherousName]: { ...spawn, title: hostile }, my_queue: spawn } });

/** Reports on next to nothing, and on names that nobody would give. */
export const edgeScenarios: readonly Scenario[] = [
  {
    name: 'no-cells',
    results: empty,
    baselineRuns: stored,
    storesBaseline: false,
    judgement: fixtureJudgement({ results: empty, screen: { runs: 0, commits: [], cpuModels: [] } }),
  },
  {
    name: 'one-cell',
    results: single,
    baselineRuns: [],
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: single,
      verdict: (known) => flagged(known, { ratio: 1.124 }),
      hint: () => 'more work',
      confirmation: { interpreters },
      screen: { runs: 0, commits: [], cpuModels: [], withoutBaseline: 1 },
      withoutBaseline: 1,
    }),
  },
  {
    name: 'hostile-workload-names',
    results: treacherous,
    baselineRuns: [],
    storesBaseline: false,
    judgement: fixtureJudgement({
      results: treacherous,
      verdict: (known) => {
        if (known.cell.model === 'asyncio') return flagged(known, { ratio: 1.4 });
        if (known.cell.model === 'threads') return { verdict: 'not comparable', reason: hostile };
        return known.cell.model === 'uvloop' ? unpaired(known, { kind: 'not re-measured', why: 'interrupted' }) : tooNoisy(known);
      },
      missing: [{ cell: { workload: treacherousName, model: 'processes', runtime: newer, params: '' }, reason: hostile }],
      confirmation: { base: { commit: 'e'.repeat(40), origin: hostile, notes: [hostile] }, endedBy: 'interrupt' },
      screen: { commits: [hostile], cpuModels: [hostile] },
    }),
  },
];
