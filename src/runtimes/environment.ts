import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type EnvironmentMarker, type EnvironmentRecipe, readMarker, writeMarker } from './environment-marker.ts';
import { type InstallFailure, installFailure } from './install-failure.ts';
import { type Installation, installRequirements } from './installation.ts';
import { installedPackages } from './installed-packages.ts';
import { environmentExecutable, type Installer } from './installer.ts';
import type { Interpreter, Surroundings } from './interpreter.ts';
import { probeInterpreter } from './probe.ts';
import { isPinned } from './requirement.ts';

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
  readonly signal?: AbortSignal | undefined;
}

/** An environment that can start Python, with or without every requirement. */
export interface Environment {
  /** Installed versions by normalised name, as its own interpreter reports them. */
  readonly packages: Readonly<Record<string, string>>;
  /** Requirements that are not in it, and why. */
  readonly failures: ReadonlyMap<string, InstallFailure>;
  /** False when it was there already. */
  readonly made: boolean;
  /** Why newer versions could not be looked for when it was time to; it is then as it was. */
  readonly upgradeFailure: InstallFailure | undefined;
}

/** What became of it. `complaint` is what went wrong, one line. */
export type EnvironmentResult = ({ readonly ok: true } & Environment) | { readonly ok: false; readonly complaint: string };

/** How long what an index may answer anew is taken as it is, in seconds: releases come by the week. */
const SHELF_LIFE = 24 * 3600;
/** How long after an index could not be reached, in seconds: each attempt costs a machine without a network its retries. */
const RETRY_AFTER = 3600;

type Known = Pick<EnvironmentMarker, 'installed' | 'refused' | 'freshUntil'>;
const NOTHING_KNOWN: Known = { installed: [], refused: {}, freshUntil: 0 };

/**
 * Reuses the environment when its marker names the same recipe, its interpreter still starts and its packages are those
 * that were installed; makes it anew otherwise. Requirements that failed for anything but a missing version or wheel or a
 * contradiction are tried again each time. Once a day an environment is brought up to date in place: requirements that
 * are not pinned get the newest version, and those that could not be met are tried again. When the index is not reached
 * then, the environment stays as it is for another hour.
 */
export async function prepareEnvironment(options: EnvironmentOptions): Promise<EnvironmentResult> {
  const reused = await readReusable(options);
  const fault = reused === undefined ? await create(options) : undefined;
  if (fault !== undefined) return { ok: false, complaint: fault };
  const upgrade = reused !== undefined && isStale(reused, options.now());
  const known: Known = reused ?? NOTHING_KNOWN;
  const installation = await bringIn(known, upgrade, options);
  const packages = await packagesOf(options);
  if (packages === undefined) return { ok: false, complaint: 'the packages in it cannot be listed' };
  const made = reused === undefined;
  const { recipe, requirements, folder } = options;
  const failures = new Map([...(upgrade ? [] : Object.entries(known.refused)), ...failuresOf(installation, known)]);
  const installed = requirements.filter((item) => !failures.has(item));
  const freshUntil = made || upgrade ? options.now() + shelfLife(installation) : known.freshUntil;
  const settled = known.installed.length + Object.keys(known.refused).length === requirements.length;
  if (made || upgrade || !settled)
    await writeMarker(folder, { recipe, packages, installed, freshUntil, refused: Object.fromEntries(lasting(failures)) });
  return { ok: true, packages, made, failures, upgradeFailure: installation.upgradeFailure };
}

/** Installs what is not known to be installed, nor, unless it is time to ask again, to be impossible. */
function bringIn(known: Known, upgrade: boolean, options: EnvironmentOptions): Promise<Installation> {
  const accepted = options.requirements.filter((item) => known.installed.includes(item));
  const open = options.requirements.filter((item) => !accepted.includes(item) && (upgrade || !(item in known.refused)));
  return installRequirements({ ...options, accepted, open, upgrade });
}

/** Whether an index may have a better answer by now. A time further ahead than any that is written is of a wrong clock. */
function isStale({ recipe, refused, freshUntil }: EnvironmentMarker, now: number): boolean {
  if (recipe.requirements.every(isPinned) && Object.keys(refused).length === 0) return false;
  return now >= freshUntil || freshUntil - now > SHELF_LIFE;
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

async function readReusable(options: EnvironmentOptions): Promise<EnvironmentMarker | undefined> {
  const marker = await readMarker(options.folder, options.recipe);
  if (marker === undefined || (await whyUnusable(options)) !== undefined) return undefined;
  const packages = await packagesOf(options);
  return packages !== undefined && sameVersions(packages, marker.packages) ? marker : undefined;
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
