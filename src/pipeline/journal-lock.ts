import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type HeldLock, type LockPatience, withLock } from '../baseline/folder-lock.ts';
import { machineFault } from '../model/machine-fault.ts';

/** A run takes as long as it takes: a lock that is held is not waited for, but for the moment in which a dead one is removed. */
const patience: LockPatience = { wait: 1000, stale: 60_000 };

/**
 * Does `work` as the only process that reads, continues and writes this journal, from the first look at it to its end. The
 * lock beside it gives signs of life, which reach a process in another container too.
 *
 * @throws UserError where another process has it, or no file can be made there
 */
export async function withJournal<T>(path: string, work: (lock: HeldLock) => Promise<T>, within = patience): Promise<T> {
  const lock = `${path}.lock`;
  let isHeld = false;
  try {
    await mkdir(dirname(lock), { recursive: true });
    return await withLock(
      lock,
      (held) => {
        isHeld = true;
        return work(held);
      },
      within,
    );
  } catch (error) {
    throw isHeld ? error : (machineFault(error, `${path} cannot be written`) ?? error);
  }
}
