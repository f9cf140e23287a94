import type { UnavailableRuntime } from '../model/runtime.ts';
import { UserError } from '../model/user-error.ts';
import { discoverInterpreters } from './discover.ts';
import type { Discovery, Interpreter, Surroundings } from './interpreter.ts';
import { peerInterpreter } from './peer-interpreter.ts';
import { type ProvisionedRuntime, provisionRuntimes } from './provision.ts';
import { isInterpreterPath } from './runtime-request.ts';
import { selectInterpreters } from './select.ts';

/** What a run needs of Python. */
export interface PrepareOptions {
  /** Requested versions and paths; empty for the two newest at hand. */
  readonly requested: readonly string[];
  /** "latest" or exact versions. */
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
  const discovery = await discover(options.requested, options.surroundings, options.signal);
  const selection = selectInterpreters(options.requested, discovery);
  refuseNothing(selection.interpreters, selection.unavailable);
  const provision = await provisionRuntimes({ ...options, interpreters: selection.interpreters });
  const unavailable = [...selection.unavailable, ...provision.unavailable];
  refuseNothing(provision.runtimes, unavailable);
  const peer = peerInterpreter(discovery) ?? selection.interpreters[0];
  if (peer === undefined) throw new UserError('No interpreter is at hand for the peers.', 'Install CPython 3.9 or newer.');
  return { runtimes: provision.runtimes, unavailable, peer };
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
