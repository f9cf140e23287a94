import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file so that a reader sees the old content or the new one, never a part: a sibling is written, flushed to
 * the disk and renamed over the target. Creates missing folders. On failure the old file is untouched.
 */
export async function writeAtomically(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const sibling = await writeSibling(path, content);
  try {
    await rename(sibling, path);
  } catch (error) {
    await rm(sibling, { force: true });
    throw error;
  }
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

/** What the name of a file ends with that has not taken its place yet. */
export const siblingEnding = '.tmp';
