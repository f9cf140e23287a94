import type { UnavailableRuntime } from '../model/runtime.ts';
import { UserError } from '../model/user-error.ts';
import { discoverInterpreters } from './discover.ts';
import type { Discovery, Interpreter, Surroundings } from './interpreter.ts';
import { peerInterpreter } from './peer-interpreter.ts';
import { type ProvisionedRuntime, provisionRuntimes } from './provision.ts';
import { installPythons, type PythonInstallation } from './python-install.ts';
import { isInterpreterPath } from './runtime-request.ts';
import { type Selection, selectInterpreters } from './select.ts';

/** Whether Pythons may be installed. `missing`: those that are asked for and not at hand, by uv. */
export type PythonInstallPolicy = 'never' | 'missing';

/** What a run needs of Python. */
export interface PrepareOptions {
  /** Requested versions, ranges and paths; empty for the two newest at hand. */
  readonly requested: readonly string[];
  /** Whether uv may install requested versions that are not at hand; never unless told. */
  readonly install?: PythonInstallPolicy;
  /** "latest", minor or exact versions, and ranges. */
  readonly uvloop: readonly string[];
  /** Other packages, as requirements. */
  readonly packages: readonly string[];
  /** Absolute path of the folder of the environments. */
  readonly folder: string;
  readonly surroundings: Surroundings;
  readonly onProgress: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Runtimes that can start workers, what could not be had, and the interpreter of the peers. */
export interface PreparedRuntimes {
  /** At least one. */
  readonly runtimes: readonly ProvisionedRuntime[];
  readonly unavailable: readonly UnavailableRuntime[];
  readonly peer: Interpreter;
}

/**
 * Finds interpreters, chooses those that were asked for, and prepares an environment for each.
 *
 * @throws UserError when not one of the requested runtimes can be had
 */
export async function prepareRuntimes(options: PrepareOptions): Promise<PreparedRuntimes> {
  const { discovery, selection } = await resolve(options);
  for (const note of selection.notes) options.onProgress(note);
  refuseNothing(selection.interpreters, selection.unavailable);
  const provision = await provisionRuntimes({ ...options, interpreters: selection.interpreters });
  const unavailable = [...selection.unavailable, ...provision.unavailable];
  refuseNothing(provision.runtimes, unavailable);
  const peer = peerInterpreter(discovery) ?? selection.interpreters[0];
  if (peer === undefined) throw new UserError('No interpreter is at hand for the peers.', 'Install CPython 3.9 or newer.');
  return { runtimes: provision.runtimes, unavailable, peer };
}

interface Resolution {
  readonly discovery: Discovery;
  readonly selection: Selection;
}

async function resolve(options: PrepareOptions): Promise<Resolution> {
  const { requested, surroundings, signal } = options;
  const before = await discover(requested, surroundings, signal);
  if (options.install !== 'missing') return { discovery: before, selection: selectInterpreters(requested, before) };
  const { installed, failures } = await installPythons({ ...options, discovery: before });
  const discovery = installed.length === 0 ? before : await discover(requested, surroundings, signal);
  const selection = selectInterpreters(requested, discovery);
  return { discovery, selection: withFailures(selection, failures) };
}

/** A failure says more than the advice to install; where a range is met without a version, it is why. */
function withFailures(selection: Selection, failures: PythonInstallation['failures']): Selection {
  const unavailable = selection.unavailable.map(({ requested, reason }) => {
    const failure = failures.get(requested);
    return { requested, reason: failure === undefined ? reason : `${reason} ${failure}` };
  });
  const open = new Set(unavailable.map(({ requested }) => requested));
  const others = [...failures].filter(([requested]) => !open.has(requested));
  return {
    ...selection,
    unavailable,
    notes: [...selection.notes, ...others.map(([requested, failure]) => `Python ${requested}: ${failure}`)],
  };
}

/** Finds every interpreter at hand, the explicit ones among the requests included. */
export function discover(requested: readonly string[], surroundings: Surroundings, signal: AbortSignal): Promise<Discovery> {
  return discoverInterpreters({ ...surroundings, explicit: requested.filter(isInterpreterPath), signal });
}

function refuseNothing(found: readonly unknown[], unavailable: readonly UnavailableRuntime[]): void {
  if (found.length > 0) return;
  const reasons = unavailable.map(({ requested, reason }) => `${requested}: ${reason}`).join(' ');
  throw new UserError(`No Python to measure on. ${reasons}`, 'Check the option "python-version".');
}
