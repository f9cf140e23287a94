import { type ApiRepository, apiFault } from './client.ts';

/**
 * The merge base of two commits as GitHub knows it, 40 hex digits, for checkouts whose history is cut off; null when they
 * have no commit in common.
 *
 * @param base branch, tag or commit; @param head the same
 * @throws UserError when GitHub does not answer, does not know one of them or may not tell
 */
export async function mergeBase(repository: ApiRepository, base: string, head: string): Promise<string | null> {
  const { client, owner, repo, signal } = repository;
  try {
    // One commit a page: the merge base is on each, and all commits between the two could be megabytes.
    const { data } = await client().rest.repos.compareCommitsWithBasehead({
      owner,
      repo,
      basehead: `${base}...${head}`,
      per_page: 1,
      request: { signal },
    });
    return data.merge_base_commit.sha;
  } catch (error) {
    if (saysNoneInCommon(error)) return null;
    throw apiFault(error, `the merge base of ${base} and ${head}`, repository);
  }
}

function saysNoneInCommon(error: unknown): boolean {
  return error instanceof Error && /^No common ancestor between /.test(error.message);
}
