import type { Cell } from '../../src/model/cell.ts';
import { fixtureResults, fixtureRuntime, fixtureRuntimes, type ResultsRecipe } from '../fixtures/results/factory.ts';
import { bundledFigures, type FixtureWorkload } from '../fixtures/results/figures.ts';

/** A workload like the bundled `spawn`, under five models. */
export const spawn: FixtureWorkload = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };

/** A few workloads: enough for every kind of row, few enough to be read in one go. */
const workloads: Readonly<Record<string, FixtureWorkload>> = {
  spawn,
  context_switch: bundledFigures['context_switch'] ?? spawn,
  memory_per_unit: bundledFigures['memory_per_unit'] ?? spawn,
  my_queue: { ...spawn, title: 'Jobs through my queue.', gate: 'wall_per_unit' },
};

/** Ids of the two runtimes of a plain run. */
export const [older, newer] = [fixtureRuntimes[0]?.id ?? '', fixtureRuntimes[1]?.id ?? ''];

/** Results over these workloads on one Python. */
export const small = (recipe: ResultsRecipe) => fixtureResults({ workloads, runtimes: [fixtureRuntime('3.13.0')], ...recipe });

/** Stored runs of the same on two Pythons. */
export const stored = [1, 2, 3, 4].map((run) => small({ run, runtimes: fixtureRuntimes }));

/** How the calibration loop of the one Python did in pairs. */
export const interpreters = [
  { runtime: fixtureRuntime('3.13.0'), ratio: { value: 1.003, bounds: { kind: 'interval', low: 0.997, high: 1.009 } }, pairs: 160 },
] as const;

export const is = (cell: Cell, workload: string, model: string) => cell.workload === workload && cell.model === model;
