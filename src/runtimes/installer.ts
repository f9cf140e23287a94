import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { installEnvironment } from './child-environment.ts';
import { type ChildOutcome, runChild } from './child-process.ts';
import type { Interpreter, Surroundings } from './interpreter.ts';

/** What makes environments and puts packages into them. Both methods report faults as values and throw only on abort. */
export interface Installer {
  readonly name: 'uv' | 'pip';
  /** Makes an environment of the interpreter in a folder that does not exist yet. */
  create(interpreter: Interpreter, folder: string): Promise<ChildOutcome>;
  /** Installs requirements from wheels only: building from source would measure the compiler of the machine. */
  install(request: InstallRequest): Promise<ChildOutcome>;
}

/** Requirements to install together: none of them, unless all can be had beside each other. */
export interface InstallRequest {
  readonly interpreter: Interpreter;
  /** Absolute path of the environment. */
  readonly folder: string;
  readonly requirements: readonly string[];
  /** Whether the newest versions are wanted where older ones are installed that would do. */
  readonly upgrade: boolean;
}

/** How the installer is chosen and run. */
export interface InstallerOptions {
  readonly surroundings: Surroundings;
  /** Absolute path of uv; looked for on PATH unless given. */
  readonly uv?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const CREATE_TIMEOUT = 120;
const INSTALL_TIMEOUT = 600;
const VERSION_TIMEOUT = 20;

/** Takes uv when it is given or on PATH and starts, for its speed; otherwise the interpreter's own venv and pip. */
export async function chooseInstaller(options: InstallerOptions): Promise<Installer> {
  const uv = options.uv ?? (await findOnPath('uv', options.surroundings));
  return uv !== undefined && (await starts(uv, options)) ? uvInstaller(uv, options) : pipInstaller(options);
}

/** The interpreter of an environment. */
export function environmentExecutable(folder: string): string {
  return join(folder, 'bin', 'python');
}

function uvInstaller(uv: string, options: InstallerOptions): Installer {
  const run = runner(options);
  return {
    name: 'uv',
    create: (interpreter, folder) =>
      run(uv, ['venv', '--quiet', '--no-project', '--python', interpreter.realPath, folder], { interpreter, timeout: CREATE_TIMEOUT }),
    install: ({ interpreter, folder, requirements, upgrade }) => {
      const flags = ['--quiet', '--python', environmentExecutable(folder), '--only-binary', ':all:', '--compile-bytecode'];
      return run(uv, ['pip', 'install', ...flags, ...(upgrade ? ['--upgrade'] : []), '--', ...requirements], {
        interpreter,
        timeout: INSTALL_TIMEOUT,
      });
    },
  };
}

function pipInstaller(options: InstallerOptions): Installer {
  const run = runner(options);
  return {
    name: 'pip',
    create: (interpreter, folder) => run(interpreter.realPath, ['-I', '-m', 'venv', folder], { interpreter, timeout: CREATE_TIMEOUT }),
    install: ({ interpreter, folder, requirements, upgrade }) => {
      const flags = ['--only-binary', ':all:', '--no-input', '--disable-pip-version-check', '--quiet'];
      const args = ['-I', '-m', 'pip', 'install', ...flags, ...(upgrade ? ['--upgrade'] : []), '--', ...requirements];
      return run(environmentExecutable(folder), args, { interpreter, timeout: INSTALL_TIMEOUT });
    },
  };
}

interface Run {
  readonly interpreter: Interpreter;
  readonly timeout: number;
}

function runner(options: InstallerOptions) {
  return (file: string, args: readonly string[], { interpreter, timeout }: Run): Promise<ChildOutcome> =>
    runChild(file, args, {
      env: installEnvironment(options.surroundings.env, interpreter.environment),
      cwd: options.surroundings.cwd,
      timeout,
      signal: options.signal,
    });
}

async function starts(uv: string, options: InstallerOptions): Promise<boolean> {
  const env = installEnvironment(options.surroundings.env);
  const outcome = await runChild(uv, ['--version'], { env, timeout: VERSION_TIMEOUT, signal: options.signal });
  return outcome.ok && outcome.stdout.startsWith('uv ');
}

async function findOnPath(command: string, where: Surroundings): Promise<string | undefined> {
  for (const folder of (where.env['PATH'] ?? '').split(delimiter).filter(isAbsolute)) {
    const path = join(folder, command);
    const runnable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runnable) return path;
  }
  return undefined;
}
