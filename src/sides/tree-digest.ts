import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gitIn } from './git.ts';
import { headCommit } from './head.ts';

/** Bytes from which a file that git does not know is told by its size and its time: a data set is not read at each start. */
const largestRead = 64 * 2 ** 20;

/**
 * A digest of the code in a checkout: its commit, what tracked files differ from it in, and every file that git neither
 * knows nor ignores. Equal digests mean equal code, but for what git does not see; null outside a checkout, or where git
 * cannot say.
 *
 * @param isWritten whether an absolute path is of a file that this program itself writes
 */
export async function treeDigest(folder: string, isWritten: (path: string) => boolean = () => false): Promise<string | null> {
  const git = gitIn(folder);
  const commit = await headCommit(folder);
  const root = await git(['rev-parse', '--show-toplevel']);
  const changes = await git(['diff', '--no-ext-diff', '--no-textconv', '--binary', 'HEAD']);
  const unknown = await git(['ls-files', '-z', '--others', '--exclude-standard', '--full-name', '--', ':/']);
  if (commit === null || !root.ok || !changes.ok || !unknown.ok) return null;
  const hash = createHash('sha256').update(`${commit}\n${changes.stdout}\n`);
  for (const name of unknown.stdout.split('\0').filter((each) => each !== '')) {
    const path = join(root.stdout, name);
    if (isWritten(path)) continue;
    hash.update(`${JSON.stringify(name)}\n`);
    await addFile(hash, path);
  }
  return hash.digest('hex');
}

/** One that is gone by now, or may not be read, counts by its name. */
async function addFile(hash: Hash, path: string): Promise<void> {
  try {
    const found = await lstat(path);
    const { mode, size, mtimeMs } = found;
    hash.update(`${mode} ${size}\n`);
    if (found.isSymbolicLink()) hash.update(await readlink(path));
    else if (size > largestRead) hash.update(`${mtimeMs}`);
    else if (found.isFile()) for await (const part of createReadStream(path)) hash.update(part);
  } catch {
    hash.update('unreadable');
  }
}
