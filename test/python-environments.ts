import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the tests keep one environment per interpreter between runs; ignored by git. */
const environmentsFolder = join(import.meta.dirname, '..', '.concurrency-regressions', 'test-environments');

/** Packages that workloads use when they are there; each is installed by itself, because many interpreters can have only one. */
const optionalPackages = ['uvloop', 'aiohttp'];

/** Releases whose support the tests must show; every newer one, every free-threaded build and every listed one is taken too. */
const requiredMinors = [9, 11, 12, 13];

/** An interpreter on this machine. */
export interface Interpreter {
  /** "3.13.0", with a `t` when free-threaded. */
  readonly label: string;
  readonly minor: number;
  readonly freeThreaded: boolean;
  readonly executable: string;
}

/** Every CPython 3 at hand, one per version and build: listed ones first, then pyenv's, then those on PATH. Older ones than 3.9 too. */
export function interpretersAtHand(): Interpreter[] {
  const byLabel = new Map<string, Interpreter>();
  for (const executable of [...listed(), ...fromPyenv(), ...onPath()]) {
    const interpreter = probed(executable);
    if (interpreter !== undefined && !byLabel.has(interpreter.label)) byLabel.set(interpreter.label, interpreter);
  }
  return [...byLabel.values()].sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
}

/** Those of `interpretersAtHand` that the worker must run on, one per release and build. */
export function interpretersUnderTest(): Interpreter[] {
  const named = new Set(listed());
  const wanted = interpretersAtHand().filter(
    ({ minor, freeThreaded, executable }) =>
      minor >= 14 || freeThreaded || requiredMinors.includes(minor) || (minor >= 9 && named.has(executable)),
  );
  // Later ones win: the newest patch of a release, which is also what a fresh installation gives.
  const byRelease = new Map(wanted.map((interpreter) => [`${interpreter.minor}${interpreter.freeThreaded ? 't' : ''}`, interpreter]));
  return wanted.filter((interpreter) => named.has(interpreter.executable) || [...byRelease.values()].includes(interpreter));
}

/** The interpreter of an environment that has the optional packages the interpreter can have, made once and kept. */
export async function environmentOf(interpreter: Interpreter): Promise<string> {
  const identity = createHash('sha256').update(interpreter.executable).digest('hex').slice(0, 8);
  const folder = join(environmentsFolder, `${interpreter.label}-${identity}`);
  const python = join(folder, 'bin', 'python');
  const finished = join(folder, 'finished');
  if (existsSync(finished)) return python;
  const options = { env: { ...process.env, PYTHONDONTWRITEBYTECODE: '' }, timeout: 120_000 };
  try {
    await run(interpreter.executable, ['-m', 'venv', '--clear', folder], options);
  } catch (error) {
    // Some distributions split the venv module off; the interpreter itself still runs every workload that needs no package.
    console.warn(`${interpreter.label} has no environment and is tested without optional packages: ${lastLine(error)}`);
    return interpreter.executable;
  }
  for (const name of optionalPackages) await installIfPossible(python, name, options);
  writeFileSync(finished, '');
  return python;
}

async function installIfPossible(python: string, name: string, options: { env: NodeJS.ProcessEnv; timeout: number }): Promise<void> {
  try {
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', name], options);
  } catch (error) {
    console.warn(`${name} is not measured with ${python}: ${lastLine(error)}`);
  }
}

function lastLine(error: unknown): string {
  const { stderr, stdout } = error as { stderr?: string; stdout?: string };
  return (stderr || stdout || String(error)).trim().split('\n').at(-1) ?? '';
}

function listed(): string[] {
  return (process.env['CONCURRENCY_REGRESSIONS_TEST_PYTHONS'] ?? '').split(delimiter).filter((path) => path !== '');
}

function fromPyenv(): string[] {
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  if (!existsSync(versions)) return [];
  return readdirSync(versions).map((version) => join(versions, version, 'bin', 'python'));
}

function onPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => existsSync(folder));
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^python3\.\d+t?$/.test(name))
      .map((name) => join(folder, name)),
  );
}

const question = 'import sys; print(sys.implementation.name, sys.version.split()[0], "t" in getattr(sys, "abiflags", ""), sys.executable)';

function probed(executable: string): Interpreter | undefined {
  try {
    const answer = execFileSync(executable, ['-c', question], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 10_000 });
    const [implementation, version, freeThreaded] = answer.trim().split(' ');
    if (implementation !== 'cpython' || version === undefined || !version.startsWith('3.')) return undefined;
    const threading = freeThreaded === 'True';
    return { label: `${version}${threading ? 't' : ''}`, minor: Number(version.split('.')[1]), freeThreaded: threading, executable };
  } catch {
    // A broken link or a shim without its version: not an interpreter at hand.
    return undefined;
  }
}
