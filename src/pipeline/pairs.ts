import { randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import { pairFailOn } from '../config/gate-words.ts';
import type { Options } from '../config/options.ts';
import { workingFolder } from '../config/working-folder.ts';
import type { GatePolicy } from '../judge/gate.ts';
import { pairedProcesses } from '../judge/machine-warnings.ts';
import { type PairReport, pairReport } from '../judge/pair-report.ts';
import { planSuspects } from '../judge/pair-suspects.ts';
import type { PairRules } from '../judge/pair-verdict.ts';
import type { Executor } from '../measure/executor.ts';
import { readMachineCounters } from '../measure/machine-counters.ts';
import { ownerTag } from '../measure/program-process.ts';
import type { SuspectPlan } from '../model/pair-suspect.ts';
import type { BothSides, PairsOutcome, SideName } from '../model/sample-pair.ts';
import { UserError } from '../model/user-error.ts';
import { stepBudget } from '../plan/budget.ts';
import { scheduleSeed } from '../plan/seed.ts';
import { headCommit } from '../sides/head.ts';
import { openSides, type Sides } from '../sides/side.ts';
import { sweepLeftOver } from './left-over.ts';
import { processWarnings } from './machine-warnings.ts';
import { measureSeries } from './pair-series.ts';
import { chooseOnBothSides, itemsOfTree, type ReadySide, readySide } from './pair-sides.ts';
import { gatePolicy, pairRules } from './rules.ts';
import { noSeriesJournal } from './series-journal.ts';
import { likeHead, prepareSide, type SideRequest } from './side-runtimes.ts';
import { makeStateFolder } from './state-folder.ts';
import { type Surroundings, stateFolder } from './surroundings.ts';
import { workerExecutor } from './worker-executor.ts';

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
  const policy = { ...gatePolicy(command.options), failOn: pairFailOn(command.options['fail-on']) };
  const folder = await workingFolder(resolve(surroundings.cwd, command.options['working-directory']));
  const environments = join(folder, stateFolder, 'environments');
  const sides = await openSides(command.trees, { cwd: folder, environments, owner: ownerTag() });
  try {
    await makeStateFolder(folder);
    await sweepLeftOver(folder, surroundings.progress);
    return await compareSides({ command, surroundings, rules, policy, folder, sides, started });
  } finally {
    await sides.close();
  }
}

interface Comparison {
  readonly command: PairsCommand;
  readonly surroundings: Surroundings;
  readonly rules: PairRules;
  readonly policy: GatePolicy;
  /** Absolute path of the working directory. */
  readonly folder: string;
  readonly sides: Sides;
  /** When the run began, on the clock of `performance.now`. */
  readonly started: number;
}

async function compareSides(comparison: Comparison): Promise<PairReport> {
  const { command, surroundings, rules, policy, sides, started } = comparison;
  const { options, trees } = command;
  const executor = workerExecutor(surroundings);
  const ready = await readySides(comparison, executor);
  const plan = planSuspects({ base: ready.base.plan, head: ready.head.plan });
  refuseNothing(plan, ready);
  const seed = scheduleSeed(options.seed, await headCommit(sides.head.tree), randomInt(2 ** 32));
  const { total: budgetSeconds } = stepBudget(options['time-budget'], true);
  const before = readMachineCounters();
  const outcome = await measureSeries({
    ...{ rules, seed, executor, surroundings, started, budgetSeconds, ready },
    suspects: plan.suspects,
    journal: noSeriesJournal(),
    values: options.values,
    timeoutSeconds: options.timeout,
  });
  refuseNothingMeasured(plan, outcome, budgetSeconds);
  return pairReport({
    ...rules,
    ...policy,
    trees,
    plans: { base: ready.base.plan, head: ready.head.plan },
    plan,
    unavailable: ready.head.prepared.unavailable,
    outcome,
    warnings: processWarnings(pairedProcesses(outcome), before),
    seed,
    seconds: (performance.now() - started) / 1000,
    budgetSeconds,
  });
}

async function readySides(
  { command: { options }, surroundings, sides, folder }: Comparison,
  executor: Executor,
): Promise<BothSides<ReadySide>> {
  const choices = await chooseOnBothSides(
    itemsOfTree(options.workloads, sides.head.tree),
    { base: sides.base.link, head: sides.head.link },
    surroundings.workloadsFolder,
  );
  const prepare = (name: SideName, like: Pick<SideRequest, 'packages'> & { readonly options: Options }) => {
    const { link, environments } = sides[name];
    return prepareSide({ ...like, surroundings, folder, side: { name, tree: link, environments } });
  };
  const head = await prepare('head', { options, packages: choices.head.packages });
  const like = likeHead(head.runtimes, { options, packages: choices.base.packages });
  const base = await prepare('base', { packages: like.packages, options: { ...options, ...like.options } });
  const shared = { options, surroundings, executor };
  return {
    base: await readySide({ ...shared, prepared: base, choice: choices.base }),
    head: await readySide({ ...shared, prepared: head, choice: choices.head }),
  };
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
