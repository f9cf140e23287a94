import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runtimeId, runtimeLabel } from '../model/runtime.ts';
import type { SideName } from '../model/sample-pair.ts';
import { installEnvironment } from './child-environment.ts';
import { type ChildOutcome, runChild } from './child-process.ts';
import { environmentLock } from './environment.ts';
import { withLock } from './environment-lock.ts';
import { type InstalledPackages, installedPackages, knownPackages } from './installed-packages.ts';
import type { Surroundings } from './interpreter.ts';
import { printable } from './printable.ts';
import { providePip } from './project-install-pip.ts';
import type { ProvisionedRuntime } from './provision.ts';

/** The user's command that brings a project into an environment. */
export interface ProjectInstallRequest {
  /** Shell lines: "pip install .", or several, of which the first that fails ends it. */
  readonly command: string;
  readonly side: SideName;
  /** Absolute path of the working directory of the side's tree. */
  readonly tree: string;
  readonly runtime: ProvisionedRuntime;
  /** The caller's environment; what pip and uv need of it is passed on, and no token. */
  readonly env: Surroundings['env'];
  /** Ten minutes unless given. */
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What became of it. */
export type ProjectInstallResult =
  | {
      readonly ok: true;
      /** Everything in the environment: versions by normalised name. */
      readonly packages: Readonly<Record<string, string>>;
      /** The runtime as it is now: the command may have moved uvloop or what else it is known by, and with it its id. */
      readonly runtime: ProvisionedRuntime;
    }
  | {
      readonly ok: false;
      /** Which command failed on which side, and how it ended, one sentence. */
      readonly complaint: string;
      readonly remedy: string;
      /** The last lines it printed, without control characters; empty when it printed nothing. */
      readonly output: string;
    };

const TIMEOUT = 600;
/** Lines and bytes kept of what the command prints. */
const TAIL_LINES = 20;
const TAIL_BYTES = 8192;

/**
 * Output goes into a file: of ten minutes of a build only the end is of interest, and whatever the command leaves running
 * must not hold the pipe. bash where it is, as in the steps of a workflow; -e for the same reason.
 */
const SHELL = `shell=$(command -v bash) || shell=/bin/sh
exec "$shell" -e -c -- "$2" >"$1" 2>&1`;

/**
 * Runs the command in the tree, with the environment's commands first on PATH. It runs every time: an environment that is
 * reused holds what an earlier tree has put into it, and a tree may have built files of its own that are gone in a fresh
 * one. Two runs never install into one environment at the same time. Faults of the command are values; only an abort throws.
 */
export function installProject(request: ProjectInstallRequest): Promise<ProjectInstallResult> {
  return withLock(environmentLock(request.runtime.folder), { signal: request.signal }, () => installAlone(request));
}

async function installAlone(request: ProjectInstallRequest): Promise<ProjectInstallResult> {
  const env = projectEnvironment(request);
  await providePip(request.runtime, { env, signal: request.signal });
  const folder = await mkdtemp(join(tmpdir(), 'install-'));
  try {
    const log = join(folder, 'output');
    const outcome = await runChild('/bin/sh', ['-c', SHELL, 'install', log, request.command], {
      env,
      cwd: request.tree,
      timeout: request.timeoutSeconds ?? TIMEOUT,
      signal: request.signal,
    });
    return outcome.ok ? await installed(request, log) : failed(request, outcome.fault, await tail(log, outcome));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a virtual environment that is activated looks like, to pip, uv and the commands in it. */
function projectEnvironment({ runtime: { folder, environment }, env }: ProjectInstallRequest): Record<string, string> {
  return installEnvironment(env, {
    ...environment,
    PATH: [join(folder, 'bin'), env['PATH'] ?? ''].filter((path) => path !== '').join(delimiter),
    VIRTUAL_ENV: folder,
    // `uv sync` would make an environment of its own in the tree, and uv compiles nothing unless it is told.
    UV_PROJECT_ENVIRONMENT: folder,
    UV_COMPILE_BYTECODE: '1',
    // A pip of elsewhere on PATH would install into its own interpreter.
    PIP_REQUIRE_VIRTUALENV: '1',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_NO_INPUT: '1',
  });
}

async function installed(request: ProjectInstallRequest, log: string): Promise<ProjectInstallResult> {
  const { runtime, env, signal } = request;
  const packages = await installedPackages(runtime.executable, { env, environment: runtime.environment, signal });
  if (packages === undefined) return failed(request, 'left an environment whose packages cannot be listed', await tail(log));
  return { ok: true, packages: packages.versions, runtime: asItIsNow(runtime, packages) };
}

function asItIsNow(provisioned: ProvisionedRuntime, packages: InstalledPackages): ProvisionedRuntime {
  const { runtime } = provisioned;
  const known = new Set([...Object.keys(runtime.packages), 'uvloop']);
  const now = { ...runtime, ...knownPackages(packages, known) };
  return { ...provisioned, runtime: { ...now, id: runtimeId(now) } };
}

function failed({ command, side, runtime }: ProjectInstallRequest, fault: string, output: string): ProjectInstallResult {
  return {
    ok: false,
    complaint: `The option "install" (${printable(command)}) ${fault} in the ${side} tree on Python ${runtimeLabel(runtime.runtime)}.`,
    remedy:
      side === 'base'
        ? 'Give a command that works on the base commit, too; until then nothing can be compared with it.'
        : 'Correct the command or the project; try it in a fresh virtual environment.',
    output,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
const CONTROL = /\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;
const URL_CREDENTIALS = /(:\/\/)[^/@\s]+@/g;

/** The last lines of the log; of the shell itself when it did not come so far as to write one. */
async function tail(log: string, outcome?: ChildOutcome & { readonly ok: false }): Promise<string> {
  const text = await lastBytes(log).catch(() => outcome?.output ?? '');
  const lines = text.replaceAll('\r\n', '\n').replace(CONTROL, '').replace(URL_CREDENTIALS, '$1***@').trim().split('\n');
  return lines.slice(-TAIL_LINES).join('\n');
}

async function lastBytes(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: size - length });
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
