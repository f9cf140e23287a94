import { join } from 'node:path';
import { installEnvironment } from './child-environment.ts';
import { type ChildOutcome, runChild } from './child-process.ts';
import { type RunWith, type VersionAnswer, type VersionQuery, versionsByPip, versionsByUv } from './index-versions.ts';
import type { Interpreter } from './interpreter.ts';
import { findUv, type UvOptions } from './uv.ts';

/** What makes environments and puts packages into them. Its methods report faults as values and throw only on abort. */
export interface Installer {
  readonly name: 'uv' | 'pip';
  /** Makes an environment of the interpreter in a folder that does not exist yet. */
  create(interpreter: Interpreter, folder: string): Promise<ChildOutcome>;
  /** Installs requirements from wheels only: building from source would measure the compiler of the machine. */
  install(request: InstallRequest): Promise<ChildOutcome>;
  /** Asks the configured index which minor versions of a package there are. */
  versions(query: VersionQuery): Promise<VersionAnswer>;
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

const CREATE_TIMEOUT = 120;
const INSTALL_TIMEOUT = 600;
const QUERY_TIMEOUT = 60;

/** Takes uv when it is given or on PATH and starts, for its speed; otherwise the interpreter's own venv and pip. */
export async function chooseInstaller(options: UvOptions): Promise<Installer> {
  const uv = await findUv(options);
  return uv === undefined ? pipInstaller(options) : uvInstaller(uv, options);
}

/** The interpreter of an environment. */
export function environmentExecutable(folder: string): string {
  return join(folder, 'bin', 'python');
}

function uvInstaller(uv: string, options: UvOptions): Installer {
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
    versions: (query) => versionsByUv(uv, query, querying(run)),
  };
}

function pipInstaller(options: UvOptions): Installer {
  const run = runner(options);
  return {
    name: 'pip',
    create: (interpreter, folder) => run(interpreter.realPath, ['-I', '-m', 'venv', folder], { interpreter, timeout: CREATE_TIMEOUT }),
    install: ({ interpreter, folder, requirements, upgrade }) => {
      const flags = ['--only-binary', ':all:', '--no-input', '--disable-pip-version-check', '--quiet'];
      const args = ['-I', '-m', 'pip', 'install', ...flags, ...(upgrade ? ['--upgrade'] : []), '--', ...requirements];
      return run(environmentExecutable(folder), args, { interpreter, timeout: INSTALL_TIMEOUT });
    },
    versions: (query) => versionsByPip(query, querying(run)),
  };
}

interface Run {
  readonly interpreter: Interpreter;
  readonly timeout: number;
}

function runner(options: UvOptions) {
  return (file: string, args: readonly string[], { interpreter, timeout }: Run): Promise<ChildOutcome> =>
    runChild(file, args, {
      env: installEnvironment(options.surroundings.env, interpreter.environment),
      cwd: options.surroundings.cwd,
      timeout,
      signal: options.signal,
    });
}

function querying(run: ReturnType<typeof runner>): RunWith {
  return (file, args, interpreter) => run(file, args, { interpreter, timeout: QUERY_TIMEOUT });
}
