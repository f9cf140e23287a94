import { execa } from 'execa';

/** How many children run at once: hosted runners have two to four cores, and each child keeps about one of them busy. */
export const CHILDREN_AT_ONCE = 2;

/** How a child is run. */
export interface ChildOptions {
  /** Its whole environment; nothing of this process's is added. */
  readonly env: Readonly<Record<string, string>>;
  /** Seconds after which it is killed with everything it started. */
  readonly timeout: number;
  /** Absolute path it runs in. */
  readonly cwd?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How a child ended. `fault` is the end of a sentence whose subject is the child: "did not answer within 20 s". */
export type ChildOutcome =
  | { readonly ok: true; readonly stdout: string; readonly stderr: string }
  | { readonly ok: false; readonly fault: string; readonly output: string };

/** Characters kept of each output stream; a child that prints more is killed. */
const MAX_OUTPUT = 1_000_000;
/** Seconds to wait for output after the child's exit: a grandchild in a session of its own may hold the pipe for ever. */
const OUTPUT_GRACE = 0.5;

/**
 * Runs a program with arguments (never a shell) in a process group of its own and waits for its end. Faults of the child
 * are values; only an abort throws, with the signal's reason, after the group has been killed.
 */
export async function runChild(file: string, args: readonly string[], options: ChildOptions): Promise<ChildOutcome> {
  options.signal?.throwIfAborted();
  const child = start(file, args, options);
  const kill = (): void => killGroup(child.pid);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, options.timeout * 1000);
  options.signal?.addEventListener('abort', kill, { once: true });
  // A group of its own also survives this process, unless it is told.
  process.once('exit', kill);
  try {
    const result = await child;
    options.signal?.throwIfAborted();
    return outcome(result, timedOut ? options.timeout : undefined);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', kill);
    process.removeListener('exit', kill);
    kill();
  }
}

function start(file: string, args: readonly string[], options: ChildOptions) {
  const child = execa(file, args, {
    env: options.env,
    extendEnv: false,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    // A group of its own, so that a timeout or an abort also ends what the child started.
    detached: true,
    stdin: 'ignore',
    maxBuffer: MAX_OUTPUT,
    killSignal: 'SIGKILL',
    reject: false,
  });
  child.nodeChildProcess.once('exit', () => {
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, OUTPUT_GRACE * 1000).unref();
  });
  return child;
}

interface RawResult {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly isMaxBuffer: boolean;
  readonly code?: string | undefined;
}

function outcome(result: RawResult, timeout: number | undefined): ChildOutcome {
  const output = `${result.stdout ?? ''}\n${result.stderr ?? ''}`;
  const failed = (fault: string): ChildOutcome => ({ ok: false, fault, output });
  if (timeout !== undefined) return failed(`did not answer within ${timeout} s`);
  if (result.isMaxBuffer) return failed(`printed more than ${MAX_OUTPUT} characters`);
  if (result.exitCode === 0) return { ok: true, stdout: result.stdout ?? '', stderr: result.stderr ?? '' };
  if (result.exitCode !== undefined) return failed(`ended with exit code ${result.exitCode}`);
  if (result.signal !== undefined) return failed(`was ended by ${result.signal}`);
  return failed(`could not be started (${result.code ?? 'unknown error'})`);
}

/** Kills the group of a child; a group that is gone already is what was wanted. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: every process of the group has ended.
  }
}
