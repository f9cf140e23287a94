import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** How orphans are waited for. */
export interface OrphanOptions {
  /** Called once, when there are some. */
  readonly onWait?: ((pids: readonly number[]) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Seconds between two looks. */
const POLL = 0.2;
/** Seconds after which they are left alone: as long as an installation may take. */
const PATIENCE = 600;

/**
 * Waits until no process works on an environment any more. A run that is killed cannot end its installer, which would go
 * on to write into what its successor makes. It is told by the path of the environment among its arguments, where the
 * system shows them; elsewhere nothing is waited for.
 *
 * @throws the signal's reason when it aborts
 */
export async function waitForOrphans(folder: string, { onWait, signal }: OrphanOptions = {}): Promise<void> {
  const until = performance.now() + PATIENCE * 1000;
  for (let told = false; performance.now() < until; told = true) {
    const pids = await processesNaming(folder);
    if (pids.length === 0) return;
    if (!told) onWait?.(pids);
    await sleep(POLL * 1000, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

async function processesNaming(folder: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const named = await Promise.all(pids.filter((pid) => pid !== process.pid).map((pid) => names(pid, folder)));
  return named.flatMap((pid) => pid ?? []);
}

async function names(pid: number, folder: string): Promise<number | undefined> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const found = commandLine.split('\0').some((argument) => argument === folder || argument.startsWith(`${folder}/`));
  return found ? pid : undefined;
}
