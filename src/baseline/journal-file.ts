import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Journal, JournalEntry, JournalHeader } from '../model/journal.ts';
import { UserError } from '../model/user-error.ts';
import { readBounded } from './bounded-file.ts';
import { journalLine, lineObject } from './journal-line.ts';
import { withoutRepeats } from './journal-repeats.ts';
import { entryDocument, headerDocument, readEntry, readHeader } from './journal-schema.ts';
import { jsonLine } from './json-text.ts';
import { largestResultsFile } from './results-file.ts';

/** What the name of a journal ends with: it lies beside the results file that it becomes. */
export const journalEnding = '.journal';

/** What the name of one ends with that nobody goes on with. */
export const asideEnding = `${journalEnding}.old`;

/** Most lines of a journal that is read, each a process at the least: more than a run of a day starts. */
const mostLines = 300_000;

/** The journal of a results file. */
export function journalPathOf(resultsPath: string): string {
  return `${resultsPath}${journalEnding}`;
}

/** A journal that is being written. */
export interface JournalWriter {
  /** Adds one line in one write; what a process has written stays when it is killed. Throws like the system call. */
  append(entry: JournalEntry): void;
  close(): void;
}

/** Begins a journal; throws where there is a file of that name. */
export function beginJournal(path: string, header: JournalHeader): JournalWriter {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'ax', 0o644);
  try {
    writeLine(file, jsonLine(headerDocument(header)));
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
  return writerTo(file);
}

/** Goes on with a journal. A last line that was torn is ended first, so that it costs itself alone. */
export function continueJournal(path: string): JournalWriter {
  const isTorn = !readFileSync(path).subarray(-1).equals(Buffer.from('\n'));
  const file = openSync(path, 'a');
  if (isTorn) writeSync(file, '\n');
  return writerTo(file);
}

function writerTo(file: number): JournalWriter {
  return {
    append: (entry) => writeLine(file, jsonLine(entryDocument(entry))),
    close: () => closeSync(file),
  };
}

/** In one write, unless the disk takes only a part: the next one says why. */
function writeLine(file: number, object: string): void {
  const line = Buffer.from(journalLine(object));
  for (let written = 0; written < line.length; ) written += writeSync(file, line, written);
}

/**
 * Reads a journal. Lines that are torn or damaged cost themselves alone.
 *
 * @returns null where there is none or can be none, and for one that was killed before its first line was whole
 * @throws UserError for a file that cannot be read, or is no journal of this version
 */
export async function readJournal(path: string): Promise<Journal | null> {
  const bytes = await readBounded(path, largestResultsFile).catch((error: unknown) => {
    // Below a file there is nothing; that is told where something is to be written there.
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return null;
    throw new UserError(`${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`, remedy);
  });
  if (bytes === null) return null;
  const [first = '', ...lines] = bytes.toString('utf8').split('\n');
  const object = lineObject(first);
  if (object === null && lines.length === 0) return null;
  const header = object === null ? { ok: false as const, reason: 'Its first line is damaged.' } : readHeader(object);
  if (!header.ok) throw new UserError(`${path} cannot be read. ${header.reason}`, remedy);
  const written = lines.filter((line) => line !== '');
  if (written.length > mostLines) throw new UserError(`${path} has ${written.length} lines, and at most ${mostLines} are read.`, remedy);
  const whole = written.map(entryOf).filter((entry) => entry !== null);
  const entries = withoutRepeats(whole);
  const lost = { torn: written.length - whole.length, repeated: whole.length - entries.length };
  return { header: header.value, entries, ...lost, writtenAt: (await stat(path)).mtimeMs / 1000 };
}

const remedy = 'Remove it to start anew, or read it with the version of concurrency-regressions that wrote it.';

function entryOf(line: string): JournalEntry | null {
  const object = lineObject(line);
  const read = object === null ? null : readEntry(object);
  return read?.ok === true ? read.value : null;
}

/** Puts a journal that nobody goes on with out of the way; returns where. The one that was put there before is gone then. */
export async function setAside(path: string): Promise<string> {
  const aside = `${path.slice(0, -journalEnding.length)}${asideEnding}`;
  await rename(path, aside);
  return aside;
}
