import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { machineFault } from '../model/machine-fault.ts';

/**
 * Writes a file so that a reader sees the old content or the new one, never a part: a sibling is written, flushed to
 * the disk and renamed over the target, and the folder is flushed, so that a power cut does not take it back either. Creates
 * missing folders. On failure the old file is untouched.
 *
 * @throws UserError where the machine does not let it, as with a full disk
 */
export async function writeAtomically(path: string, content: string | Buffer): Promise<void> {
  try {
    await replace(path, content);
  } catch (error) {
    throw machineFault(error, `${path} cannot be written`) ?? error;
  }
}

async function replace(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const sibling = await writeSibling(path, content);
  try {
    await rename(sibling, path);
  } catch (error) {
    await rm(sibling, { force: true });
    throw error;
  }
  await flushFolder(dirname(path));
}

/** Has the names in a folder reach the disk; where the system flushes no folders, as Windows, it does so by itself. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Writes a new file beside the one it shall take the place of, flushed to the disk, and returns its path. */
export async function writeSibling(path: string, content: string | Buffer): Promise<string> {
  const sibling = `${path}.${randomUUID()}${siblingEnding}`;
  try {
    const file = await open(sibling, 'wx');
    try {
      await file.writeFile(content, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    return sibling;
  } catch (error) {
    await rm(sibling, { force: true });
    throw error;
  }
}

/** Seconds after which a draft is left over: writing one takes a moment. */
const draftSeconds = 60;

/** Removes the drafts in a folder that were left by processes that died; returns their names. */
export async function removeLeftSiblings(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => siblingName.test(name));
  const removed: string[] = [];
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found === null || Date.now() - found.mtimeMs < draftSeconds * 1000) continue;
    await rm(join(folder, name), { force: true });
    removed.push(name);
  }
  return removed;
}

/** What the name of a file ends with that has not taken its place yet. */
export const siblingEnding = '.tmp';

const siblingName = /\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;
