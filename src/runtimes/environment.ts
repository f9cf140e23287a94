import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withLock } from './environment-lock.ts';
import { type EnvironmentMarker, type EnvironmentRecipe, readMarker, writeMarker } from './environment-marker.ts';
import { type InstallFailure, installFailure } from './install-failure.ts';
import { type Installation, type InstallationOptions, installRequirements } from './installation.ts';
import { type InstalledPackages, installedPackages } from './installed-packages.ts';
import { environmentExecutable, type Installer } from './installer.ts';
import type { Interpreter, Surroundings } from './interpreter.ts';
import type { LockOwner } from './lock-owner.ts';
import { waitForOrphans } from './orphans.ts';
import { probeInterpreter } from './probe.ts';
import { isPinned } from './requirement.ts';
import { isExpired, RETRY_AFTER, SHELF_LIFE } from './shelf-life.ts';

/** An environment to make or to reuse. */
export interface EnvironmentOptions {
  readonly interpreter: Interpreter;
  readonly recipe: EnvironmentRecipe;
  /** The requirements of the recipe; where two contradict each other, the earlier one wins. */
  readonly requirements: readonly string[];
  /** Absolute path; what is in it and was not made by the same recipe is removed. */
  readonly folder: string;
  readonly installer: Installer;
  readonly surroundings: Surroundings;
  /** The clock, seconds since 1970. */
  readonly now: () => number;
  /** Told in one line when another run has to be waited for. */
  readonly onProgress?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An environment that can start Python, with or without every requirement. */
export interface Environment {
  /** What is installed, as its own interpreter reports it. */
  readonly packages: InstalledPackages;
  /** Requirements that are not in it, and why. */
  readonly failures: ReadonlyMap<string, InstallFailure>;
  /** False when it was there already. */
  readonly made: boolean;
  /** Why newer versions could not be looked for when it was time to; it is then as it was. */
  readonly upgradeFailure: InstallFailure | undefined;
}

/** What became of it. `complaint` is what went wrong, one line. */
export type EnvironmentResult = ({ readonly ok: true } & Environment) | { readonly ok: false; readonly complaint: string };

type Known = Pick<EnvironmentMarker, 'installed' | 'refused' | 'freshUntil'>;
const NOTHING_KNOWN: Known = { installed: [], refused: {}, freshUntil: 0 };

/**
 * Reuses the environment when its marker names the same recipe, its interpreter still starts and its packages are those
 * that were installed; makes it anew otherwise. Requirements that failed for anything but a missing version or wheel or a
 * contradiction are tried again each time. Once a day an environment is brought up to date in place: requirements that
 * are not pinned get the newest version, and those that could not be met are tried again. When the index is not reached
 * then, the environment stays as it is for another hour. Of several runs that want one environment, one prepares it and
 * the others wait and then reuse it.
 */
export function prepareEnvironment(options: EnvironmentOptions): Promise<EnvironmentResult> {
  const { folder, signal, onProgress } = options;
  const onWait = (owner: LockOwner | undefined): void =>
    onProgress?.(`Waiting for another run${owner === undefined ? '' : ` (process ${owner.pid})`} that prepares the environment ${folder}`);
  return withLock(environmentLock(folder), { signal, onWait }, async ({ inherited }) => {
    const onOrphans = (): void => onProgress?.(`Waiting for the installer that a killed run left behind in ${folder}`);
    if (inherited) await waitForOrphans(folder, { signal, onWait: onOrphans });
    return prepareAlone(options);
  });
}

/** The lock of an environment; beside it, because what is in it is removed when it is made anew. */
export function environmentLock(folder: string): string {
  return `${folder}.lock`;
}

async function prepareAlone(options: EnvironmentOptions): Promise<EnvironmentResult> {
  const reused = await readReusable(options);
  const fault = reused === undefined ? await create(options) : undefined;
  if (fault !== undefined) return { ok: false, complaint: fault };
  const upgrade = reused !== undefined && isStale(reused.marker, options.now());
  const known: Known = reused?.marker ?? NOTHING_KNOWN;
  const order = toInstall(known, upgrade, options);
  if (reused !== undefined && !upgrade && order.open.length === 0) return asItWas(reused);
  const installation = await installRequirements({ ...options, ...order, upgrade });
  const packages = await packagesOf(options);
  if (packages === undefined) return { ok: false, complaint: 'the packages in it cannot be listed' };
  const made = reused === undefined;
  const failures = new Map([...(upgrade ? [] : Object.entries(known.refused)), ...failuresOf(installation, known)]);
  const freshUntil = made || upgrade ? options.now() + shelfLife(installation) : known.freshUntil;
  await record(options, { packages: packages.versions, freshUntil, failures });
  return { ok: true, packages, made, failures, upgradeFailure: installation.upgradeFailure };
}

/** An environment that was there, and everything that is known of it. */
interface Reused {
  readonly marker: EnvironmentMarker;
  readonly packages: InstalledPackages;
}

function asItWas({ marker, packages }: Reused): EnvironmentResult {
  return { ok: true, packages, made: false, failures: new Map(Object.entries(marker.refused)), upgradeFailure: undefined };
}

function record(
  { recipe, requirements, folder }: EnvironmentOptions,
  { packages, freshUntil, failures }: Pick<EnvironmentMarker, 'packages' | 'freshUntil'> & Pick<Environment, 'failures'>,
): Promise<void> {
  const installed = requirements.filter((item) => !failures.has(item));
  return writeMarker(folder, { recipe, packages, installed, freshUntil, refused: Object.fromEntries(lasting(failures)) });
}

/** Leaves out what is known to be installed and, unless it is time to ask again, to be impossible. */
function toInstall(known: Known, upgrade: boolean, { requirements }: EnvironmentOptions): Pick<InstallationOptions, 'accepted' | 'open'> {
  const accepted = requirements.filter((item) => known.installed.includes(item));
  const open = requirements.filter((item) => !accepted.includes(item) && (upgrade || !(item in known.refused)));
  return { accepted, open };
}

/** Whether an index may have a better answer by now. */
function isStale({ recipe, refused, freshUntil }: EnvironmentMarker, now: number): boolean {
  if (recipe.requirements.every(isPinned) && Object.keys(refused).length === 0) return false;
  return isExpired(freshUntil, now);
}

function shelfLife({ failures, upgradeFailure }: Installation): number {
  const reached = upgradeFailure === undefined && ![...failures.values()].some(({ cause }) => cause === 'network');
  return reached ? SHELF_LIFE : RETRY_AFTER;
}

/** What could not be installed. An attempt that came to nothing for lack of a network does not undo what is known. */
function failuresOf({ failures }: Installation, { refused }: Known): readonly (readonly [string, InstallFailure])[] {
  return [...failures].map(([item, failure]) => [item, isLasting(failure) ? failure : (refused[item] ?? failure)]);
}

/** What is worth remembering: everything else may have changed by the next run. */
function lasting(failures: ReadonlyMap<string, InstallFailure>): readonly (readonly [string, InstallFailure])[] {
  return [...failures].filter(([, failure]) => isLasting(failure));
}

function isLasting({ cause }: InstallFailure): boolean {
  return cause === 'no version' || cause === 'conflict';
}

async function readReusable(options: EnvironmentOptions): Promise<Reused | undefined> {
  const marker = await readMarker(options.folder, options.recipe);
  if (marker === undefined || (await whyUnusable(options)) !== undefined) return undefined;
  const packages = await packagesOf(options);
  return packages !== undefined && sameVersions(packages.versions, marker.packages) ? { marker, packages } : undefined;
}

function sameVersions(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, version]) => b[name] === version);
}

/** Starts the environment's interpreter and compares it with the one it was made of. */
async function whyUnusable({ interpreter, folder, surroundings, signal }: EnvironmentOptions): Promise<string | undefined> {
  const { environment } = interpreter;
  const probed = await probeInterpreter(environmentExecutable(folder), { env: surroundings.env, environment, signal });
  if (!probed.ok) return `its interpreter ${probed.reason}`;
  const { version, build } = probed.facts;
  if (version === interpreter.facts.version && build === interpreter.facts.build) return undefined;
  return `its interpreter is Python ${version} of build ${build} instead of ${interpreter.facts.version} of build ${interpreter.facts.build}`;
}

/** Makes the folder anew. Returns what went wrong. */
async function create(options: EnvironmentOptions): Promise<string | undefined> {
  await rm(options.folder, { recursive: true, force: true });
  await mkdir(dirname(options.folder), { recursive: true });
  const outcome = await options.installer.create(options.interpreter, options.folder);
  return outcome.ok ? whyUnusable(options) : installFailure(outcome).complaint;
}

function packagesOf({ folder, interpreter, surroundings, signal }: EnvironmentOptions) {
  const { environment } = interpreter;
  return installedPackages(environmentExecutable(folder), { env: surroundings.env, environment, signal });
}
