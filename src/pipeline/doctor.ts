import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { writeAtomically } from '../baseline/atomic-file.ts';
import type { Options } from '../config/options.ts';
import { workingFolder } from '../config/working-folder.ts';
import { chooseWorkloads } from '../config/workload-choice.ts';
import { type MachineLoad, type ProcessorTime, stolenShare } from '../judge/machine-load.ts';
import { whyNoDifference } from '../judge/pair-differences.ts';
import { type PairNoise, pairNoise } from '../judge/pair-noise.ts';
import { type PairSuspect, planSuspects } from '../judge/pair-suspects.ts';
import { describeWorkloads } from '../measure/describe-workloads.ts';
import type { Executor } from '../measure/executor.ts';
import { readMachine } from '../measure/machine.ts';
import { measurePairs } from '../measure/pairs.ts';
import { processExecutor } from '../measure/process-executor.ts';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import { runtimeLabel } from '../model/runtime.ts';
import type { PairsOutcome } from '../model/sample-pair.ts';
import { UserError } from '../model/user-error.ts';
import type { WorkloadDescription } from '../model/workload.ts';
import { anotherRoundFits, remainingSeconds } from '../plan/budget.ts';
import { cellParams, planMatrix } from '../plan/matrix.ts';
import { baseRunsFirst, pairOrder } from '../plan/pair-schedule.ts';
import { recordedWorkloads } from '../plan/recorded-workloads.ts';
import { scheduleSeed } from '../plan/seed.ts';
import { renderDiagnosis } from '../render/diagnosis.ts';
import { type Discovery, interpreterLabel } from '../runtimes/interpreter.ts';
import { discover, type PreparedRuntimes, prepareRuntimes } from '../runtimes/prepare.ts';
import { selectInterpreters } from '../runtimes/select.ts';
import { type Surroundings, stateFolder, warmups } from './surroundings.ts';

/** What the noise is measured with: a cell that computes, one that switches tasks, one that hands over between threads, one that waits. */
const probes: Readonly<Record<string, readonly ConcurrencyModel[]>> = {
  data_crunching: ['sequential'],
  context_switch: ['asyncio', 'threads'],
  blocking_calls: ['asyncio'],
};

/** Seconds of measuring unless the time budget says otherwise. */
const defaultSeconds = 60;

/** Pairs of each cell at most: enough to know its spread within a sixth. */
const mostPairs = 40;

/** Looks at the interpreters at hand and measures this machine's noise by null pairs, for about a minute. Writes nothing but the environments. */
export async function diagnose(options: Options, surroundings: Surroundings, width: number): Promise<string> {
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  const before = loadAverage();
  const where = { env: surroundings.environment, home: surroundings.home, cwd: folder };
  const discovery = await discover(options['python-version'], where, surroundings.signal);
  const probe = await readyProbe({ options, surroundings, folder, discovery });
  const measured = await measureNoise(probe);
  const average = before === null ? null : { before, after: loadAverage() ?? before };
  const { facts } = probe.prepared.peer;
  return renderDiagnosis(
    {
      interpreters: discovery.interpreters.map((each) => ({ label: interpreterLabel(each), source: each.source, path: each.realPath })),
      refused: discovery.refused.map(({ name, reason }) => `${name} ${reason}`),
      machine: readMachine(surroundings.environment, `${facts.version}-${facts.build}`),
      load: { stolen: measured.stolen, average },
      noise: measured.noise,
      seconds: measured.seconds,
      seed: probe.seed,
    },
    { width },
  );
}

interface Request {
  readonly options: Options;
  readonly surroundings: Surroundings;
  /** Absolute path of the working directory. */
  readonly folder: string;
  readonly discovery: Discovery;
}

interface Probe extends Request {
  readonly prepared: PreparedRuntimes;
  readonly executor: Executor;
  readonly suspects: readonly PairSuspect[];
  /** Descriptions by runtime id and workload id. */
  readonly described: ReadonlyMap<string, ReadonlyMap<string, WorkloadDescription>>;
  readonly seed: number;
}

/** The probe cells, the same file and the same environment on both sides. */
async function readyProbe(request: Request): Promise<Probe> {
  const { options, surroundings, folder } = request;
  const choice = await chooseWorkloads(Object.keys(probes), { bundled: surroundings.workloadsFolder, workingDirectory: folder });
  const prepared = await prepare(request, choice.packages);
  const executor = processExecutor({ workerFolder: join(surroundings.workloadsFolder, 'worker'), environment: surroundings.environment });
  const files = choice.chosen.map(({ file }) => file);
  const asking = { executor, runtimes: prepared.runtimes, files, timeoutSeconds: options.timeout, signal: surroundings.signal };
  const { described, refused } = await describeWorkloads(asking);
  const runtimes = prepared.runtimes.map(({ runtime }) => runtime);
  const { cells, leftOut } = planMatrix(described, concurrencyModels, () => 'core');
  const chosen = cells.filter(({ workload, model }) => probes[workload]?.includes(model) === true);
  const plan = { runtimes, workloads: recordedWorkloads(described), refused, cells: chosen, leftOut };
  const { suspects } = planSuspects({ base: plan, head: plan });
  if (suspects.length === 0) {
    const reasons = refused.map(({ id, reason }) => `${id}: ${reason}`);
    throw new UserError(
      `No probe runs here. ${reasons.join(' ')}`.trim(),
      'Check the interpreter, or choose another with "python-version".',
    );
  }
  const byRuntime = described.map(({ runtime, workloads }) => [runtime.id, new Map(workloads.map((each) => [each.id, each]))] as const);
  const seed = scheduleSeed(options.seed, null, randomInt(2 ** 32));
  return { ...request, prepared, executor, suspects, described: new Map(byRuntime), seed };
}

/** The runtimes that were asked for; else the newest alone, since a minute is short. */
async function prepare({ options, surroundings, folder, discovery }: Request, packages: readonly string[]): Promise<PreparedRuntimes> {
  const asked = options['python-version'];
  const newest = selectInterpreters([], discovery).interpreters.at(-1);
  const state = join(folder, stateFolder);
  await writeAtomically(join(state, '.gitignore'), '*\n');
  return prepareRuntimes({
    requested: asked.length > 0 || newest === undefined ? asked : [interpreterLabel(newest)],
    uvloop: options['uvloop-version'],
    packages,
    folder: join(state, 'environments'),
    surroundings: { env: surroundings.environment, home: surroundings.home, cwd: folder },
    onProgress: surroundings.progress.note,
    signal: surroundings.signal,
  });
}

interface MeasuredNoise {
  readonly noise: readonly PairNoise[];
  readonly stolen: MachineLoad['stolen'];
  /** Wall seconds of the measuring. */
  readonly seconds: number;
}

async function measureNoise(probe: Probe): Promise<MeasuredNoise> {
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const before = await readProcessorTime();
  const outcome = await measureNullPairs(probe, elapsed);
  const stolen = stolenShare(before, await readProcessorTime());
  probe.surroundings.progress.end();
  if (outcome.processes === 0) throw new UserError('Nothing was measured.', 'Start it again, with a larger "time-budget".');
  return { noise: probe.suspects.map((suspect) => noiseOf(suspect, outcome)), stolen, seconds: elapsed() };
}

function noiseOf(suspect: PairSuspect, { pairs, broken }: PairsOutcome): PairNoise {
  const broke = broken.get(suspect.id);
  if (broke !== undefined) return { kind: 'unknown', suspect, reason: broke.sample.message };
  return pairNoise(suspect, pairs.get(suspect.id) ?? []);
}

async function measureNullPairs(probe: Probe, elapsed: () => number): Promise<PairsOutcome> {
  const { options, surroundings, suspects, seed } = probe;
  const budgetSeconds = options['time-budget'] ?? defaultSeconds;
  const byId = new Map(suspects.map((suspect) => [suspect.id, suspect]));
  const suspectOf = (id: string) => found(byId.get(id), id);
  surroundings.progress.note(`Measuring ${suspects.length} cells against themselves for ${budgetSeconds} s`);
  return measurePairs({
    suspects: [...byId.keys()],
    looks: [mostPairs],
    order: (open, round) => pairOrder(open, seed, round),
    baseFirst: (id, round) => baseRunsFirst(id, seed, round),
    run: (id, _side, round) => runOnce(probe, suspectOf(id), round),
    keeps: (id, pair) => whyNoDifference(pair, suspectOf(id).metric) === null,
    decide: () => [],
    mayStart: (pairs, seconds) => anotherRoundFits({ elapsedSeconds: elapsed(), budgetSeconds, lastRoundSeconds: pairs * seconds }),
    mustStop: () => elapsed() > budgetSeconds,
    onPair: progressOf(probe, { elapsed, budgetSeconds, suspectOf }),
    signal: surroundings.signal,
  });
}

interface Pace {
  readonly elapsed: () => number;
  readonly budgetSeconds: number;
  readonly suspectOf: (id: string) => PairSuspect;
}

function progressOf({ surroundings, suspects }: Probe, { elapsed, budgetSeconds, suspectOf }: Pace) {
  const planned = suspects.length * mostPairs;
  let done = 0;
  return (id: string, round: number) => {
    done += 1;
    const { cell, runtimes } = suspectOf(id);
    surroundings.progress.update({
      done: done * 2,
      planned: planned * 2,
      round: round + 1,
      rounds: mostPairs,
      remainingSeconds: remainingSeconds({ elapsedSeconds: elapsed(), budgetSeconds, done, planned, measuringSeconds: elapsed() }),
      current: `${cell.workload}/${cell.model} on ${runtimeLabel(runtimes.head)}`,
    });
  };
}

/** One fresh process; which side it stands for makes no difference, and that is the point. */
function runOnce({ prepared, described, executor, options, surroundings }: Probe, { id, cell }: PairSuspect, round: number) {
  const workload = found(described.get(cell.runtime)?.get(cell.workload), id);
  const runtime = prepared.runtimes.find((each) => each.runtime.id === cell.runtime);
  return executor.run({
    runtime: found(runtime, id),
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
}

function found<T>(item: T | undefined, id: string): T {
  if (item === undefined) throw new Error(`probe ${id} was planned from nothing`);
  return item;
}

/** Load over the last minute; null where the system keeps none and says 0 throughout. */
function loadAverage(): number | null {
  const averages = loadavg();
  return averages.every((average) => average === 0) ? null : (averages[0] ?? null);
}

async function readProcessorTime(): Promise<ProcessorTime | null> {
  return processorTime(await readFile('/proc/stat', 'utf8').catch(() => ''));
}

/** The first line of /proc/stat (proc(5)): user, nice, system, idle, iowait, irq, softirq, steal; guest time is in user. Null for any other text. */
export function processorTime(stat: string): ProcessorTime | null {
  const ticks = /^cpu +((?:\d+ ){7}\d+)/.exec(stat)?.[1]?.split(' ').map(Number);
  if (ticks === undefined) return null;
  return { stolen: ticks[7] ?? 0, total: ticks.reduce((sum, each) => sum + each, 0) };
}
