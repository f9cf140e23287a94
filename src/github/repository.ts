import type { CommitHistory } from '../model/commit-history.ts';
import { type ApiAccess, type ApiRepository, lazyClient } from './client.ts';
import { commitHistory } from './commit-history.ts';
import { type GitBranch, gitBranch } from './git-branch.ts';
import { mergeBase } from './merge-base.ts';
import { downloadTarball } from './repository-tree.ts';
import type { Patience } from './request-retry.ts';

/** What can be had of a repository without a checkout. Nothing of it is written but a branch that is asked for. */
export interface ReadableRepository {
  mergeBase(base: string, head: string): Promise<string | null>;
  downloadTarball(commit: string, file: string): Promise<void>;
  /** The last commits before a commit, itself among them. */
  historyOf(commit: string): Promise<CommitHistory>;
  /** The files of a branch; it need not be there yet. */
  branch(name: string): GitBranch;
}

/**
 * The repository of a workflow run through the API, or null where the run names none. Nothing is asked before it is needed.
 *
 * @param name "owner/repository", as GITHUB_REPOSITORY has it
 */
export function readableRepository(
  name: string | undefined,
  access: ApiAccess & { readonly signal: AbortSignal },
  patience?: Patience,
): ReadableRepository | null {
  const repository = apiRepository(name, access, patience);
  if (repository === null) return null;
  return {
    mergeBase: (base, head) => mergeBase(repository, base, head),
    downloadTarball: (commit, file) => downloadTarball(repository, commit, file),
    historyOf: (commit) => commitHistory(repository, commit),
    branch: (name) => gitBranch(repository, name),
  };
}

/** The repository that runs are shown on, as for `readableRepository`. */
export function apiRepository(
  name: string | undefined,
  access: ApiAccess & { readonly signal: AbortSignal },
  patience?: Patience,
): ApiRepository | null {
  const [owner = '', repo = '', ...more] = (name ?? '').split('/');
  if (owner === '' || repo === '' || more.length > 0) return null;
  return { client: lazyClient(access, patience), owner, repo, signal: access.signal };
}
