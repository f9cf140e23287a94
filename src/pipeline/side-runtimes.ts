import type { Options } from '../config/options.ts';
import type { UnavailableRuntime } from '../model/runtime.ts';
import { runtimeLabel } from '../model/runtime.ts';
import type { SideName } from '../model/sample-pair.ts';
import { UserError } from '../model/user-error.ts';
import { compileBytecode } from '../runtimes/bytecode.ts';
import { type PreparedRuntimes, prepareRuntimes } from '../runtimes/prepare.ts';
import { installProject, type ProjectInstallResult } from '../runtimes/project-install.ts';
import type { ProvisionedRuntime } from '../runtimes/provision.ts';
import type { Surroundings } from './surroundings.ts';

/** A side whose runtimes are wanted. */
export interface SideRequest {
  readonly options: Options;
  readonly surroundings: Surroundings;
  /** Absolute path of the working directory, from which relative interpreters start. */
  readonly folder: string;
  readonly side: {
    readonly name: SideName;
    /** Absolute path of the tree that the project is installed from. */
    readonly tree: string;
    /** Absolute path of the folder of its environments. */
    readonly environments: string;
  };
  /** Requirements of the side's workload files. */
  readonly packages: readonly string[];
}

/**
 * Prepares the runtimes of a side in environments of its own, runs the user's `install` in each, and compiles the tree. A
 * runtime on which the project cannot be installed is unavailable, with what the command printed last.
 *
 * @throws UserError when not one of the requested runtimes can be had
 */
export async function prepareSide(request: SideRequest): Promise<PreparedRuntimes> {
  const { options, surroundings, folder, side, packages } = request;
  const { environment, home, progress, signal } = surroundings;
  const prepared = await prepareRuntimes({
    requested: options['python-version'],
    install: options['python-install'],
    uvloop: options['uvloop-version'],
    packages,
    folder: side.environments,
    surroundings: { env: environment, home, cwd: folder },
    onProgress: (text) => progress.note(`${side.name}: ${text}`),
    signal,
  });
  const installed = await installIn(prepared, request);
  for (const runtime of installed.runtimes) await compile(runtime, request);
  return installed;
}

/** One after the other: what two of them build in one tree would meet. */
async function installIn(prepared: PreparedRuntimes, request: SideRequest): Promise<PreparedRuntimes> {
  const { options, surroundings, side } = request;
  const { environment: env, progress, signal } = surroundings;
  if (options.install === undefined) return prepared;
  const runtimes: ProvisionedRuntime[] = [];
  const unavailable: UnavailableRuntime[] = [];
  for (const runtime of prepared.runtimes) {
    const label = runtimeLabel(runtime.runtime);
    progress.note(`${side.name}: Installing on Python ${label}`);
    const result = await installProject({ command: options.install, side: side.name, tree: side.tree, runtime, env, signal });
    if (result.ok) runtimes.push(result.runtime);
    else unavailable.push({ requested: label, reason: explained(result) });
  }
  // A command that brings a uvloop of its own can make two environments the same runtime.
  const distinct = [...new Map(runtimes.map((each) => [each.runtime.id, each])).values()];
  if (runtimes.length > 0) return { ...prepared, runtimes: distinct, unavailable: [...prepared.unavailable, ...unavailable] };
  throw new UserError(`The project could not be installed. ${unavailable[0]?.reason ?? ''}`, 'Nothing was measured.');
}

function explained({ complaint, remedy, output }: Extract<ProjectInstallResult, { readonly ok: false }>): string {
  const last = output.split('\n').at(-1) ?? '';
  return last === '' ? `${complaint} ${remedy}` : `${complaint} It ended with: ${last} ${remedy}`;
}

async function compile({ executable, environment }: ProvisionedRuntime, { side, surroundings }: SideRequest): Promise<void> {
  const { environment: env, signal, progress } = surroundings;
  const why = await compileBytecode({ tree: side.tree, executable, environment, env, signal });
  if (why !== null) progress.note(`${side.name}: ${why}`);
}

/** A requirement that leaves the version open. */
const bareName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * What base is to be prepared with so that a release of the last hours is no difference between the sides: the versions
 * that head got where both leave them open.
 */
export function likeHead(
  runtimes: readonly ProvisionedRuntime[],
  { options, packages }: Pick<SideRequest, 'options' | 'packages'>,
): { readonly options: Partial<Pick<Options, 'uvloop-version'>>; readonly packages: readonly string[] } {
  const versionsOf = (name: string) => new Set(runtimes.flatMap(({ runtime }) => runtime.packages[name.toLowerCase()] ?? []));
  const uvloops = [...versionsOf('uvloop')];
  const pinned = (requirement: string) => {
    const [version, ...others] = bareName.test(requirement) ? versionsOf(requirement) : [];
    return version === undefined || others.length > 0 ? requirement : `${requirement}==${version}`;
  };
  // Several of them, on several Pythons, would each be asked for on every Python.
  const open = options['uvloop-version'].includes('latest') && uvloops.length === 1;
  return { options: open ? { 'uvloop-version': uvloops } : {}, packages: packages.map(pinned) };
}
