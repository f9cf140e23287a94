import type { CommitHistory } from '../model/commit-history.ts';
import { UserError } from '../model/user-error.ts';
import { type Git, gitIn, isCommit } from './git.ts';
import { isShallow } from './remote-commit.ts';

/** How far a history is looked through. */
export interface AncestryOptions {
  /** Most commits by age, and as many again along the first parents; >= 1. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/**
 * The history of a commit as the checkout of `folder` knows it; null where the folder is in no checkout. Besides the
 * newest commits these are the newest of the branch itself, so that many small commits of merged branches do not use up
 * the limit. Where git cannot tell, the commit alone: stored runs of other commits are then left out, and not compared.
 *
 * @param commit 40 hex digits
 * @throws UserError for anything else
 */
export async function gitHistory(folder: string, commit: string, { limit, signal }: AncestryOptions): Promise<CommitHistory | null> {
  if (!isCommit(commit)) throw noCommitId(commit);
  const git = gitIn(folder, signal);
  const checkout = await git(['rev-parse', '--git-dir']);
  if (!checkout.ok && checkout.complaint.startsWith('not a git repository')) return null;
  const all = await ancestors(git, commit, limit);
  const branch = await ancestors(git, commit, limit, '--first-parent');
  const complete = all.length > 0 && all.length <= limit && !(await isShallow(git));
  return { commits: new Set([commit, ...all.slice(0, limit), ...branch.slice(0, limit)]), complete };
}

/** One more than the limit where there are more; none where git does not know the commit. */
async function ancestors(git: Git, commit: string, limit: number, ...walk: readonly string[]): Promise<readonly string[]> {
  const listed = await git(['rev-list', ...walk, `--max-count=${limit + 1}`, '--end-of-options', commit, '--']);
  return listed.ok ? listed.stdout.split('\n').filter(isCommit) : [];
}

function noCommitId(text: string): UserError {
  return new UserError(`${JSON.stringify(text)} is no commit id, so its history cannot be looked up.`, 'Name the base as "base-ref".');
}
