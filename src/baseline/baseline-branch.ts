/** A file of a branch. */
export interface BranchFile {
  /** Names its content. */
  readonly id: string;
  /** Bytes. */
  readonly size: number;
}

/** A branch at one moment. */
export interface BranchMoment {
  /** The commit it points at, or null where there is no such branch yet. */
  readonly commit: string | null;
  /** What is in the top folder, by name. */
  readonly files: ReadonlyMap<string, BranchFile>;
  /** Names of what else is in the top folder: folders, links, submodules. */
  readonly others: readonly string[];
}

/** What became of a commit. `reason` is what the other side said, without a full stop. */
export type CommitOutcome =
  | { readonly kind: 'stored' }
  /** The branch is somewhere else by now, or was not to be had: nothing was written. */
  | { readonly kind: 'overtaken'; readonly reason: string }
  /** There was no answer: the branch points at `commit` now, or does not. */
  | { readonly kind: 'unanswered'; readonly commit: string; readonly reason: string };

/** One branch of a repository that can be reached without a checkout. All of it throws a UserError when it cannot be had. */
export interface BaselineBranch {
  readonly name: string;
  /** Aborted when the user or the runner wants an end. */
  readonly signal: AbortSignal;
  /** The branch as it is now, or was a moment ago. */
  moment(): Promise<BranchMoment>;
  /** The content behind an id of `files`. */
  content(id: string): Promise<Buffer>;
  /**
   * Puts one commit on top of `onto`, if the branch is still there; else nothing is written. Deletes by null. Bytes take a
   * request of their own, whatever they are; texts take none, and are to be short.
   */
  commit(onto: BranchMoment, message: string, changes: ReadonlyMap<string, Buffer | string | null>): Promise<CommitOutcome>;
  /** Whether one of the commits is `tip` or one of the hundred before it. */
  holds(tip: string, commits: readonly string[]): Promise<boolean>;
}
