import { randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import { writeAtomically } from '../baseline/atomic-file.ts';
import type { Options } from '../config/options.ts';
import { workingFolder } from '../config/working-folder.ts';
import { type PairReport, pairReport } from '../judge/pair-report.ts';
import { planSuspects, type SuspectPlan } from '../judge/pair-suspects.ts';
import { processExecutor } from '../measure/process-executor.ts';
import type { BothSides, PairsOutcome } from '../model/sample-pair.ts';
import { UserError } from '../model/user-error.ts';
import { stepBudget } from '../plan/budget.ts';
import { scheduleSeed } from '../plan/seed.ts';
import { headCommit } from '../sides/head.ts';
import { openSides, type Sides } from '../sides/side.ts';
import { measureSeries } from './pair-series.ts';
import { chooseOnBothSides, type ReadySide, readySide } from './pair-sides.ts';
import { gatePolicy, pairRules } from './rules.ts';
import { prepareSide } from './side-runtimes.ts';
import { type Surroundings, stateFolder } from './surroundings.ts';

/** What `pairs` compares. */
export interface PairsCommand {
  /** Folders, relative to `working-directory`. */
  readonly trees: BothSides<string>;
  readonly options: Options;
}

/** Compares two trees on this machine by interleaved pairs. Writes nothing but the environments. */
export async function comparePairs(command: PairsCommand, surroundings: Surroundings): Promise<PairReport> {
  const started = performance.now();
  const rules = pairRules(command.options);
  const folder = await workingFolder(resolve(surroundings.cwd, command.options['working-directory']));
  const state = join(folder, stateFolder);
  const sides = await openSides(command.trees, { cwd: folder, environments: join(state, 'environments') });
  try {
    await writeAtomically(join(state, '.gitignore'), '*\n');
    return await compareSides({ command, surroundings, rules, folder, sides, started });
  } finally {
    await sides.close();
  }
}

interface Comparison {
  readonly command: PairsCommand;
  readonly surroundings: Surroundings;
  readonly rules: ReturnType<typeof pairRules>;
  /** Absolute path of the working directory. */
  readonly folder: string;
  readonly sides: Sides;
  /** When the run began, on the clock of `performance.now`. */
  readonly started: number;
}

async function compareSides(comparison: Comparison): Promise<PairReport> {
  const { command, surroundings, rules, sides, started } = comparison;
  const { options, trees } = command;
  const executor = processExecutor({ workerFolder: join(surroundings.workloadsFolder, 'worker'), environment: surroundings.environment });
  const ready = await readySides(comparison, executor);
  const plan = planSuspects({ base: ready.base.plan, head: ready.head.plan });
  refuseNothing(plan, ready);
  const seed = scheduleSeed(options.seed, await headCommit(sides.head.tree), randomInt(2 ** 32));
  const { total: budgetSeconds } = stepBudget(options['time-budget'], true);
  const outcome = await measureSeries({
    ...{ rules, seed, executor, surroundings, started, budgetSeconds, ready },
    suspects: plan.suspects,
    values: options.values,
    timeoutSeconds: options.timeout,
  });
  refuseNothingMeasured(plan, outcome, budgetSeconds);
  return pairReport({
    ...rules,
    ...gatePolicy(options),
    trees,
    plans: { base: ready.base.plan, head: ready.head.plan },
    plan,
    unavailable: ready.head.prepared.unavailable,
    outcome,
    seed,
    seconds: (performance.now() - started) / 1000,
    budgetSeconds,
  });
}

async function readySides(
  { command: { options }, surroundings, sides, folder }: Comparison,
  executor: ReturnType<typeof processExecutor>,
): Promise<BothSides<ReadySide>> {
  const choices = await chooseOnBothSides(
    options.workloads,
    { base: sides.base.link, head: sides.head.link },
    surroundings.workloadsFolder,
  );
  const ready = async (name: 'base' | 'head') => {
    const { link, environments } = sides[name];
    const side = { name, tree: link, environments };
    const prepared = await prepareSide({ options, surroundings, folder, side, packages: choices[name].packages });
    return readySide({ options, surroundings, executor, prepared, choice: choices[name] });
  };
  return { base: await ready('base'), head: await ready('head') };
}

function refuseNothing({ suspects, lone, notComparable }: SuspectPlan, { head }: BothSides<ReadySide>): void {
  if (suspects.length + lone.length + notComparable.length + head.plan.refused.length > 0) return;
  const reasons = new Set(head.plan.leftOut.map(({ workload, model, reason }) => `${workload} under ${model}: ${reason}.`));
  throw new UserError(
    `There is nothing to compare. ${[...reasons].slice(0, 5).join(' ')}`.trim(),
    'Correct the options "workloads" and "models"; nothing was measured.',
  );
}

function refuseNothingMeasured({ suspects }: SuspectPlan, { processes, endedBy }: PairsOutcome, budgetSeconds: number): void {
  if (processes > 0 || suspects.length === 0 || endedBy !== 'budget') return;
  throw new UserError(
    `The time budget of ${budgetSeconds} s ended before the first process.`,
    'Raise "time-budget"; preparing environments counts too, but only once. Nothing was measured.',
  );
}
