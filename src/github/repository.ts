import { type ApiAccess, lazyClient } from './client.ts';
import { mergeBase } from './merge-base.ts';
import { downloadTarball } from './repository-tree.ts';

/** What of a repository can be read without a checkout. */
export interface ReadableRepository {
  mergeBase(base: string, head: string): Promise<string | null>;
  downloadTarball(commit: string, file: string): Promise<void>;
}

/**
 * The repository of a workflow run through the API, or null where the run names none. Nothing is asked before it is needed.
 *
 * @param name "owner/repository", as GITHUB_REPOSITORY has it
 */
export function readableRepository(
  name: string | undefined,
  access: ApiAccess & { readonly signal: AbortSignal },
): ReadableRepository | null {
  const [owner = '', repo = '', ...more] = (name ?? '').split('/');
  if (owner === '' || repo === '' || more.length > 0) return null;
  const repository = { client: lazyClient(access), owner, repo, signal: access.signal };
  return {
    mergeBase: (base, head) => mergeBase(repository, base, head),
    downloadTarball: (commit, file) => downloadTarball(repository, commit, file),
  };
}
