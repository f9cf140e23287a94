import { UserError } from '../model/user-error.ts';
import type { Warning } from '../model/warning.ts';

/** Text by file name. */
export type Files = ReadonlyMap<string, string>;

/** What becomes of files, by name: a new text, or null to remove one. */
export type FileChanges = ReadonlyMap<string, string | null>;

/** Makes changes of the files that were asked for; `there` are the names of all that exist, sorted. */
export type FileEdit = (now: Files, there: readonly string[]) => FileChanges;

/** Names of files, or how to choose them among those that are there. */
export type FileChoice = readonly string[] | ((there: readonly string[]) => readonly string[]);

/** The names that are chosen, each of a file that is there or not. */
export function namesOf(choice: FileChoice, there: readonly string[]): readonly string[] {
  return typeof choice === 'function' ? choice(there) : choice;
}

/** What a medium that answers says of files whose content cannot be read: it costs these files alone. */
export class UnreadableFiles extends UserError {
  /** What is wrong with each, one sentence, by name; at least one. */
  readonly files: ReadonlyMap<string, string>;

  /** @param remedy what to do about any of them, one sentence */
  constructor(files: ReadonlyMap<string, string>, remedy: string) {
    super([...files.values()].join(' '), remedy);
    this.files = files;
  }
}

/**
 * A medium of named texts that are changed together: a folder, or a branch. One that does not answer is another UserError
 * than `UnreadableFiles`: nothing is known of any of its files then.
 */
export interface BaselineFiles {
  /** Where this is, as the object of a sentence: "the branch concurrency-baselines". */
  readonly where: string;
  /** Names of all files, sorted. Empty where the medium does not exist yet. */
  list(): Promise<readonly string[]>;
  /**
   * The named files that exist, all of one moment.
   *
   * @throws UnreadableFiles that names all of those whose content cannot be read
   */
  read(names: readonly string[]): Promise<Files>;
  /**
   * Applies `edit` to the named files and writes what it returns, all or nothing. When somebody else wrote in between,
   * `edit` is applied anew to what is there then; it must therefore depend on its arguments alone. No change, no write.
   * Besides the named files it may write charts, which hold nothing of their own.
   *
   * @param summary what is done, as one line: the message of a commit
   * @returns what is not as it should be although everything was written
   * @throws UserError when it could not be written; nothing was, then
   */
  change(summary: string, names: FileChoice, edit: FileEdit): Promise<readonly Warning[]>;
}
