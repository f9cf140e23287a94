import { isAbsolute, relative, resolve, sep } from 'node:path';
import { measureRounds } from '../measure/rounds.ts';
import { type Cell, cellId } from '../model/cell.ts';
import { type RecordedWorkload, type Results, resultsSchema } from '../model/results.ts';
import type { RoundsOutcome } from '../model/rounds-outcome.ts';
import { recordedShard } from '../model/shard.ts';
import { UserError } from '../model/user-error.ts';
import { anotherRoundFits } from '../plan/budget.ts';
import { endWarnings, notReached } from '../plan/ending.ts';
import { cellParams } from '../plan/matrix.ts';
import { recordedWorkloads } from '../plan/recorded-workloads.ts';
import { roundOrder } from '../plan/schedule.ts';
import type { Head } from './head.ts';
import { trackRounds } from './round-progress.ts';
import type { RunJournal } from './run-journal.ts';
import { type Surroundings, warmups } from './surroundings.ts';

/** How much is measured. */
export interface RoundsPlan {
  readonly rounds: number;
  /** When the rounds must end, in seconds since the run began. */
  readonly budgetSeconds: number;
  /** Seed of the schedule. */
  readonly seed: number;
  readonly journal: RunJournal;
}

/** Where the results file of a measuring job is written, absolute. */
export function resultsPathOf({ folder, options }: Pick<Head, 'folder' | 'options'>): string {
  const [path, ...more] = options.results;
  if (path !== undefined && more.length === 0) return resolve(folder, path);
  throw new UserError(
    `"results" names ${options.results.length} files, and what is measured goes into one.`,
    'Name one file; only "mode: report" reads several.',
  );
}

/** Measures the planned cells round by round. */
export async function measureHead(head: Head, plan: RoundsPlan): Promise<Results> {
  const outcome = await measureCells(head, plan);
  refuseNothingMeasured(plan, outcome);
  return assemble(head, plan, outcome);
}

async function measureCells(head: Head, { rounds, budgetSeconds, seed, journal }: RoundsPlan): Promise<RoundsOutcome> {
  const { matrix, surroundings, started } = head;
  const { progress, signal } = surroundings;
  const elapsed = () => (performance.now() - started) / 1000;
  const limit = Math.round(budgetSeconds);
  progress.note(`Measuring ${matrix.cells.length} cells, ${rounds} processes each, within ${limit} s in all`);
  const run = worker(head);
  const tracker = trackRounds({ head, rounds, budgetSeconds, elapsed, replayed: () => journal.replayed });
  const outcome = await measureRounds({
    rounds,
    signal,
    order: (round) => roundOrder(matrix.cells, seed, round),
    run: (cell, round) =>
      journal.sampleOf(cell, round, () => {
        tracker.onStart(cell, round);
        return run(cell, round);
      }),
    // What is in the journal costs no time, and none of it is left out because this process began with preparing.
    mayStart: (lastRoundSeconds) =>
      journal.isReplaying() || anotherRoundFits({ elapsedSeconds: elapsed(), budgetSeconds, lastRoundSeconds }),
    mustStop: () => !journal.isReplaying() && elapsed() > budgetSeconds,
    onSample: tracker.onSample,
  });
  progress.end();
  return outcome;
}

function worker({ options, surroundings, prepared, executor, workloads }: Head) {
  const runtimes = new Map(prepared.runtimes.map((each) => [each.runtime.id, each]));
  const described = new Map(workloads.described.flatMap(({ workloads: all }) => all).map((each) => [each.id, each]));
  return (cell: Cell, round: number) => {
    const runtime = runtimes.get(cell.runtime);
    const workload = described.get(cell.workload);
    if (runtime === undefined || workload === undefined) throw new Error(`cell ${cellId(cell)} was planned from nothing`);
    return executor.run({
      runtime,
      workload: workload.path,
      cell,
      round,
      warmups,
      values: options.values,
      params: cellParams(cell, workload),
      peerPython: prepared.peer.realPath,
      timeoutSeconds: options.timeout,
      signal: surroundings.signal,
    });
  };
}

function refuseNothingMeasured({ budgetSeconds }: RoundsPlan, { samples, endedBy }: RoundsOutcome): void {
  if (samples.length > 0) return;
  if (endedBy === 'interrupt')
    throw new UserError('The run was interrupted before anything was measured.', 'Start it again; nothing was written.');
  const remedy = 'Raise "time-budget"; preparing environments counts too, but only once. Nothing was written.';
  throw new UserError(`The time budget of ${Math.round(budgetSeconds)} s ended before the first process.`, remedy);
}

function assemble(head: Head, { rounds, budgetSeconds, seed }: RoundsPlan, outcome: RoundsOutcome): Results {
  const { cells } = head.matrix;
  const before = resultsBefore(head, seed);
  return {
    ...before,
    leftOut: [...before.leftOut, ...notReached(cells, outcome.samples)],
    samples: outcome.samples,
    warnings: endWarnings({ ...outcome, cells: cells.length, processes: rounds, budgetSeconds: Math.round(budgetSeconds) }),
    partial: outcome.endedBy === 'interrupt' || outcome.completeRounds === 0,
  };
}

/** The results of a run before its first process. */
export function resultsBefore(
  { created, commit, runId, shard, prepared, machine, workloads, matrix, surroundings }: Head,
  seed: number,
): Results {
  return {
    schema: resultsSchema,
    kind: 'results',
    created,
    commit,
    runId,
    shard: shard === null ? null : recordedShard(shard),
    seed,
    machine,
    runtimes: prepared.runtimes.map(({ runtime }) => runtime),
    unavailable: [...prepared.unavailable, ...(shard?.unavailable ?? [])],
    workloads: withFiles(recordedWorkloads(workloads.described), workloads, surroundings),
    refused: workloads.refused.map(({ id, phase, reason, runtime }) => ({ id, phase, reason, runtime })),
    leftOut: matrix.leftOut,
    samples: [],
    warnings: [],
    comparison: null,
    partial: true,
  };
}

/** The workloads with the paths that annotations can point at. */
function withFiles(
  recorded: readonly RecordedWorkload[],
  { described }: Pick<Head['workloads'], 'described'>,
  { cwd, workloadsFolder }: Surroundings,
): readonly RecordedWorkload[] {
  const paths = new Map(described.flatMap(({ workloads }) => workloads).map(({ id, path }) => [id, path]));
  return recorded.map((workload) => {
    const path = paths.get(workload.id);
    if (path === undefined || isBelow(path, workloadsFolder) || !isBelow(path, cwd)) return workload;
    return { ...workload, file: relative(cwd, path).split(sep).join('/') };
  });
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
