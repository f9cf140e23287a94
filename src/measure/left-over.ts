import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { holdsFolder, processIds, variableOf } from './process-table.ts';
import { isOfDeadProcess } from './program-process.ts';
import { markerVariable } from './worker-environment.ts';

/** The file by which a temporary folder says whose it is. */
export const ownerFile = 'owner';

/** What temporary folders of this program are called; others may be called so too, but have no such file. */
const folderName = /^(?:concurrency-regressions|base|sides)-\w{6}$/;

/** How long killed processes may take to be gone, milliseconds. */
const patienceMilliseconds = 1000;

/**
 * Temporary folders of processes of this program that are gone, absolute. Anybody may make a folder of that name there, and
 * swap what is in it: only those of this user count.
 */
export function leftOverFolders(temporary: string, user = process.getuid?.()): readonly string[] {
  return namesIn(temporary)
    .filter((name) => folderName.test(name))
    .map((name) => join(temporary, name))
    .filter((folder) => isOfUser(folder, user) && isOfDeadProcess(ownerOf(folder)));
}

/**
 * Kills what samples have left running whose program was killed: processes with the marker of one that is gone, and those
 * that work in its folders. Returns the ids.
 */
export async function endLeftOver(folders: readonly string[]): Promise<readonly number[]> {
  const ended = new Set<number>();
  const deadline = performance.now() + patienceMilliseconds;
  for (let left = leftOverProcesses(folders); left.length > 0; left = leftOverProcesses(folders)) {
    for (const id of left) kill(id, ended);
    if (performance.now() > deadline) break;
    await delay(10);
  }
  return [...ended];
}

function leftOverProcesses(folders: readonly string[]): readonly number[] {
  const isLeft = (id: number) => {
    const marker = variableOf(id, markerVariable);
    return (marker !== null && isOfDeadProcess(marker)) || folders.some((folder) => holdsFolder(id, folder));
  };
  return processIds().filter((id) => id !== process.pid && isLeft(id));
}

function kill(id: number, ended: Set<number>): void {
  try {
    process.kill(id, 'SIGKILL');
    ended.add(id);
  } catch {
    // Gone already, or not ours to kill.
  }
}

/** Whether it is a folder of a user, and no link to one. True for every folder where the system has no users. */
function isOfUser(folder: string, user: number | undefined): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && (user === undefined || found.uid === user);
}

function ownerOf(folder: string): string {
  const path = join(folder, ownerFile);
  try {
    return lstatSync(path).isFile() ? readFileSync(path, 'latin1').slice(0, 100) : '';
  } catch {
    return '';
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
