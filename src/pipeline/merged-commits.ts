import type { CommitHistory } from '../model/commit-history.ts';

/** Commits that merged pull requests are looked for by, and what was left out. */
export interface MergedCommits {
  /** 40 hex digits each, the newest first. */
  readonly commits: readonly string[];
  /** A sentence each. */
  readonly remarks: readonly string[];
}

/** What a run of the default branch is the first with, as far as it is known. */
export interface NewCommits {
  /** What its push brought, the newest first. */
  readonly pushed: readonly string[];
  /** Commit of the newest stored run; null where none is known. */
  readonly since: string | null;
  /** Of the commit of the run; null where it was not looked at. */
  readonly history: CommitHistory | null;
}

/** GitHub is asked about each, and answers a thousand requests an hour. */
const mostLookedUp = 250;

const byHand = 'What was accepted on pull requests behind them is stored with "baseline accept".';

/**
 * What a push brought, and what came between the newest stored run and it: a run of an earlier push that was cancelled or
 * failed has stored nothing. Where the stored run is not found in the history, nothing is taken from that: it could be of
 * a time long before it.
 */
export function mergedCommits({ pushed, since, history }: NewCommits): MergedCommits {
  const between = since === null || history === null ? [] : commitsSince(since, history);
  const all = [...new Set([...pushed, ...(between ?? [])])];
  const commits = all.slice(0, mostLookedUp);
  const lost =
    between === null
      ? [`The newest stored run is of ${since?.slice(0, 12)}, which is not among the last ${history?.commits.size} commits.`]
      : [];
  const cut =
    commits.length < all.length ? [`Of ${all.length} commits since the newest stored run, the newest ${mostLookedUp} were looked at.`] : [];
  return { commits, remarks: [...lost, ...cut].map((sentence) => `${sentence} ${byHand}`) };
}

/** Newer than that one, the newest first; null where the history does not hold it. */
function commitsSince(since: string, { commits }: CommitHistory): readonly string[] | null {
  if (!commits.has(since)) return null;
  const newestFirst = [...commits];
  return newestFirst.slice(0, newestFirst.indexOf(since));
}
