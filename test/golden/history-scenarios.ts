import { chooseBaseline } from '../../src/judge/baseline-choice.ts';
import { screenBaseline } from '../../src/judge/baseline-screen.ts';
import { indexCells } from '../../src/judge/cell-index.ts';
import { defaultDesign } from '../../src/judge/confirm-design.ts';
import { placesOf } from '../../src/judge/history-shifts.ts';
import { judgeRun } from '../../src/judge/judge-run.ts';
import { defaultThreshold } from '../../src/judge/threshold.ts';
import type { AcceptedShift } from '../../src/model/accepted-shift.ts';
import type { Results } from '../../src/model/results.ts';
import { fixtureMachine, fixtureResults, type ResultsRecipe } from '../fixtures/results/factory.ts';
import { bundledFigures, type FixtureWorkload } from '../fixtures/results/figures.ts';
import { hostile } from './hostile.ts';
import type { Scenario } from './scenario.ts';

const spawn: FixtureWorkload = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };
const workloads = { spawn, context_switch: bundledFigures['context_switch'] ?? spawn };

const commit = (number: number) => `${(0x9e3779b1 * (number + 1)).toString(16).slice(0, 8)}${number.toString(16).padStart(32, '0')}`;

/** The level of a cell in the run of that number: two lasting shifts, the later of them with another kernel. */
function level({ workload, model }: { readonly workload: string; readonly model: string }, number: number): number {
  if (workload === 'context_switch' && model === 'threads' && number >= 10) return 0.8;
  return workload === 'spawn' && model === 'asyncio' && number >= 16 ? 1.12 : 1;
}

function run(number: number, change: Partial<Results> = {}): Results {
  const machine = { ...fixtureMachine, kernel: number >= 16 ? '6.14.0' : '6.11.0' };
  const recipe: ResultsRecipe = { run: number, workloads, noise: 0.01, factor: (cell) => level(cell, number) };
  return fixtureResults({ ...recipe, also: { commit: commit(number), machine, ...change } });
}

const other = { ...fixtureMachine, cpuModel: 'Intel Xeon Platinum 8370C' };
const stored = [
  ...Array.from({ length: 24 }, (_, index) => run(index + 1)),
  run(17, { runId: 'run-17b', machine: other }),
  run(25, { partial: true }),
  run(26),
  run(27),
  run(20, { runId: hostile, commit: null }),
];

const history = { commits: new Set(Array.from({ length: 25 }, (_, back) => commit(25 - back))), complete: true };
const accepted: readonly AcceptedShift[] = [
  {
    ...{ cells: ['context_switch/threads/*'], commit: commit(10), by: 'octocat', why: hostile },
    created: run(11).created,
  },
];

function judgedScenario(name: string, head: Results): Scenario {
  const chosen = chooseBaseline(stored, { history, runId: head.runId, accepted });
  const pairs = { kind: 'none', pairs: 'unasked', reason: 'Pairs were not asked for ("compare" is "baseline").' } as const;
  const results = { ...head, comparison: { baseline: chosen.choice, pairs, looks: defaultDesign.looks } };
  const index = indexCells(results);
  const shared = { index, baselineRuns: chosen.runs, accepted: chosen.choice.accepted };
  const screened = screenBaseline({ ...shared, thresholds: { rules: [] }, seed: 1, maxSuspects: null, sentinels: false });
  const judgement = judgeRun({
    ...shared,
    ...{ screened, pairs, places: placesOf(history), usesBaseline: true, nullRun: false, missingShards: [] },
    ...{ design: defaultDesign, threshold: defaultThreshold, rules: [], seed: 1 },
    ...{ failOn: ['regression', 'broken'], warnOn: [] },
  });
  return { name, results, baselineRuns: chosen.runs, storesBaseline: false, judgement };
}

/** Reports on stored runs of which some are used, and on how the base branch moved. */
export const historyScenarios: readonly Scenario[] = [
  judgedScenario('branch-history', run(30)),
  judgedScenario('branch-history-other-cpu', run(31, { machine: { ...fixtureMachine, cpuModel: 'Ampere Altra' } })),
];
