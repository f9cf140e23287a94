import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The worker's folder. */
export const workerFolder = join(import.meta.dirname, '..', 'workloads', 'worker');

/** One protocol line. */
export type Line = Readonly<Record<string, unknown>>;

/** What a worker wrote: its protocol lines, its standard error and its exit code (null when a signal ended it). */
export interface Written {
  readonly lines: readonly Line[];
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** Seconds after which a worker of a test is killed; the longest ones need about two on a quiet machine. */
const killAfterSeconds = 40;

/** Starts the worker in an empty folder with the environment that measured processes get, and reads it to its end. */
export async function runWorker(
  python: string,
  workload: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Written> {
  const folder = mkdtempSync(join(tmpdir(), 'worker-test-'));
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    TMPDIR: folder,
    PYTHONPATH: `${dirname(workload)}:${workerFolder}`,
    ...environment,
  };
  try {
    return await conversation(
      python,
      ['-s', '-X', 'faulthandler', workerFolder, ...args, '--workload', workload, '--fd', '3'],
      folder,
      env,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function conversation(python: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Written> {
  const child = spawn(python, args, { cwd, env, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const protocol: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdio[3]?.on('data', (chunk: Buffer) => protocol.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const timer = setTimeout(() => killGroup(child.pid), killAfterSeconds * 1000);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ lines: linesOf(Buffer.concat(protocol)), stderr: Buffer.concat(stderr).toString(), exitCode });
    });
  });
}

function linesOf(protocol: Buffer): Line[] {
  const text = protocol.toString().trimEnd();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as Line);
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
