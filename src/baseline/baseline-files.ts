import { UserError } from '../model/user-error.ts';

/** Text by file name. */
export type Files = ReadonlyMap<string, string>;

/** What becomes of files, by name: a new text, or null to remove one. */
export type FileChanges = ReadonlyMap<string, string | null>;

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
   * `edit` is applied anew to what is there then; it must therefore depend on its argument alone. No change, no write.
   *
   * @param summary what is done, as one line: the message of a commit
   * @throws UserError when it could not be written; nothing was, then
   */
  change(summary: string, names: readonly string[], edit: (now: Files) => FileChanges): Promise<void>;
}
