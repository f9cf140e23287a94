import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { PreparedRuntime } from '../model/runtime.ts';
import type { RunRequest } from './executor.ts';

/** Where the hostile worker and the workloads of the real one are. */
export const hostileFolder = join(import.meta.dirname, '../../test/hostile');

/** An interpreter to run hostile workers with. */
export interface FoundPython {
  readonly executable: string;
  /** Full version, "3.13.0". */
  readonly python: string;
}

function pythonOf(command: string): FoundPython | null {
  const program =
    'import platform, sys; sys.exit(1) if sys.version_info < (3, 9) else print(sys.executable, platform.python_version(), sep="\\n")';
  try {
    const [executable = '', python = ''] = execFileSync(command, ['-c', program], { encoding: 'utf8', stdio: 'pipe' }).split('\n');
    return { executable, python };
  } catch {
    return null;
  }
}

/** The first CPython 3.9 or newer on PATH or among pyenv's versions. */
export function findPython(): FoundPython {
  const versions = join(homedir(), '.pyenv', 'versions');
  const installed = existsSync(versions) ? readdirSync(versions).map((version) => join(versions, version, 'bin', 'python')) : [];
  for (const command of ['python3', ...installed]) {
    const found = pythonOf(command);
    if (found !== null) return found;
  }
  throw new Error('These tests need a CPython 3.9 or newer: put python3 on PATH or install one with pyenv.');
}

/** A runtime that was prepared elsewhere: only what the executor looks at is true of it. */
export function foundRuntime(found: FoundPython, environment: Readonly<Record<string, string>> = {}): PreparedRuntime {
  const identity = { python: found.python, implementation: 'cpython', freeThreaded: false, build: '00000000', packages: {} };
  return { executable: found.executable, environment, runtime: { ...identity, id: `cpython-${found.python}`, source: 'PATH' } };
}

/** Ids of the processes with a token of the test, which the executor knows nothing about, in environment or arguments. */
export function carriersOf(token: string): readonly string[] {
  if (!existsSync('/proc/self/environ')) return [];
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  return ids.filter((id) => {
    try {
      return ['environ', 'cmdline'].some((file) => readFileSync(`/proc/${id}/${file}`, 'latin1').includes(token));
    } catch {
      return false;
    }
  });
}

/** What a test may change about a request. */
export type HostileOptions = FoundPython & { readonly workload: string } & Partial<
    Pick<RunRequest, 'values' | 'timeoutSeconds' | 'signal' | 'params'>
  > & {
    readonly environment?: Readonly<Record<string, string>>;
  };

/** A request for one sample of the hostile worker; the workload's name is the misbehaviour. */
export function hostileRequest(options: HostileOptions): RunRequest {
  const { workload, environment = {}, values = 3, timeoutSeconds = 10, params = {}, signal } = options;
  const runtime = foundRuntime(options, environment);
  const cell = { workload, model: 'threads', runtime: runtime.runtime.id, params: '' } as const;
  const path = join(hostileFolder, `${workload}.py`);
  return { runtime, workload: path, cell, round: 0, values, warmups: 0, params, timeoutSeconds, signal, peerPython: options.executable };
}
