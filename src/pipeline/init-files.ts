import { lstat, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomically, writeSibling } from '../baseline/atomic-file.ts';
import type { InitFile } from '../config/init-workflow.ts';
import { UserError } from '../model/user-error.ts';

/**
 * Refuses to write where something else is in the way.
 *
 * @param root absolute path of the top of the repository
 * @param force whether a file that is there may be written over; a folder or a link never is
 * @throws UserError that names everything that is in the way
 */
export async function refuseObstacles(root: string, files: readonly InitFile[], force: boolean): Promise<void> {
  for (const folder of foldersOf(files)) {
    const found = await lstat(join(root, folder)).catch(absent);
    if (found === null || found.isDirectory()) continue;
    throw new UserError(`${folder} is there and is no folder.`, 'Move it out of the way; nothing was written.');
  }
  const found = await Promise.all(files.map(async ({ path }) => ({ path, entry: await lstat(join(root, path)).catch(absent) })));
  const there = found.flatMap(({ path, entry }) => (entry === null ? [] : [{ path, isFile: entry.isFile() }]));
  const strange = there.filter(({ isFile }) => !isFile);
  if (strange.length > 0) {
    throw new UserError(`${namesOf(strange)} and is no regular file.`, 'Move it out of the way; nothing was written.');
  }
  if (there.length === 0 || force) return;
  throw new UserError(
    `${namesOf(there)}, and a file is not written over unasked.`,
    'Look at what would be written with --force --dry-run, then add --force, or edit by hand; nothing was written.',
  );
}

function namesOf(there: readonly { readonly path: string }[]): string {
  return `${there.map(({ path }) => path).join(' and ')} ${there.length === 1 ? 'is' : 'are'} there`;
}

/** Every folder that the files need, outer ones first. */
function foldersOf(files: readonly InitFile[]): readonly string[] {
  const folders = files.flatMap(({ path }) => {
    const parts = dirname(path).split('/');
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return [...new Set(folders)];
}

/** Writes all files or none: each is complete beside its place before the first one takes it, and a fault puts back what was there. */
export async function writeTogether(root: string, files: readonly InitFile[]): Promise<void> {
  const ready: { readonly target: string; readonly sibling: string; readonly former: Buffer | null }[] = [];
  let placed = 0;
  try {
    for (const { path, text } of files) {
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true });
      const former = await readFile(target).catch(absent);
      ready.push({ target, former, sibling: await writeSibling(target, text) });
    }
    for (const { sibling, target } of ready) {
      await rename(sibling, target);
      placed += 1;
    }
  } catch (error) {
    for (const { target, former } of ready.slice(0, placed)) {
      await (former === null ? rm(target) : writeAtomically(target, former));
    }
    for (const { sibling } of ready.slice(placed)) await rm(sibling, { force: true });
    throw new UserError(
      `The files cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
      'Check the permissions of the folder; nothing was changed.',
    );
  }
}

function absent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
