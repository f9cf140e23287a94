import { acceptanceSentence, acceptedRegressions } from '../../src/judge/override.ts';
import type { RunJudgement } from '../../src/judge/run-judgement.ts';
import { fixtureJudgement, type JudgementRecipe } from '../fixtures/judgement/factory.ts';
import { flagged } from '../fixtures/judgement/verdicts.ts';
import type { Scenario } from './scenario.ts';
import { interpreters, is, small, stored } from './small-run.ts';

const slower = small({ run: 45 });
const cut = small({ run: 46 });

/** A judgement whose every regression somebody accepted. */
function accepted(recipe: JudgementRecipe): RunJudgement {
  const judgement = fixtureJudgement({ ...recipe, failOn: ['broken'] });
  const label = { label: 'accept-regression', by: 'ada', at: '2026-02-15T12:30:00Z' };
  const acceptance = acceptedRegressions(judgement.cells, { ...label, cells: judgement.cells.map(({ id }) => id) });
  const warnings = acceptance === null ? [] : [acceptanceSentence(acceptance)];
  return { ...judgement, acceptance, gate: { ...judgement.gate, warnings: [...judgement.gate.warnings, ...warnings] } };
}

/** Reports whose gate needs more than the verdicts. */
export const gateScenarios: readonly Scenario[] = [
  {
    name: 'accepted-regression',
    results: slower,
    baselineRuns: stored,
    storesBaseline: false,
    judgement: accepted({
      results: slower,
      verdict: (known) => (is(known.cell, 'my_queue', 'asyncio') ? flagged(known, { ratio: 1.124 }) : null),
      hint: () => 'more work',
      confirmation: { interpreters },
    }),
  },
  {
    name: 'missing-shard',
    results: cut,
    baselineRuns: stored,
    storesBaseline: false,
    judgement: fixtureJudgement({ results: cut, missingShards: ['Python 3.9 (2 of 2)', 'Python 3.14 (1 of 2)'] }),
  },
];
