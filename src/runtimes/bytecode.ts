import { probeEnvironment } from './child-environment.ts';
import { runChild } from './child-process.ts';
import type { Surroundings } from './interpreter.ts';

/** A tree to compile for one interpreter. */
export interface BytecodeRequest {
  /** Absolute path of the tree. */
  readonly tree: string;
  /** Absolute path of the interpreter that will import from it. */
  readonly executable: string;
  /** Variables the interpreter needs to start. */
  readonly environment: Readonly<Record<string, string>>;
  readonly env: Surroundings['env'];
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT = 300;

/** Folders whose files nobody imports from a workload, at any depth below the tree, which is `.` here. */
const LEFT_OUT = String.raw`^\./(?:.*/)?(?:\.git|\.hg|\.venv|venv|\.tox|\.nox|node_modules|\.concurrency-regressions)/`;

/**
 * Compiles the Python files of a tree into `__pycache__`, as importing them would, so that no measured process of one side
 * does it for the others. A file that does not compile, such as one of another Python version, and a tree that cannot be
 * written to cost nothing but that. Returns why nothing could be compiled, or null.
 */
export async function compileBytecode({ tree, executable, environment, env, signal }: BytecodeRequest): Promise<string | null> {
  const args = ['-I', '-m', 'compileall', '-qq', '-j', '0', '-x', LEFT_OUT, '.'];
  const outcome = await runChild(executable, args, { env: probeEnvironment(env, environment), cwd: tree, timeout: TIMEOUT, signal });
  // Exit code 1 says that there were files that do not compile.
  return outcome.ok || outcome.fault === 'ended with exit code 1' ? null : `The bytecode of ${tree} is not compiled: it ${outcome.fault}.`;
}
