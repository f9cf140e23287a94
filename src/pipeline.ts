import { randomInt, randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { writeAtomically } from './baseline/atomic-file.ts';
import { fileStore } from './baseline/file-store.ts';
import { writeResultsFile } from './baseline/results-file.ts';
import type { BaselineStore } from './baseline/store.ts';
import type { Options } from './config/options.ts';
import { workingFolder } from './config/working-folder.ts';
import { chooseWorkloads, depthOf, refusedOn } from './config/workload-choice.ts';
import { type DescribedWorkloads, describeWorkloads } from './measure/describe-workloads.ts';
import type { Executor } from './measure/executor.ts';
import { readMachine } from './measure/machine.ts';
import { processExecutor } from './measure/process-executor.ts';
import { measureRounds } from './measure/rounds.ts';
import { type Cell, cellId } from './model/cell.ts';
import { type Results, resultsSchema } from './model/results.ts';
import type { RoundsOutcome } from './model/rounds-outcome.ts';
import { runtimeLabel } from './model/runtime.ts';
import { UserError } from './model/user-error.ts';
import { anotherRoundFits, remainingSeconds } from './plan/budget.ts';
import { endWarnings, notReached } from './plan/ending.ts';
import { cellParams, type Matrix, planMatrix } from './plan/matrix.ts';
import { recordedWorkloads } from './plan/recorded-workloads.ts';
import { roundOrder } from './plan/schedule.ts';
import { scheduleSeed } from './plan/seed.ts';
import { type PreparedRuntimes, prepareRuntimes } from './runtimes/prepare.ts';
import { headCommit } from './sides/head.ts';
import { buildReport, type Report, type ReportInput } from './tables/report.ts';
import type { Progress } from './terminal/progress.ts';

/** Unmeasured values before the measured ones of a process: after one, the first is no slower than the rest. */
const warmups = 1;

/** The folder, beside the project, that holds everything this program writes unless an option says otherwise. */
const stateFolder = '.concurrency-regressions';

/** The machine and the caller as the pipeline sees them. */
export interface Surroundings {
  /** This process's variables; workers see an allow-list of them only. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The folder that `working-directory` is relative to. */
  readonly cwd: string;
  /** The folder of the bundled workloads, which holds the worker too. */
  readonly workloadsFolder: string;
  /** The commit, the id and the right to store that a workflow run states; null at a terminal. */
  readonly workflow: { readonly commit: string | null; readonly runId: string; readonly storesBaseline: boolean } | null;
  readonly progress: Progress;
  /** Aborted by Ctrl-C or a cancelled job. */
  readonly signal: AbortSignal;
}

/** What one run came to. */
export interface RunOutcome {
  readonly results: Results;
  readonly report: Report;
  /** Absolute paths of what was written. */
  readonly resultsPath: string;
  readonly reportPath: string;
}

/** Measures, compares with the stored baseline, reports, and stores this run where it may. */
export async function run(options: Options, surroundings: Surroundings, render: (report: Report) => string): Promise<RunOutcome> {
  const folder = resolve(surroundings.cwd, options['working-directory']);
  const { results: measured, resultsPath } = await measure(options, surroundings);
  const store = fileStore(resolve(folder, options['baseline-path']));
  const baseline = await readBaseline(store, measured);
  const results = { ...measured, warnings: [...measured.warnings, ...baseline.warnings] };
  const storesBaseline = (surroundings.workflow?.storesBaseline ?? true) && !measured.partial;
  const report = reportOf(options, results, { baselineRuns: baseline.runs, storesBaseline });
  const reportPath = resolve(folder, options['report-path']);
  await writeAtomically(reportPath, render(report));
  if (storesBaseline) await store.append(measured);
  return { results, report, resultsPath, reportPath };
}

/** The report of a run under the options' gate. */
export function reportOf(options: Options, results: Results, stored: Pick<ReportInput, 'baselineRuns' | 'storesBaseline'>): Report {
  return buildReport({ results, ...stored, failOn: options['fail-on'].filter((word) => word !== 'none') });
}

/** Plans, prepares and measures; writes the results file. */
export async function measure(options: Options, surroundings: Surroundings): Promise<Pick<RunOutcome, 'results' | 'resultsPath'>> {
  const started = performance.now();
  const created = new Date().toISOString();
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  const choice = await chooseWorkloads(options.workloads, { bundled: surroundings.workloadsFolder, workingDirectory: folder });
  const { chosen } = choice;
  const files = chosen.map(({ file }) => file);
  const prepared = await prepare(options, surroundings, { folder, packages: choice.packages });
  const executor = processExecutor({ workerFolder: join(surroundings.workloadsFolder, 'worker'), environment: surroundings.environment });
  const { signal } = surroundings;
  const described = await describeWorkloads({ executor, runtimes: prepared.runtimes, files, timeoutSeconds: options.timeout, signal });
  const workloads = { ...described, refused: [...refusedOn(prepared.runtimes, choice.unusable), ...described.refused] };
  const matrix = planMatrix(workloads.described, options.models, depthOf(chosen));
  refuseEmptyMatrix(matrix, workloads);
  const commit = surroundings.workflow?.commit ?? (await headCommit(folder));
  const seed = scheduleSeed(options.seed, commit, randomInt(2 ** 32));
  const outcome = await measureCells({ options, surroundings, prepared, executor, workloads, matrix, seed, started });
  refuseNothingMeasured(options, outcome);
  const results = assemble({ created, commit, seed, options, surroundings, prepared, workloads, matrix, outcome });
  const resultsPath = resolve(folder, options.results);
  await writeResultsFile(resultsPath, results);
  return { results, resultsPath };
}

async function prepare(
  options: Options,
  surroundings: Surroundings,
  at: { readonly folder: string; readonly packages: readonly string[] },
) {
  const state = join(at.folder, stateFolder);
  await writeAtomically(join(state, '.gitignore'), '*\n');
  return prepareRuntimes({
    requested: options['python-version'],
    uvloop: options['uvloop-version'],
    packages: at.packages,
    folder: join(state, 'environments'),
    surroundings: { env: surroundings.environment, home: surroundings.home, cwd: at.folder },
    onProgress: surroundings.progress.note,
    signal: surroundings.signal,
  });
}

interface MeasureRequest {
  readonly options: Options;
  readonly surroundings: Surroundings;
  readonly prepared: PreparedRuntimes;
  readonly executor: Executor;
  readonly workloads: DescribedWorkloads;
  readonly matrix: Matrix;
  readonly seed: number;
  /** When the run began, on the clock of `performance.now`. */
  readonly started: number;
}

async function measureCells(request: MeasureRequest): Promise<RoundsOutcome> {
  const { options, surroundings, matrix, seed, started } = request;
  const { progress, signal } = surroundings;
  const { processes: rounds, 'time-budget': budgetSeconds } = options;
  const planned = rounds * matrix.cells.length;
  const elapsed = () => (performance.now() - started) / 1000;
  const preparing = elapsed();
  progress.note(`Measuring ${matrix.cells.length} cells, ${rounds} processes each, within ${budgetSeconds} s in all`);
  let done = 0;
  const outcome = await measureRounds({
    rounds,
    signal,
    order: (round) => roundOrder(matrix.cells, seed, round),
    run: worker(request),
    mayStart: (lastRoundSeconds) => anotherRoundFits({ elapsedSeconds: elapsed(), budgetSeconds, lastRoundSeconds }),
    mustStop: () => elapsed() > budgetSeconds,
    onSample: ({ cell, round }) => {
      done += 1;
      const state = { elapsedSeconds: elapsed(), budgetSeconds, done, planned, measuringSeconds: elapsed() - preparing };
      progress.update({
        done,
        planned,
        round: round + 1,
        rounds,
        remainingSeconds: remainingSeconds(state),
        current: cellText(cell, request),
      });
    },
  });
  progress.end();
  return outcome;
}

function worker({ options, surroundings, prepared, executor, workloads }: MeasureRequest) {
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

function cellText(cell: Cell, { prepared }: MeasureRequest): string {
  const found = prepared.runtimes.find(({ runtime }) => runtime.id === cell.runtime);
  return `${cell.workload}/${cell.model} on ${found === undefined ? cell.runtime : runtimeLabel(found.runtime)}`;
}

function refuseEmptyMatrix({ cells, leftOut }: Matrix, { refused }: DescribedWorkloads): void {
  if (cells.length > 0) return;
  const faults = refused.map(({ path, reason }) => `${path}: ${reason}`);
  const reasons = leftOut.map(({ workload, model, reason }) => `${workload} under ${model}: ${reason}.`);
  const why = [...new Set([...faults, ...reasons])].slice(0, 5).join(' ');
  throw new UserError(
    `There is nothing to measure. ${why}`,
    'Correct the workload, or the options "workloads" and "models"; nothing was written.',
  );
}

function refuseNothingMeasured({ 'time-budget': budget }: Options, { samples, endedBy }: RoundsOutcome): void {
  if (samples.length > 0) return;
  if (endedBy === 'interrupt')
    throw new UserError('The run was interrupted before anything was measured.', 'Start it again; nothing was written.');
  const remedy = 'Raise "time-budget"; preparing environments counts too, but only once. Nothing was written.';
  throw new UserError(`The time budget of ${budget} s ended before the first process.`, remedy);
}

interface Assembly extends Omit<MeasureRequest, 'executor' | 'started'> {
  readonly created: string;
  readonly commit: string | null;
  readonly outcome: RoundsOutcome;
}

function assemble({ created, commit, seed, options, surroundings, prepared, workloads, matrix, outcome }: Assembly): Results {
  const { facts } = prepared.peer;
  const { processes, 'time-budget': budgetSeconds } = options;
  return {
    schema: resultsSchema,
    kind: 'results',
    created,
    commit,
    runId: surroundings.workflow === null ? randomUUID() : `${surroundings.workflow.runId}-${options.name}`,
    seed,
    machine: readMachine(surroundings.environment, `${facts.version}-${facts.build}`),
    runtimes: prepared.runtimes.map(({ runtime }) => runtime),
    unavailable: prepared.unavailable,
    workloads: recordedWorkloads(workloads.described),
    refused: workloads.refused.map(({ id, phase, reason, runtime }) => ({ id, phase, reason, runtime })),
    leftOut: [...matrix.leftOut, ...notReached(matrix.cells, outcome.samples)],
    samples: outcome.samples,
    warnings: endWarnings({ ...outcome, cells: matrix.cells.length, processes, budgetSeconds }),
    partial: outcome.endedBy === 'interrupt' || outcome.completeRounds === 0,
  };
}

async function readBaseline(store: BaselineStore, { machine, runtimes }: Results) {
  const stored = await Promise.all(runtimes.map((runtime) => store.read(machine, runtime)));
  return { runs: stored.flatMap(({ runs }) => runs), warnings: stored.flatMap(({ warnings }) => warnings) };
}
