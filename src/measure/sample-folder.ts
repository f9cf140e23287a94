import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { ownerFile } from './left-over.ts';
import { ownerTag } from './program-process.ts';

/** The folder of one sample: the worker's home in it, and the file its output goes to. */
export interface SampleFolder {
  /** Real path, for this sample alone. */
  readonly path: string;
  /** Its inode, by which it is known again. */
  readonly inode: number;
  /** Empty folder: home, temporary and current folder of the worker. */
  readonly home: string;
  /** Descriptor of the output file, open for appending and reading. */
  readonly output: number;
}

/** Makes the folder of one sample below `parent`. */
export function makeSampleFolder(parent: string): SampleFolder {
  const path = realpathSync(mkdtempSync(join(parent, 'concurrency-regressions-')));
  const home = join(path, 'home');
  mkdirSync(home);
  // By it the next run knows what is left over when this program is killed.
  writeFileSync(join(path, ownerFile), ownerTag());
  // Appending, so that stdout and stderr, and whoever inherits them, never overwrite each other.
  const output = openSync(join(path, 'output'), constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL, 0o600);
  return { path, inode: lstatSync(path).ino, home, output };
}

/** Makes every folder below `path` writable again; follows no link. */
function unlock(path: string): void {
  chmodSync(path, 0o700);
  for (const entry of readdirSync(path, { withFileTypes: true })) if (entry.isDirectory()) unlock(join(path, entry.name));
}

/**
 * Closes and removes it all, also what the worker locked. Returns why it could not be removed, or null. A link in its place
 * goes without what it points to, and another folder is left alone.
 */
export async function removeSampleFolder(folder: SampleFolder): Promise<string | null> {
  closeSync(folder.output);
  const found = lstatSync(folder.path, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (found.isDirectory() && found.ino !== folder.inode) return `another folder is where ${folder.path} was`;
  try {
    if (found.isDirectory()) unlock(folder.path);
    await rm(folder.path, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
    return null;
  } catch (error) {
    return removeDeep(folder.path, error);
  }
}

/** Paths that are longer than the system takes in one piece are removed step by step by the program that knows how to. */
async function removeDeep(path: string, error: unknown): Promise<string | null> {
  const reason = error instanceof Error ? error.message : String(error);
  if (!reason.includes('ENAMETOOLONG')) return reason;
  const removed = await execa('rm', ['-rf', '--', path], { reject: false, stdio: 'ignore' });
  return removed.exitCode === 0 ? null : reason;
}
