import type { BuildProvenance } from '../model/runtime.ts';

/** Where an interpreter was found. The order is the order of preference among interpreters of one version. */
export const INTERPRETER_SOURCES = ['explicit path', 'tool cache', 'uv', 'pyenv', 'PATH'] as const;

/** Where an interpreter was found, in words. */
export type InterpreterSource = (typeof INTERPRETER_SOURCES)[number];

/** The machine as discovery and provisioning see it. Always an argument, so that nothing here reads the process's own. */
export interface Surroundings {
  /** Environment variables: PATH, RUNNER_TOOL_CACHE, UV_PYTHON_INSTALL_DIR, PYENV_ROOT, index and proxy settings. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the user's home folder, for `~/.pyenv` and paths that start with `~`. */
  readonly home: string;
  /** Absolute path that relative interpreter paths start from. */
  readonly cwd: string;
}

/** What an interpreter says about itself. */
export interface InterpreterFacts {
  /** Full version, "3.13.0" or "3.15.0rc1". */
  readonly version: string;
  /** "cpython", "pypy", …, in lower case. */
  readonly implementation: string;
  /** Whether the build has no global interpreter lock (sysconfig's Py_GIL_DISABLED). */
  readonly freeThreaded: boolean;
  /** First 8 hex digits of a SHA-256 over how it was built; equal for the same build in two folders. */
  readonly build: string;
  readonly provenance: BuildProvenance;
  /** Absolute path of the installation's interpreter, perhaps a link to it; never of a shim or of an environment made from it. */
  readonly executable: string;
  /** Absolute path of the installation. */
  readonly basePrefix: string;
  /** Whether `python -m venv` is there. */
  readonly venv: boolean;
  /** Whether `python -m venv` can put pip into an environment. */
  readonly ensurepip: boolean;
}

/** An interpreter that starts and says what it is. */
export interface Interpreter {
  readonly facts: InterpreterFacts;
  /** Absolute path with every symbolic link resolved: its identity on this machine. */
  readonly realPath: string;
  readonly source: InterpreterSource;
  /** Every path that led to it, explicit ones as they were written. */
  readonly names: readonly string[];
  /** Variables its processes need, such as LD_LIBRARY_PATH of a tool-cache build with a shared libpython. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A path that is no usable interpreter. */
export interface RefusedCandidate {
  /** The path, as written when it was explicit. */
  readonly name: string;
  readonly source: InterpreterSource;
  /** Why, as the end of a sentence whose subject is the path: "does not exist". */
  readonly reason: string;
}

/** One place that was searched. */
export interface SearchedPlace {
  readonly source: InterpreterSource;
  /** Where, and what kept it from being searched, as part of a sentence: "uv's /home/a/.local/share/uv/python (not there)". */
  readonly place: string;
}

/** Every interpreter at hand, and what looked like one and is none. */
export interface Discovery {
  /** Unique by real path, in order of preference of their sources. */
  readonly interpreters: readonly Interpreter[];
  readonly refused: readonly RefusedCandidate[];
  /** In order of preference. */
  readonly searched: readonly SearchedPlace[];
}

/** The version with a `t` for a free-threaded build, as requests write it: "3.13.0", "3.13.5t". */
export function interpreterLabel(interpreter: Interpreter): string {
  return interpreter.facts.freeThreaded ? `${interpreter.facts.version}t` : interpreter.facts.version;
}

/** Where it was looked, as a sentence with a space before it; empty when it was looked nowhere. */
export function lookedAt(searched: readonly SearchedPlace[]): string {
  return searched.length === 0 ? '' : ` Looked at: ${searched.map(({ place }) => place).join(', ')}.`;
}
