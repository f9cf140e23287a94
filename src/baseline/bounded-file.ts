import { type FileHandle, open, stat } from 'node:fs/promises';

/**
 * Reads a file that is not trusted: a folder, a pipe, a device or more bytes than `largest` is refused before any is read.
 *
 * @returns null for one that does not exist
 * @throws Error that says why it cannot be read, as a clause
 */
export async function readBounded(path: string, largest: number): Promise<Buffer | null> {
  const before = await stat(path).catch((error: unknown) => (isAbsent(error) ? null : Promise.reject(error)));
  if (before === null) return null;
  if (!before.isFile()) throw new Error('it is no regular file');
  const file = await open(path, 'r');
  try {
    return await readWhole(file, largest);
  } finally {
    await file.close();
  }
}

async function readWhole(file: FileHandle, largest: number): Promise<Buffer> {
  const { size } = await file.stat();
  if (size > largest) throw new Error(`it has ${size} bytes, and at most ${largest} are read`);
  return file.readFile();
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
