import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ChildOutcome } from './child-process.ts';
import { type EnvironmentMarker, type EnvironmentRecipe, readMarker, writeMarker } from './environment-marker.ts';
import { type InstallFailure, installFailure } from './install-failure.ts';
import { installedPackages } from './installed-packages.ts';
import { environmentExecutable, type Installer } from './installer.ts';
import type { Interpreter, Surroundings } from './interpreter.ts';
import { probeInterpreter } from './probe.ts';

/** An environment to make or to reuse. */
export interface EnvironmentOptions {
  readonly interpreter: Interpreter;
  readonly recipe: EnvironmentRecipe;
  /** Absolute path; what is in it and was not made by the same recipe is removed. */
  readonly folder: string;
  readonly installer: Installer;
  readonly surroundings: Surroundings;
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
}

/** What became of it. `complaint` is what went wrong, one line. */
export type EnvironmentResult = ({ readonly ok: true } & Environment) | { readonly ok: false; readonly complaint: string };

/**
 * Reuses the environment when its marker names the same recipe, its interpreter still starts and its packages are those
 * that were installed; makes it anew otherwise. Requirements that failed for
 * anything but a missing version or wheel are tried again.
 */
export async function prepareEnvironment(options: EnvironmentOptions): Promise<EnvironmentResult> {
  const reused = await readReusable(options);
  const fault = reused === undefined ? await create(options) : undefined;
  if (fault !== undefined) return { ok: false, complaint: fault };
  const known: Pick<EnvironmentMarker, 'installed' | 'refused'> = reused ?? { installed: [], refused: {} };
  const open = options.recipe.requirements.filter((item) => !known.installed.includes(item) && !(item in known.refused));
  const failures = await install(open, options);
  const packages = await packagesOf(options);
  if (packages === undefined) return { ok: false, complaint: 'the packages in it cannot be listed' };
  const made = reused === undefined;
  const refused = { ...known.refused, ...lasting(failures) };
  const installed = [...known.installed, ...open.filter((item) => !failures.has(item))];
  if (made || open.length > 0) await writeMarker(options.folder, { recipe: options.recipe, packages, refused, installed });
  return { ok: true, packages, made, failures: new Map([...toFailures(known.refused), ...failures]) };
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

/** All at once, which is quickest; one by one when that fails, so that one missing wheel does not cost the others. */
async function install(requirements: readonly string[], options: EnvironmentOptions): Promise<ReadonlyMap<string, InstallFailure>> {
  const failures = new Map<string, InstallFailure>();
  if (requirements.length === 0) return failures;
  const attempt = (items: readonly string[]): Promise<ChildOutcome> =>
    options.installer.install(options.interpreter, options.folder, items);
  const together = await attempt(requirements);
  if (together.ok) return failures;
  for (const item of requirements) {
    const outcome = requirements.length === 1 ? together : await attempt([item]);
    if (!outcome.ok) failures.set(item, installFailure(outcome));
  }
  return failures;
}

/** What is worth remembering: everything else may have changed by the next run. */
function lasting(failures: ReadonlyMap<string, InstallFailure>): Record<string, string> {
  const certain = [...failures].filter(([, { cause }]) => cause === 'no version');
  return Object.fromEntries(certain.map(([item, { complaint }]) => [item, complaint]));
}

function toFailures(refused: Readonly<Record<string, string>>): readonly (readonly [string, InstallFailure])[] {
  return Object.entries(refused).map(([item, complaint]) => [item, { cause: 'no version', complaint }]);
}
