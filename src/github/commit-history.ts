import { z } from 'zod';
import { type CommitHistory, mostCommits } from '../model/commit-history.ts';
import { checkedAnswer } from './checked-answer.ts';
import { type ApiRepository, apiFault } from './client.ts';

/** Most that GitHub gives at once. */
const pageSize = 100;

const page = z.array(z.object({ sha: z.string().regex(/^[0-9a-f]{40}$/) }));

/**
 * The last commits that a commit has in its history, itself among them: what is in it is not newer than the commit, by
 * the graph and not by the clock.
 *
 * @param limit most commits, a multiple of 100
 * @throws UserError when GitHub does not answer, does not know the commit or may not tell
 */
export async function commitHistory(
  repository: ApiRepository,
  commit: string,
  { limit = mostCommits }: { readonly limit?: number } = {},
): Promise<CommitHistory> {
  const commits = new Set<string>();
  for (let number = 1; number <= limit / pageSize; number += 1) {
    const found = await readPage(repository, commit, number);
    for (const sha of found) commits.add(sha);
    if (found.length < pageSize) return { commits, complete: true };
  }
  return { commits, complete: false };
}

async function readPage({ client, owner, repo, signal }: ApiRepository, commit: string, number: number): Promise<readonly string[]> {
  try {
    const { data } = await client().rest.repos.listCommits({
      ...{ owner, repo, sha: commit, per_page: pageSize, page: number },
      request: { signal },
    });
    return checkedAnswer(page, data, 'a history').map(({ sha }) => sha);
  } catch (error) {
    throw apiFault(error, `the history of commit ${commit}`, { client, owner, repo, signal });
  }
}
