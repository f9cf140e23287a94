import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ownerTag } from '../../src/measure/program-process.ts';
import type { FaultyProject } from './faulty-project.ts';

/** A run of the bundled program that goes on. */
export interface Started {
  readonly pid: number;
  /** What its processes are marked with. */
  readonly tag: string;
  /** Exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  isOver(): boolean;
  kill(): void;
  /** What it said of its progress so far. */
  said(): string;
}

/** Starts the bundled program on a project; `before` are arguments of Node itself. */
export function startProgram(
  cli: string,
  { folder, temporary }: Pick<FaultyProject, 'folder' | 'temporary'>,
  args: readonly string[],
  before: readonly string[] = [],
): Started {
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(process.execPath, [...before, cli, ...args], { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const pid = child.pid ?? 0;
  return {
    ...{ pid, tag: ownerTag(pid) },
    ended: once(child, 'close').then(([code]) => code),
    isOver: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => child.kill('SIGKILL'),
    said: () => text,
  };
}

/** Waits for a run that nobody kills. Throws where it was refused: broken cells are what is expected, and no more. */
export async function orderlyEnd(run: Started): Promise<void> {
  const code = await run.ended;
  if (code !== 0 && code !== 1) throw new Error(`The program ended with ${code}: ${run.said().slice(-2000)}`);
}

/** Kills a run after some milliseconds, unless it is over before; whether it was killed. */
export async function killAfter(run: Started, milliseconds: number): Promise<boolean> {
  await Promise.race([run.ended, delay(milliseconds)]);
  const isKilled = !run.isOver();
  if (isKilled) run.kill();
  await run.ended;
  return isKilled;
}
