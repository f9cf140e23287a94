import { randomInt } from 'node:crypto';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import type { Options } from '../config/options.ts';
import { workingFolder } from '../config/working-folder.ts';
import { chooseWorkloads } from '../config/workload-choice.ts';
import { type MachineLoad, stolenShare } from '../judge/machine-load.ts';
import { whyNoDifference } from '../judge/pair-differences.ts';
import { type PairNoise, pairNoise } from '../judge/pair-noise.ts';
import { planSuspects } from '../judge/pair-suspects.ts';
import type { Executor } from '../measure/executor.ts';
import { readMachine } from '../measure/machine.ts';
import { measurePairs } from '../measure/pairs.ts';
import { readProcessorTime } from '../measure/processor-time.ts';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { BothSides, PairsOutcome } from '../model/sample-pair.ts';
import { UserError } from '../model/user-error.ts';
import { anotherRoundFits } from '../plan/budget.ts';
import { baseRunsFirst, pairOrder } from '../plan/pair-schedule.ts';
import { scheduleSeed } from '../plan/seed.ts';
import type { Diagnosis } from '../render/diagnosis.ts';
import { type Discovery, interpreterLabel } from '../runtimes/interpreter.ts';
import { discover, type PreparedRuntimes, prepareRuntimes } from '../runtimes/prepare.ts';
import { selectInterpreters } from '../runtimes/select.ts';
import { planned, runSide } from './pair-process.ts';
import { trackPairs } from './pair-progress.ts';
import { type ReadySide, readySide } from './pair-sides.ts';
import { makeStateFolder } from './state-folder.ts';
import type { Surroundings } from './surroundings.ts';
import { workerExecutor } from './worker-executor.ts';

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
export async function diagnose(options: Options, surroundings: Surroundings): Promise<Diagnosis> {
  const folder = await workingFolder(resolve(surroundings.cwd, options['working-directory']));
  const before = loadAverage();
  const where = { env: surroundings.environment, home: surroundings.home, cwd: folder };
  const discovery = await discover(options['python-version'], where, surroundings.signal);
  const probe = await readyProbe({ options, surroundings, folder, discovery });
  const measured = await measureNoise(probe);
  const average = before === null ? null : { before, after: loadAverage() ?? before };
  const { facts } = probe.ready.head.prepared.peer;
  return {
    interpreters: discovery.interpreters.map((each) => ({ label: interpreterLabel(each), source: each.source, path: each.realPath })),
    refused: discovery.refused.map(({ name, reason }) => `${name} ${reason}`),
    machine: readMachine(surroundings.environment, `${facts.version}-${facts.build}`),
    load: { stolen: measured.stolen, average },
    noise: measured.noise,
    seconds: measured.seconds,
    seed: probe.seed,
  };
}

interface Request {
  readonly options: Options;
  readonly surroundings: Surroundings;
  /** Absolute path of the working directory. */
  readonly folder: string;
  readonly discovery: Discovery;
}

interface Probe extends Request {
  /** The same on both sides, which is what makes the pairs null pairs. */
  readonly ready: BothSides<ReadySide>;
  readonly executor: Executor;
  readonly suspects: readonly PairSuspect[];
  readonly seed: number;
}

/** The probe cells, the same file and the same environment on both sides. */
async function readyProbe(request: Request): Promise<Probe> {
  const { options, surroundings, folder } = request;
  const choice = await chooseWorkloads(Object.keys(probes), { bundled: surroundings.workloadsFolder, workingDirectory: folder });
  const prepared = await prepare(request, choice.packages);
  const executor = workerExecutor(surroundings);
  const side = await readySide({ options: { ...options, models: concurrencyModels }, surroundings, executor, prepared, choice });
  const cells = side.plan.cells.filter(({ workload, model, params }) => params === '' && probes[workload]?.includes(model) === true);
  const plan = { ...side.plan, cells };
  const { suspects } = planSuspects({ base: plan, head: plan });
  if (suspects.length === 0) {
    const reasons = plan.refused.map(({ id, reason }) => `${id}: ${reason}`);
    throw new UserError(
      `No probe runs here. ${reasons.join(' ')}`.trim(),
      'Check the interpreter, or choose another with "python-version".',
    );
  }
  const seed = scheduleSeed(options.seed, null, randomInt(2 ** 32));
  return { ...request, ready: { base: side, head: side }, executor, suspects, seed };
}

/** The runtimes that were asked for; else the newest alone, since a minute is short. */
async function prepare({ options, surroundings, folder, discovery }: Request, packages: readonly string[]): Promise<PreparedRuntimes> {
  const asked = options['python-version'];
  const newest = selectInterpreters([], discovery).interpreters.at(-1);
  const state = await makeStateFolder(folder);
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
  const suspectOf = (id: string) => planned(byId.get(id), id);
  const { progress } = surroundings;
  const tracker = trackPairs({ progress, suspects: suspects.length, rounds: mostPairs, budgetSeconds, elapsed });
  const processes = { ...probe, values: options.values, timeoutSeconds: options.timeout };
  surroundings.progress.note(`Measuring ${suspects.length} cells against themselves for ${budgetSeconds} s`);
  return measurePairs({
    suspects: [...byId.keys()],
    looks: [mostPairs],
    order: (open, round) => pairOrder(open, seed, round),
    baseFirst: (id, round) => baseRunsFirst(id, seed, round),
    run: (id, side, round) => {
      tracker.onStart(suspectOf(id), side, round);
      return runSide(processes, suspectOf(id), { side, round });
    },
    keeps: (id, pair) => {
      if (whyNoDifference(pair, suspectOf(id).metric) !== null) return false;
      tracker.onFigures(suspectOf(id), pair);
      return true;
    },
    decide: () => [],
    mayStart: (pairs, seconds) => anotherRoundFits({ elapsedSeconds: elapsed(), budgetSeconds, lastRoundSeconds: pairs * seconds }),
    mustStop: () => elapsed() > budgetSeconds,
    onPair: (id, round) => tracker.onPair(suspectOf(id), round),
    signal: surroundings.signal,
  });
}

/** Load over the last minute; null where the system keeps none and says 0 throughout. */
function loadAverage(): number | null {
  const averages = loadavg();
  return averages.every((average) => average === 0) ? null : (averages[0] ?? null);
}
