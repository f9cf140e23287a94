import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../model/user-error.ts';
import { siblingEnding, writeSibling } from './atomic-file.ts';
import {
  type BaselineFiles,
  type FileChanges,
  type FileChoice,
  type FileEdit,
  type Files,
  namesOf,
  UnreadableFiles,
} from './baseline-files.ts';
import { readBounded } from './bounded-file.ts';
import { type HeldLock, withLock } from './folder-lock.ts';
import { bytesOf, textOf } from './lossless-text.ts';

/** Bytes of the largest file that is read: thirty times what a file of 300 cells has. */
export const largestBaselineFile = 64 * 2 ** 20;

const lockName = '.lock';

/**
 * The files of a folder, which is made when something is first written. Each file is read as of one moment; of several,
 * one may be of the next change already. Bytes that are no UTF-8 survive being read and written.
 */
export function folderFiles(folder: string): BaselineFiles {
  return {
    where: `the folder ${folder}`,
    list: () => namesIn(folder),
    read: (names) => readFiles(folder, names),
    change: async (_summary, choice, edit) => {
      await told(folder, () => changeFiles(folder, choice, edit));
      return [];
    },
  };
}

async function changeFiles(folder: string, choice: FileChoice, edit: FileEdit): Promise<void> {
  await mkdir(folder, { recursive: true });
  await withLock(join(folder, lockName), async (lock) => {
    const there = await namesIn(folder);
    const now = await readFiles(folder, namesOf(choice, there));
    const changes = edit(now, there);
    const unread = [...changes.keys()].filter((name) => !now.has(name));
    await writeFiles(folder, changed(new Map([...now, ...(await readFiles(folder, unread))]), changes), lock);
  });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => !name.startsWith('.') && !name.endsWith(siblingEnding)).toSorted();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw shut(folder, error);
  }
}

async function readFiles(folder: string, names: readonly string[]): Promise<Files> {
  const texts = new Map<string, string>();
  const unreadable = new Map<string, string>();
  for (const name of names) {
    const path = pathOf(folder, name);
    const bytes = await readBounded(path, largestBaselineFile).catch((error: unknown) => {
      unreadable.set(name, `${path} cannot be read: ${clauseOf(error)}.`);
      return null;
    });
    if (bytes !== null) texts.set(name, textOf(bytes));
  }
  if (unreadable.size === 0) return texts;
  await refuseShut(folder);
  throw new UnreadableFiles(unreadable, 'Repair, move or remove it; it stays as it is.');
}

/** What is in a folder that nobody may look into, or that is none, is not damaged. */
async function refuseShut(folder: string): Promise<void> {
  // The dot is looked up in the folder, as a file of it would be.
  await stat(`${folder}/.`).catch((error: unknown) => {
    throw shut(folder, error);
  });
}

function shut(folder: string, error: unknown): UserError {
  return new UserError(`The folder ${folder} cannot be read: ${clauseOf(error)}.`, 'Check baseline-path and who may read it.');
}

function changed(now: Files, changes: FileChanges): FileChanges {
  return new Map([...changes].filter(([name, text]) => text !== (now.get(name) ?? null)));
}

/** Everything is on the disk before the first file takes its place, so that a full disk changes nothing. */
async function writeFiles(folder: string, changes: FileChanges, lock: HeldLock): Promise<void> {
  if (changes.size === 0) return;
  await removeLeftovers(folder);
  const written: { readonly path: string; readonly sibling: string | null }[] = [];
  try {
    for (const [name, text] of changes) {
      const path = pathOf(folder, name);
      written.push({ path, sibling: text === null ? null : await writeSibling(path, bytesOf(text)) });
    }
    if (!(await lock.isHeld())) {
      throw new UserError(`Another process took the lock of ${folder} over, and nothing was written.`, 'Try again.');
    }
    for (const { path, sibling } of written) await (sibling === null ? rm(path, { force: true }) : rename(sibling, path));
  } finally {
    for (const { sibling } of written) if (sibling !== null) await rm(sibling, { force: true });
  }
}

/** Under the lock nobody else writes: what has not taken its place is of a process that died. */
async function removeLeftovers(folder: string): Promise<void> {
  const leftovers = (await readdir(folder)).filter((name) => /\.(?:jsonl|svg|html)\.[0-9a-f-]{36}\.tmp$/.test(name));
  for (const name of leftovers) await rm(join(folder, name), { force: true });
}

function pathOf(folder: string, name: string): string {
  if (/[/\\\0]|^\.*$/.test(name)) throw new RangeError(`${JSON.stringify(name)} is no name of a file`);
  return join(folder, name);
}

async function told(folder: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (error instanceof UserError || error instanceof RangeError) throw error;
    if (codeOf(error) === null) throw error;
    throw new UserError(
      `The folder ${folder} cannot be written: ${clauseOf(error)}.`,
      'Check baseline-path, who may write there, and the space left; nothing was changed.',
    );
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function clauseOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
