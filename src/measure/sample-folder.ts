import { chmodSync, closeSync, constants, mkdirSync, mkdtempSync, openSync, readdirSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of one sample: the worker's home in it, and the file its output goes to. */
export interface SampleFolder {
  /** Real path, for this sample alone. */
  readonly path: string;
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
  // Appending, so that stdout and stderr, and whoever inherits them, never overwrite each other.
  const output = openSync(join(path, 'output'), constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL, 0o600);
  return { path, home, output };
}

/** Makes every folder below `path` writable again; follows no link. */
function unlock(path: string): void {
  chmodSync(path, 0o700);
  for (const entry of readdirSync(path, { withFileTypes: true })) if (entry.isDirectory()) unlock(join(path, entry.name));
}

/** Closes and removes it all, also what the worker locked. Returns why it could not be removed, or null. */
export async function removeSampleFolder(folder: SampleFolder): Promise<string | null> {
  closeSync(folder.output);
  try {
    unlock(folder.path);
    await rm(folder.path, { recursive: true, force: true, maxRetries: 3, retryDelay: 20 });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
