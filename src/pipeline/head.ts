import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Options } from '../config/options.ts';
import { headOfShard, optionsOfShard } from '../config/shard-choice.ts';
import { workingFolder } from '../config/working-folder.ts';
import { chooseWorkloads, depthOf, refusedOn, type WorkloadChoice } from '../config/workload-choice.ts';
import { type DescribedWorkloads, describeWorkloads } from '../measure/describe-workloads.ts';
import type { Executor } from '../measure/executor.ts';
import { readMachine } from '../measure/machine.ts';
import type { Machine } from '../model/machine.ts';
import type { PlannedShard } from '../model/shard.ts';
import { UserError } from '../model/user-error.ts';
import { type Matrix, planMatrix } from '../plan/matrix.ts';
import { recordedWorkloads } from '../plan/recorded-workloads.ts';
import type { PreparedRuntimes } from '../runtimes/prepare.ts';
import { headCommit } from '../sides/head.ts';
import { sweepLeftOver } from './left-over.ts';
import { checkThresholds } from './rules.ts';
import { prepareSide } from './side-runtimes.ts';
import { makeStateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';
import { workerExecutor } from './worker-executor.ts';

/** The checkout, ready to be measured: what is planned and what it runs on. */
export interface Head {
  readonly options: Options;
  readonly surroundings: Surroundings;
  /** Absolute path of the working directory. */
  readonly folder: string;
  /** The checkout's commit, or null outside one. */
  readonly commit: string | null;
  /** Identity of the run. */
  readonly runId: string;
  /** Which part of a plan this is; null for the whole of it. */
  readonly shard: PlannedShard | null;
  readonly choice: WorkloadChoice;
  readonly prepared: PreparedRuntimes;
  readonly executor: Executor;
  readonly workloads: DescribedWorkloads;
  readonly matrix: Matrix;
  readonly machine: Machine;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** When the run began, on the clock of `performance.now`. */
  readonly started: number;
}

/**
 * Finds the workloads, prepares the runtimes, installs the project into them, and plans the cells.
 *
 * @throws UserError when there is nothing to measure or nothing to measure it on
 */
export async function prepareHead(given: Options, surroundings: Surroundings): Promise<Head> {
  const options = optionsOfShard(given);
  const shard = options.shard ?? null;
  const started = performance.now();
  const created = new Date().toISOString();
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  const state = await makeStateFolder(folder);
  await sweepLeftOver(folder, surroundings.progress);
  const asked = await chooseWorkloads(options.workloads, { bundled: surroundings.workloadsFolder, workingDirectory: folder });
  const choice = headOfShard(asked, shard);
  const side = { name: 'head', tree: folder, environments: join(state, 'environments', 'head') } as const;
  const prepared = await prepareSide({ options, surroundings, folder, side, packages: choice.packages });
  const executor = workerExecutor(surroundings);
  const workloads = await describe({ options, surroundings, choice, prepared, executor });
  const matrix = planMatrix(workloads.described, options.models, depthOf(choice.chosen));
  refuseEmptyMatrix(matrix, workloads, prepared);
  checkThresholds(matrix.cells, recordedWorkloads(workloads.described), options);
  const commit = await measuredCommit(surroundings, folder);
  const { facts } = prepared.peer;
  const machine = readMachine(surroundings.environment, `${facts.version}-${facts.build}`);
  const runId = shard?.run ?? runIdOf(options, surroundings);
  return { options, surroundings, folder, commit, runId, shard, choice, prepared, executor, workloads, matrix, machine, created, started };
}

/**
 * On a pull request its head, though the checkout is mostly its merge; on the base branch what is checked out, which need
 * not be what the event is about.
 */
async function measuredCommit({ workflow }: Surroundings, folder: string): Promise<string | null> {
  if (workflow === null) return headCommit(folder);
  return workflow.storesBaseline ? ((await headCommit(folder)) ?? workflow.commit) : (workflow.commit ?? (await headCommit(folder)));
}

function runIdOf({ name }: Options, { workflow }: Surroundings): string {
  return workflow === null ? randomUUID() : `${workflow.runId}-${name}`;
}

async function describe({
  options,
  surroundings,
  choice,
  prepared,
  executor,
}: Pick<Head, 'options' | 'surroundings' | 'choice' | 'prepared' | 'executor'>): Promise<DescribedWorkloads> {
  const { runtimes } = prepared;
  const files = choice.chosen.map(({ file }) => file);
  const described = await describeWorkloads({
    executor,
    runtimes,
    files,
    timeoutSeconds: options.timeout,
    signal: surroundings.signal,
  });
  return { ...described, refused: [...refusedOn(runtimes, choice.unusable), ...described.refused] };
}

function refuseEmptyMatrix({ cells, leftOut }: Matrix, { refused }: DescribedWorkloads, { unavailable }: PreparedRuntimes): void {
  if (cells.length > 0) return;
  const faults = refused.map(({ path, reason }) => `${path}: ${reason}`);
  const reasons = leftOut.map(({ workload, model, reason }) => `${workload} under ${model}: ${reason}.`);
  // First what could not be installed: a workload that cannot be imported for want of it is a consequence.
  const absent = unavailable.map(({ requested, reason }) => `Not available: ${requested}. ${reason}`);
  const why = [...new Set([...absent, ...faults, ...reasons])].slice(0, 5).join(' ');
  throw new UserError(
    `There is nothing to measure. ${why}`,
    'Correct the workload, or the options "workloads" and "models"; nothing was written.',
  );
}
