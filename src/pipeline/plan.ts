import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { BaselineStore } from '../baseline/store.ts';
import type { Options } from '../config/options.ts';
import { workingFolder } from '../config/working-folder.ts';
import { chooseWorkloads } from '../config/workload-choice.ts';
import type { Run } from '../model/run.ts';
import { type Runtime, runtimeLabel, type UnavailableRuntime } from '../model/runtime.ts';
import type { PlannedShard } from '../model/shard.ts';
import { UserError } from '../model/user-error.ts';
import { workloadId } from '../model/workload.ts';
import { stepBudget } from '../plan/budget.ts';
import { mostCells } from '../plan/most-cells.ts';
import { type PlannedPython, planShards } from '../plan/shards.ts';
import { storedCosts } from '../plan/workload-cost.ts';
import { discover } from '../runtimes/prepare.ts';
import { planPythons, type RequestedPythons } from '../runtimes/requested-pythons.ts';
import { mostUvloops } from '../runtimes/requested-uvloops.ts';
import { openBaseline } from './baseline.ts';
import type { Surroundings } from './surroundings.ts';

/** A run shared out over jobs. */
export interface RunPlan {
  /** At least one, in order. */
  readonly shards: readonly PlannedShard[];
  /** What was asked for and no job can have, each with the reason. */
  readonly unavailable: readonly UnavailableRuntime[];
  /** What is planned otherwise than it was asked for, one line each. */
  readonly notes: readonly string[];
  /** Why the stored costs could not be read, so that each Python has one shard; null where they could. */
  readonly unknownCosts: string | null;
  /** Files that cannot be measured, whatever is in them. */
  readonly unusable: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Shares a run out over the jobs of a matrix: one shard for each Python, more where the stored costs of its workloads
 * exceed the time budget of a job. A version is taken as it was asked for, because the jobs have Pythons of their own;
 * words that stand for several (`all`, ranges) are looked up here.
 *
 * @throws UserError when there is no workload or no Python to plan, more than a matrix has jobs for, or a request that
 * cannot be read
 */
export async function planRun(options: Options, surroundings: Surroundings): Promise<RunPlan> {
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  const choice = await chooseWorkloads(options.workloads, { bundled: surroundings.workloadsFolder, workingDirectory: folder });
  if (choice.chosen.length === 0) throw new UserError('No workload can be planned.', 'Correct the files that "workloads" names.');
  const { pythons, unavailable, notes } = await pythonsOf(options, surroundings, folder);
  const { stored, unknownCosts } = await storedRuns(openBaseline(options, surroundings, folder));
  const workloads = choice.chosen.map(({ file }) => workloadId(file));
  const shards = planShards({
    run: runOf(options, surroundings),
    pythons: pythons.map((python) => withCosts(python, workloads, { stored, rounds: options.processes })),
    cells: mostCells({
      pythons: pythons.length,
      depths: choice.chosen.map(({ depth }) => depth),
      models: options.models,
      uvloops: mostUvloops(options['uvloop-version']),
    }),
    unavailable,
    secondsPerShard: stepBudget(options['time-budget'], true).rounds,
    most: options['max-shards'],
  });
  return { shards, unavailable, notes, unknownCosts, unusable: choice.unusable };
}

async function pythonsOf(options: Options, { environment, home, signal }: Surroundings, folder: string): Promise<RequestedPythons> {
  const requested = options['python-version'];
  const discovery = await discover(requested, { env: environment, home, cwd: folder }, signal);
  const planned = planPythons(requested, { discovery, install: options['python-install'] });
  if (planned.pythons.length > 0) return planned;
  const reasons = planned.unavailable.map((each) => `${each.requested}: ${each.reason}`).join(' ');
  throw new UserError(`No Python to plan for. ${reasons}`, 'Check the option "python-version".');
}

/** The newest stored run of every runtime. A store that does not answer costs the shares, not the plan. */
async function storedRuns(store: BaselineStore): Promise<{ readonly stored: readonly Run[]; readonly unknownCosts: string | null }> {
  try {
    return { stored: await store.readNewest(null), unknownCosts: null };
  } catch (error) {
    if (error instanceof UserError) return { stored: [], unknownCosts: error.message };
    throw error;
  }
}

function withCosts(
  python: string,
  workloads: readonly string[],
  { stored, rounds }: { readonly stored: readonly Run[]; readonly rounds: number },
): PlannedPython {
  const costs = storedCosts(stored, ({ runtimes }) => runtimes.some((runtime) => answers(runtime, python)));
  const secondsOf = (id: string) => {
    const round = costs.get(id);
    return round === undefined ? null : round * rounds;
  };
  return { python, workloads: workloads.map((id) => ({ id, seconds: secondsOf(id) })) };
}

/** Whether a stored runtime is what a request such as "3.13" or "3.13.0t" stands for. */
function answers(runtime: Runtime, python: string): boolean {
  const label = runtimeLabel(runtime);
  return label === python || label.replace(/\.\d+[a-z\d]*?(t?)$/, '$1') === python;
}

/** A plan is one run, however many jobs measure it, and whichever of them are run again. */
function runOf({ name }: Options, { workflow }: Surroundings): string {
  return workflow === null ? randomUUID() : `${workflow.runId}-${name}`;
}
