import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeLeftSiblings } from '../baseline/atomic-file.ts';
import { endLeftOver, leftOverFolders } from '../measure/left-over.ts';
import { removeLeftTree } from '../sides/base-tree.ts';
import type { Progress } from '../terminal/progress.ts';
import { stateFolder } from './surroundings.ts';

/**
 * Takes away what runs have left that were killed, on this machine and by this user: processes of samples, temporary
 * folders, trees of the base, and drafts of files beside the project. Says what it was.
 *
 * @param project absolute path of the working directory
 */
export async function sweepLeftOver(project: string, progress: Progress): Promise<void> {
  const folders = leftOverFolders(tmpdir());
  const ended = await endLeftOver(folders);
  for (const folder of folders) {
    await removeLeftTree(project, folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 }).catch((error: unknown) => {
      progress.note(`${folder} of a run that was killed cannot be removed: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  const drafts = await removeLeftSiblings(join(project, stateFolder));
  const found = [
    ...countText(ended.length, 'process', 'processes'),
    ...countText(folders.length, 'temporary folder', 'temporary folders'),
    ...countText(drafts.length, 'draft', 'drafts'),
  ];
  if (found.length > 0) progress.note(`Took away ${found.join(', ')} of runs that were killed`);
}

function countText(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}
