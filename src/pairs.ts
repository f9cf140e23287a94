import { randomInt } from 'node:crypto';
import { join, resolve } from 'node:path';
import { writeAtomically } from './baseline/atomic-file.ts';
import type { Options } from './config/options.ts';
import type { PairOptions } from './config/pair-options.ts';
import { workingFolder } from './config/working-folder.ts';
import { checkDesign, fewestToReject } from './judge/confirm-design.ts';
import { whyNoDifference } from './judge/pair-differences.ts';
import { type PairReport, pairReport } from './judge/pair-report.ts';
import { type PairSuspect, planSuspects, type SuspectPlan } from './judge/pair-suspects.ts';
import { openSuspects, type PairRules } from './judge/pair-verdict.ts';
import { checkThreshold } from './judge/threshold.ts';
import type { Executor } from './measure/executor.ts';
import { measurePairs } from './measure/pairs.ts';
import { processExecutor } from './measure/process-executor.ts';
import { runtimeLabel } from './model/runtime.ts';
import type { BothSides, PairsOutcome, SideName } from './model/sample-pair.ts';
import { UserError } from './model/user-error.ts';
import { chooseOnBothSides, type ReadySide, readySide } from './pair-sides.ts';
import type { Surroundings } from './pipeline.ts';
import { anotherRoundFits, remainingSeconds } from './plan/budget.ts';
import { cellParams } from './plan/matrix.ts';
import { affordableSuspects, baseRunsFirst, pairOrder } from './plan/pair-schedule.ts';
import { scheduleSeed } from './plan/seed.ts';
import { headCommit } from './sides/head.ts';
import { openSides, type Sides } from './sides/side.ts';

/** Unmeasured values before the measured ones of a process, as in every other run. */
const warmups = 1;

/** What `pairs` compares, and by which rules. */
export interface PairsCommand {
  /** Folders, relative to `working-directory`. */
  readonly trees: BothSides<string>;
  readonly own: PairOptions;
  readonly options: Options;
}

/** Compares two trees on this machine by interleaved pairs. Writes nothing but the environments. */
export async function comparePairs(command: PairsCommand, surroundings: Surroundings): Promise<PairReport> {
  const started = performance.now();
  const rules = rulesOf(command.own);
  const folder = await workingFolder(resolve(surroundings.cwd, command.options['working-directory']));
  const state = join(folder, '.concurrency-regressions');
  const sides = await openSides(command.trees, { cwd: folder, environments: join(state, 'environments') });
  try {
    await writeAtomically(join(state, '.gitignore'), '*\n');
    return await compareSides({ command, surroundings, rules, folder, sides, started });
  } finally {
    await sides.close();
  }
}

function rulesOf({ alpha, looks, target, margin }: PairOptions): PairRules {
  return { design: checkDesign({ alpha, looks }), threshold: checkThreshold({ target, margin }, 'this comparison') };
}

interface Comparison {
  readonly command: PairsCommand;
  readonly surroundings: Surroundings;
  readonly rules: PairRules;
  /** Absolute path of the working directory. */
  readonly folder: string;
  readonly sides: Sides;
  /** When the run began, on the clock of `performance.now`. */
  readonly started: number;
}

async function compareSides(comparison: Comparison): Promise<PairReport> {
  const { command, surroundings, rules, sides, started } = comparison;
  const { options, own, trees } = command;
  const workloads = surroundings.workloadsFolder;
  const executor = processExecutor({ workerFolder: join(workloads, 'worker'), environment: surroundings.environment });
  const choices = await chooseOnBothSides(options.workloads, { base: sides.base.link, head: sides.head.link }, workloads);
  const shared = { options, surroundings, folder: comparison.folder, executor };
  const base = await readySide({ ...shared, side: sides.base, choice: choices.base });
  const head = await readySide({ ...shared, side: sides.head, choice: choices.head });
  const plan = planSuspects({ base: base.plan, head: head.plan });
  refuseNothing(plan, { base, head });
  const seed = scheduleSeed(options.seed, await headCommit(sides.head.tree), randomInt(2 ** 32));
  const outcome = await measureSuspects({ ...comparison, executor, ready: { base, head }, plan, seed });
  refuseNothingMeasured(plan, outcome, options);
  return pairReport({
    ...rules,
    trees,
    plans: { base: base.plan, head: head.plan },
    plan,
    unavailable: head.prepared.unavailable,
    outcome,
    seed,
    seconds: (performance.now() - started) / 1000,
    budgetSeconds: options['time-budget'],
    failOn: own.failOn,
  });
}

function refuseNothing({ suspects, lone, notComparable }: SuspectPlan, { head }: BothSides<ReadySide>): void {
  if (suspects.length + lone.length + notComparable.length + head.plan.refused.length > 0) return;
  const reasons = new Set(head.plan.leftOut.map(({ workload, model, reason }) => `${workload} under ${model}: ${reason}.`));
  throw new UserError(
    `There is nothing to compare. ${[...reasons].slice(0, 5).join(' ')}`.trim(),
    'Correct the options "workloads" and "models"; nothing was measured.',
  );
}

function refuseNothingMeasured({ suspects }: SuspectPlan, { processes, endedBy }: PairsOutcome, options: Options): void {
  if (processes > 0 || suspects.length === 0 || endedBy !== 'budget') return;
  throw new UserError(
    `The time budget of ${options['time-budget']} s ended before the first process.`,
    'Raise "time-budget"; preparing environments counts too, but only once. Nothing was measured.',
  );
}

interface Measuring extends Comparison {
  readonly executor: Executor;
  readonly ready: BothSides<ReadySide>;
  readonly plan: SuspectPlan;
  readonly seed: number;
}

async function measureSuspects(measuring: Measuring): Promise<PairsOutcome> {
  const { command, surroundings, rules, plan, seed, started } = measuring;
  const { 'time-budget': budgetSeconds } = command.options;
  const byId = new Map(plan.suspects.map((suspect) => [suspect.id, suspect]));
  const suspectOf = (id: string) => found(byId.get(id), id);
  const elapsed = () => (performance.now() - started) / 1000;
  const tracker = trackProgress(measuring, elapsed);
  let choices = 0;
  const outcome = await measurePairs({
    suspects: [...byId.keys()],
    looks: rules.design.looks,
    order: (open, round) => {
      const order = pairOrder(open, seed, round);
      if (round !== 1) return order;
      const atLeast = choices === 0 ? 1 : 0;
      choices += 1;
      const left = { remainingSeconds: budgetSeconds - elapsed(), secondsPerPair: tracker.secondsPerPair() };
      return affordableSuspects(order, { ...left, pairsEach: fewestToReject - 1, atLeast });
    },
    baseFirst: (id, round) => baseRunsFirst(id, seed, round),
    run: (id, side, round) => runSide(measuring, suspectOf(id), { side, round }),
    keeps: (id, pair) => whyNoDifference(pair, suspectOf(id).metric) === null,
    decide: (soFar) => openSuspects({ ...rules, suspects: plan.suspects, outcome: soFar }),
    mayStart: (pairs, seconds) => anotherRoundFits({ elapsedSeconds: elapsed(), budgetSeconds, lastRoundSeconds: pairs * seconds }),
    mustStop: () => elapsed() > budgetSeconds,
    onPair: (id, round) => tracker.onPair(suspectOf(id), round),
    signal: surroundings.signal,
  });
  surroundings.progress.end();
  return outcome;
}

function trackProgress({ command, surroundings, rules, plan }: Measuring, elapsed: () => number) {
  const { progress } = surroundings;
  const { 'time-budget': budgetSeconds } = command.options;
  const rounds = rules.design.looks.at(-1) ?? 0;
  const preparing = elapsed();
  let done = 0;
  const cells = `${plan.suspects.length} ${plan.suspects.length === 1 ? 'cell' : 'cells'}`;
  progress.note(`Measuring ${cells} in up to ${rounds} pairs each, within ${budgetSeconds} s in all`);
  return {
    secondsPerPair: () => (elapsed() - preparing) / Math.max(1, done),
    onPair: ({ cell, runtimes }: PairSuspect, round: number) => {
      done += 1;
      const planned = plan.suspects.length * rounds;
      const state = { elapsedSeconds: elapsed(), budgetSeconds, done, planned, measuringSeconds: elapsed() - preparing };
      progress.update({
        done: done * 2,
        planned: planned * 2,
        round: round + 1,
        rounds,
        remainingSeconds: remainingSeconds(state),
        current: `${cell.workload}/${cell.model} on ${runtimeLabel(runtimes.head)}`,
      });
    },
  };
}

/** One fresh process of one side, with that side's workload, runtime and parameters. */
function runSide(
  { executor, ready, command: { options }, surroundings }: Measuring,
  { id, cell, runtimes }: PairSuspect,
  { side, round }: { readonly side: SideName; readonly round: number },
) {
  const { prepared, described } = ready[side];
  const runtime = prepared.runtimes.find((each) => each.runtime.id === runtimes[side].id);
  const workload = described.get(runtimes[side].id)?.get(cell.workload);
  return executor.run({
    runtime: found(runtime, id),
    workload: found(workload, id).path,
    cell,
    round,
    warmups,
    values: options.values,
    params: cellParams(cell, found(workload, id)),
    // One interpreter for the peers of both sides: they are not what is compared.
    peerPython: ready.head.prepared.peer.realPath,
    timeoutSeconds: options.timeout,
    signal: surroundings.signal,
  });
}

function found<T>(item: T | undefined, id: string): T {
  if (item === undefined) throw new Error(`suspect ${id} was planned from nothing`);
  return item;
}
