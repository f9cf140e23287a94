/** Text by file name. */
export type Files = ReadonlyMap<string, string>;

/** What becomes of files, by name: a new text, or null to remove one. */
export type FileChanges = ReadonlyMap<string, string | null>;

/** A medium of named texts that are changed together: a folder, or a branch. */
export interface BaselineFiles {
  /** Where this is, as the object of a sentence: "the branch concurrency-baselines". */
  readonly where: string;
  /** Names of all files, sorted. Empty where the medium does not exist yet. */
  list(): Promise<readonly string[]>;
  /** The named files that exist, all of one moment. */
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
