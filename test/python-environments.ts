import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the tests keep one environment per interpreter between runs; ignored by git. */
const environmentsFolder = join(import.meta.dirname, '..', '.concurrency-regressions', 'test-environments');

/** Packages that workloads use when they are there; each is installed by itself, because many interpreters can have only one. */
export const optionalPackages = ['uvloop', 'aiohttp'];

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

/** Every CPython 3 at hand, one per version and build: listed ones first, then the tool cache's, pyenv's and those on PATH. Older ones than 3.9 too. */
export function interpretersAtHand(): Interpreter[] {
  const byLabel = new Map<string, Interpreter>();
  for (const executable of [...listed(), ...fromToolCache(process.env).usable, ...fromPyenv(), ...onPath()]) {
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

/** Executable of the newest one that has the interpreter lock: for what every version does alike. */
export function newestWithLock(interpreters: readonly Interpreter[]): string {
  return interpreters.findLast(({ freeThreaded }) => !freeThreaded)?.executable ?? 'python3';
}

/** Whether this is a runner of GitHub, where the workflow has installed every release that is required. */
export function isRunner(env: NodeJS.ProcessEnv): boolean {
  return env['CI'] === 'true' && env['GITHUB_ACTIONS'] === 'true';
}

/** Required releases, "3.9", that none of the interpreters has with the global lock. */
export function missingReleases(interpreters: readonly Pick<Interpreter, 'minor' | 'freeThreaded'>[]): string[] {
  const there = new Set(interpreters.filter(({ freeThreaded }) => !freeThreaded).map(({ minor }) => minor));
  return requiredMinors.filter((minor) => !there.has(minor)).map((minor) => `3.${minor}`);
}

/** An interpreter with the optional packages it can have. */
export interface TestEnvironment {
  readonly python: string;
  /** Why each optional package that is not in it is not, by name. */
  readonly missing: Readonly<Record<string, string>>;
}

/** The environment of an interpreter, made once and kept. What could not be installed is tried again each time. */
export async function environmentOf(interpreter: Interpreter): Promise<TestEnvironment> {
  const identity = createHash('sha256').update(interpreter.executable).digest('hex').slice(0, 8);
  const folder = join(environmentsFolder, `${interpreter.label}-${identity}`);
  const python = join(folder, 'bin', 'python');
  const record = join(folder, 'packages.json');
  const options = { env: { ...process.env, PYTHONDONTWRITEBYTECODE: '' }, timeout: 120_000 };
  if (!existsSync(record)) {
    try {
      await run(interpreter.executable, ['-m', 'venv', '--clear', folder], options);
    } catch (error) {
      // Some distributions split the venv module off; the interpreter itself still runs every workload that needs no package.
      const reason = `it has no environment: ${lastLine(error)}`;
      return { python: interpreter.executable, missing: Object.fromEntries(optionalPackages.map((name) => [name, reason])) };
    }
  }
  const installed = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as string[]) : [];
  const missing: Record<string, string> = {};
  for (const name of optionalPackages.filter((each) => !installed.includes(each))) {
    const reason = await whyNotInstalled(python, name, options);
    if (reason !== undefined) missing[name] = reason;
  }
  writeFileSync(record, JSON.stringify(optionalPackages.filter((name) => missing[name] === undefined)));
  return { python, missing };
}

async function whyNotInstalled(
  python: string,
  name: string,
  options: { env: NodeJS.ProcessEnv; timeout: number },
): Promise<string | undefined> {
  try {
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary', ':all:', name], options);
    return undefined;
  } catch (error) {
    return lastLine(error);
  }
}

function lastLine(error: unknown): string {
  const { stderr, stdout } = error as { stderr?: string; stdout?: string };
  return (stderr || stdout || String(error)).trim().split('\n').at(-1) ?? '';
}

function listed(): string[] {
  return (process.env['CONCURRENCY_REGRESSIONS_TEST_PYTHONS'] ?? '').split(delimiter).filter((path) => path !== '');
}

/** The interpreters of a runner's tool cache. */
interface ToolCache {
  readonly usable: string[];
  /** Paths of those that do not start as what their folder says, mostly because they need LD_LIBRARY_PATH. */
  readonly leftOut: string[];
}

/**
 * Looks into `$RUNNER_TOOL_CACHE/Python/<version>/x64*`. The tests give their processes no LD_LIBRARY_PATH, so that a
 * build that needs it to find its own library is left out: another installation's may be loaded in its place.
 */
export function fromToolCache(env: NodeJS.ProcessEnv): ToolCache {
  const root = join(env['RUNNER_TOOL_CACHE'] ?? '', 'Python');
  const found =
    env['RUNNER_TOOL_CACHE'] === undefined || !existsSync(root) ? [] : readdirSync(root).flatMap((version) => buildsOf(root, version));
  const isItself = ({ version, executable }: { version: string; executable: string }) => {
    const label = probed(executable, env)?.label.replace(/t$/, '');
    // The folder of a pre-release writes 3.15.0-rc.1 for what says 3.15.0rc1.
    return label === version.replace(/-(?:alpha|beta|rc)\.?/, (stage) => (stage.startsWith('-rc') ? 'rc' : (stage[1] ?? '')));
  };
  return {
    usable: found.filter(isItself).map(({ executable }) => executable),
    leftOut: found.filter((build) => !isItself(build)).map(({ executable }) => executable),
  };
}

function buildsOf(root: string, version: string): { version: string; executable: string }[] {
  if (!/^3\.\d/.test(version)) return [];
  const names = readdirSync(join(root, version)).filter((name) => name.startsWith('x64'));
  const executables = names.map((name) => join(root, version, name, 'bin', 'python')).filter((path) => existsSync(path));
  return executables.map((executable) => ({ version, executable }));
}

function withoutLibraryPath(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name !== 'LD_LIBRARY_PATH'));
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

function probed(executable: string, env: NodeJS.ProcessEnv = process.env): Interpreter | undefined {
  try {
    const answer = execFileSync(executable, ['-c', question], {
      encoding: 'utf8',
      env: withoutLibraryPath(env),
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    });
    const [implementation, version, freeThreaded] = answer.trim().split(' ');
    if (implementation !== 'cpython' || version === undefined || !version.startsWith('3.')) return undefined;
    const threading = freeThreaded === 'True';
    return { label: `${version}${threading ? 't' : ''}`, minor: Number(version.split('.')[1]), freeThreaded: threading, executable };
  } catch {
    // A broken link or a shim without its version: not an interpreter at hand.
    return undefined;
  }
}
