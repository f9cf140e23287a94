import { delimiter, dirname } from 'node:path';

import type { PreparedRuntime } from '../model/runtime.ts';
import { UserError } from '../model/user-error.ts';

/** The variable every process of one sample inherits, with an id of its own: by it those that escaped are found. */
export const markerVariable = 'CONCURRENCY_REGRESSIONS_SAMPLE';

/** The variable that brings every environment to one size. */
export const paddingVariable = 'CONCURRENCY_REGRESSIONS_PADDING';

/** What environments are brought to a multiple of, bytes: far more than most have by themselves, so that all are of one size. */
const sizeStep = 16 * 1024;

const allowed = /^(?:PATH|LANG|LC_[A-Z]+|TZ|SYSTEMROOT)$/i;

/** Where a worker runs and what it may know. */
export interface WorkerSurroundings {
  /** The environment of this program; only the allow-listed variables of it are passed on. */
  readonly host: Readonly<Record<string, string | undefined>>;
  readonly runtime: PreparedRuntime;
  /** Absolute path of the workload file. */
  readonly workload: string;
  /** Absolute path of the folder of the worker program. */
  readonly workerFolder: string;
  /** Fresh empty folder: home, temporary and current folder of the worker. */
  readonly home: string;
  /** Random id of this sample, always of the same length, so that every environment has the same size. */
  readonly marker: string;
}

/**
 * The whole environment of a worker. An allow-list: tokens, inputs and command files of the action, NODE_OPTIONS and
 * everything else that is not named here stays out, whatever it is called. All are of one size: it moves the stack of a
 * process and with it its speed, and two interpreters may need library paths of different lengths.
 *
 * @throws UserError when a folder cannot be an entry of PYTHONPATH
 */
export function workerEnvironment(surroundings: WorkerSurroundings): Readonly<Record<string, string>> {
  const { host, runtime, workload, workerFolder, home, marker } = surroundings;
  const inherited = Object.entries(host).filter((entry): entry is [string, string] => allowed.test(entry[0]) && entry[1] !== undefined);
  return padded({
    ...Object.fromEntries(inherited),
    ...runtime.environment,
    HOME: home,
    TMPDIR: home,
    PYTHONPATH: [dirname(workload), workerFolder].map(pathEntry).join(delimiter),
    [markerVariable]: marker,
  });
}

function padded(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const missing = sizeStep - (environmentSize({ ...environment, [paddingVariable]: '' }) % sizeStep);
  return { ...environment, [paddingVariable]: '-'.repeat(missing % sizeStep) };
}

/** What an environment takes of the stack of its process, bytes: each variable as NAME=value with its end, and a pointer to it. */
export function environmentSize(environment: Readonly<Record<string, string>>): number {
  const pointerBytes = 8;
  return Object.entries(environment).reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}=${value}`) + 1 + pointerBytes, 0);
}

function pathEntry(folder: string): string {
  if (!folder.includes(delimiter)) return folder;
  throw new UserError(
    `The folder ${folder} has "${delimiter}" in its name, which separates the entries of PYTHONPATH.`,
    'Rename it or run from another folder.',
  );
}
