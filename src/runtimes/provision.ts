import { join } from 'node:path';
import { mapInParallel } from '../model/map-in-parallel.ts';
import { interpreterKey, type PreparedRuntime, type Runtime, runtimeId, type UnavailableRuntime } from '../model/runtime.ts';
import { CHILDREN_AT_ONCE } from './child-process.ts';
import { type Environment, prepareEnvironment } from './environment.ts';
import { environmentName, environmentRecipe } from './environment-marker.ts';
import { failureRemedy, type InstallFailure } from './install-failure.ts';
import { knownPackages } from './installed-packages.ts';
import { chooseInstaller, environmentExecutable, type Installer } from './installer.ts';
import { type Interpreter, interpreterLabel, type Surroundings } from './interpreter.ts';
import { packageRequirement, type Requirement } from './requirement.ts';
import { chooseUvloops } from './uvloop-choice.ts';

/** The environments to provide. */
export interface ProvisionOptions {
  readonly interpreters: readonly Interpreter[];
  /** Absolute path of the folder that holds one environment a runtime. */
  readonly folder: string;
  /** "latest", minor or exact versions, ranges; each version makes a runtime of its own. Empty: no uvloop. */
  readonly uvloop: readonly string[];
  /** Other packages the workloads use, as PEP 508 requirements. A runtime exists without those that cannot be had. */
  readonly packages: readonly string[];
  readonly surroundings: Surroundings;
  /** Absolute path of uv; looked for on PATH unless given. */
  readonly uv?: string | undefined;
  /** The clock that tells whether an environment is due for newer versions, seconds since 1970; the machine's unless given. */
  readonly now?: (() => number) | undefined;
  /** Told in one line what is being done. */
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A runtime together with its environment. */
export interface ProvisionedRuntime extends PreparedRuntime {
  /** Absolute path of the environment. */
  readonly folder: string;
  /** False when the environment was there already and has been reused. */
  readonly made: boolean;
}

/** What can be measured on, and what was asked for and cannot be had. */
export interface Provision {
  /** Unique by runtime id, in the order of the interpreters. */
  readonly runtimes: readonly ProvisionedRuntime[];
  readonly unavailable: readonly UnavailableRuntime[];
}

interface Task {
  readonly interpreter: Interpreter;
  readonly requirements: readonly Requirement[];
}

type TimedOptions = ProvisionOptions & { readonly now: () => number };

interface TaskResult {
  readonly runtime?: ProvisionedRuntime;
  readonly unavailable: readonly UnavailableRuntime[];
  /** Whether uvloop was asked for and is missing. */
  readonly lacksUvloop: boolean;
}

/**
 * Makes or reuses one environment for each interpreter and uvloop version, two at a time, through uv when it is there and
 * venv and pip otherwise. What is installed is probed, never assumed. What cannot be had is listed with the reason; of
 * two packages that contradict each other the one named later, and never uvloop. "latest" and packages without an exact
 * version are the newest at most a day ago.
 * @throws UserError for a requirement that cannot be read; the signal's reason when it aborts
 */
export async function provisionRuntimes(options: ProvisionOptions): Promise<Provision> {
  const others = [...new Set(options.packages)].map(packageRequirement);
  const installer = await chooseInstaller(options);
  const now = options.now ?? (() => Date.now() / 1000);
  const uvloops = await chooseUvloops({ ...options, requested: options.uvloop, installer, now });
  const tasks = toTasks(options.interpreters, uvloops.requirements, others);
  const results = await mapInParallel(tasks, { atOnce: CHILDREN_AT_ONCE }, (task) => provide(task, installer, { ...options, now }));
  return { runtimes: distinct(results), unavailable: [...uvloops.unavailable, ...results.flatMap(({ unavailable }) => unavailable)] };
}

function toTasks(interpreters: readonly Interpreter[], uvloops: readonly Requirement[], others: readonly Requirement[]): readonly Task[] {
  const sets = uvloops.length === 0 ? [others] : uvloops.map((uvloop) => [uvloop, ...others]);
  return interpreters.flatMap((interpreter) => sets.map((requirements) => ({ interpreter, requirements })));
}

async function provide(task: Task, installer: Installer, options: TimedOptions): Promise<TaskResult> {
  const { interpreter, requirements } = task;
  const texts = [...new Set(requirements.map(({ text }) => text))];
  const recipe = environmentRecipe(interpreter, texts);
  const folder = join(options.folder, environmentName(recipe));
  options.onProgress?.(`Preparing Python ${describe(task)} with ${installer.name}`);
  const result = await prepareEnvironment({ ...options, interpreter, recipe, requirements: texts, folder, installer });
  if (!result.ok) return { unavailable: [noEnvironment(task, installer, result.complaint)], lacksUvloop: false };
  options.onProgress?.(`${result.made ? 'Made' : 'Reused'} Python ${describe(task)}${asItWas(result)}`);
  const missing = requirements.flatMap((item) => {
    const failure = result.failures.get(item.text);
    return failure === undefined ? [] : [{ item, failure }];
  });
  return {
    runtime: { ...prepared(task, folder, result), folder, made: result.made },
    unavailable: missing.map(({ item, failure }) => unavailablePackage(item, task, failure)),
    lacksUvloop: missing.some(({ item }) => item.name === 'uvloop'),
  };
}

function asItWas({ upgradeFailure }: Environment): string {
  return upgradeFailure === undefined ? '' : ` as it was: newer versions could not be looked for (${upgradeFailure.complaint})`;
}

function describe({ interpreter, requirements }: Task): string {
  const label = interpreterLabel(interpreter);
  return requirements.length === 0 ? label : `${label} with ${requirements.map(({ requested }) => requested).join(', ')}`;
}

function prepared({ interpreter, requirements }: Task, folder: string, environment: Environment): PreparedRuntime {
  const { version, implementation, freeThreaded, build, provenance } = interpreter.facts;
  const wanted = new Set(requirements.map(({ name }) => name));
  const { packages, wheels } = knownPackages(environment.packages, wanted);
  const identity = { python: version, implementation, freeThreaded, build, packages };
  const runtime: Runtime = { id: runtimeId(identity), ...identity, source: interpreter.source, provenance, wheels };
  return { runtime, executable: environmentExecutable(folder), environment: interpreter.environment };
}

function noEnvironment({ interpreter }: Task, installer: Installer, complaint: string): UnavailableRuntime {
  const canInstallPip = installer.name === 'uv' || (interpreter.facts.venv && interpreter.facts.ensurepip);
  const remedy = canInstallPip
    ? 'Check that the folder of the environments can be written to and that the interpreter is complete.'
    : 'Its venv or ensurepip module is missing: install the python3-venv package of the system, or uv.';
  return {
    requested: interpreterLabel(interpreter),
    reason: `No environment could be made of ${interpreter.realPath}: ${complaint}. ${remedy}`,
  };
}

function unavailablePackage(item: Requirement, { interpreter }: Task, failure: InstallFailure): UnavailableRuntime {
  const label = interpreterLabel(interpreter);
  return {
    requested: `${item.requested} on ${label}`,
    reason: `It could not be installed: ${failure.complaint}. ${failureRemedy(failure, label)}`,
  };
}

/**
 * One runtime of each id. An environment whose uvloop is missing adds nothing where another one of the same interpreter
 * has its uvloop; and two requests may lead to the same version.
 */
function distinct(results: readonly TaskResult[]): readonly ProvisionedRuntime[] {
  const complete = results.filter(({ lacksUvloop }) => !lacksUvloop).flatMap(({ runtime }) => runtime ?? []);
  const covered = new Set(complete.map(({ runtime }) => interpreterKey(runtime)));
  const byId = new Map<string, ProvisionedRuntime>();
  for (const { runtime, lacksUvloop } of results) {
    if (runtime === undefined || (lacksUvloop && covered.has(interpreterKey(runtime.runtime)))) continue;
    if (!byId.has(runtime.runtime.id)) byId.set(runtime.runtime.id, runtime);
  }
  return [...byId.values()];
}
