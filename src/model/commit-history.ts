/** The commits that a commit was made from, itself among them, as far as they were looked through. */
export interface CommitHistory {
  /** 40 hex digits each, the newest first. */
  readonly commits: ReadonlySet<string>;
  /** Whether these are all: not where the checkout is shallow, or where looking ended at a limit. */
  readonly complete: boolean;
}

/** The most commits of a history that are looked through: stored runs are of the last thirty or so. */
export const mostCommits = 300;
