import { z } from 'zod';
import { checkedAnswer } from './checked-answer.ts';
import type { ApiRepository } from './client.ts';
import { isFailedRequest } from './failed-request.ts';
import type { TriggeringRun } from './workflow-run.ts';

/** A pull request, found by a commit. */
export interface FoundPullRequest {
  readonly number: number;
  /** 40 hex digits. */
  readonly headSha: string;
}

/** A pull request that was merged. */
export interface MergedPullRequest extends FoundPullRequest {
  /** What it became, 40 hex digits. */
  readonly commit: string;
  /** ISO 8601, UTC. */
  readonly mergedAt: string;
}

/** The pull request of a run, or why there is none, one sentence. */
export type PullRequestSearch =
  | { readonly kind: 'found'; readonly pullRequest: FoundPullRequest }
  | { readonly kind: 'none'; readonly reason: string };

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const pullRequest = z.object({
  number: z.number().int().positive(),
  state: z.string(),
  merged_at: z.iso.datetime().nullable(),
  merge_commit_sha: sha.nullable(),
  head: z.object({ sha }),
  base: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }) }),
});
const pullRequests = z.array(pullRequest);

type AnsweredPullRequest = z.output<typeof pullRequest>;

/**
 * The open pull request that a run was about: by the commit that GitHub says the run was started for, and by nothing
 * that the run itself wrote. Errors are those of octokit, or a UserError for an answer that is none.
 */
export async function pullRequestOfRun(repository: ApiRepository, run: TriggeringRun): Promise<PullRequestSearch> {
  const isMeant = ({ state, head, base }: AnsweredPullRequest) => state === 'open' && head.sha === run.headSha && isOurs(base, repository);
  const byCommit = (await pullRequestsOf(repository, run.headSha)).filter(isMeant);
  // GitHub does not know commits of forks by this call.
  const found = byCommit.length > 0 ? byCommit : (await pullRequestsFrom(repository, run)).filter(isMeant);
  const [first, second] = found;
  if (first === undefined)
    return { kind: 'none', reason: `No open pull request has ${run.headSha} as its head: it was closed, or pushed to since.` };
  if (second !== undefined)
    return {
      kind: 'none',
      reason: `${run.headSha} is the head of ${found.map(({ number }) => `#${number}`).join(' and ')}: which one was measured is not known.`,
    };
  return { kind: 'found', pullRequest: { number: first.number, headSha: first.head.sha } };
}

/** The head of a pull request that is open; null for another one. Errors as above. */
export async function openHead({ client, owner, repo, signal }: ApiRepository, number: number): Promise<string | null> {
  const { data } = await client().rest.pulls.get({ owner, repo, pull_number: number, request: { signal } });
  const { state, head } = checkedAnswer(pullRequest, data, 'a pull request');
  return state === 'open' ? head.sha : null;
}

/**
 * The pull requests that became these commits of a branch. Errors as above.
 *
 * @param commits what was pushed at once, 40 hex digits each
 */
export async function mergedPullRequests(
  repository: ApiRepository,
  commits: readonly string[],
  branch: string,
): Promise<readonly MergedPullRequest[]> {
  const found = new Map<number, MergedPullRequest>();
  for (const commit of commits) {
    for (const { number, head, base, merged_at: mergedAt, merge_commit_sha: merge } of await pullRequestsOf(repository, commit)) {
      if (merge !== commit || mergedAt === null || base.ref !== branch || !isOurs(base, repository)) continue;
      found.set(number, { number, headSha: head.sha, commit, mergedAt });
    }
  }
  return [...found.values()];
}

/** None where the repository does not have the commit. */
async function pullRequestsOf({ client, owner, repo, signal }: ApiRepository, commit: string): Promise<readonly AnsweredPullRequest[]> {
  try {
    const place = { owner, repo, commit_sha: commit, per_page: 100, request: { signal } };
    const { data } = await client().rest.repos.listPullRequestsAssociatedWithCommit(place);
    return checkedAnswer(pullRequests, data, 'pull requests');
  } catch (error) {
    if (isFailedRequest(error) && error.response !== undefined && (error.status === 404 || error.status === 422)) return [];
    throw error;
  }
}

async function pullRequestsFrom(
  { client, owner, repo, signal }: ApiRepository,
  run: TriggeringRun,
): Promise<readonly AnsweredPullRequest[]> {
  const [headOwner] = run.headRepository?.split('/') ?? [];
  if (headOwner === undefined || run.headBranch === null) return [];
  const place = { owner, repo, state: 'open', head: `${headOwner}:${run.headBranch}`, per_page: 100, request: { signal } } as const;
  const { data } = await client().rest.pulls.list(place);
  return checkedAnswer(pullRequests, data, 'pull requests');
}

/** Owners and names are taken without regard to case. */
function isOurs({ repo: { full_name: name } }: AnsweredPullRequest['base'], { owner, repo }: ApiRepository): boolean {
  return name.toLowerCase() === `${owner}/${repo}`.toLowerCase();
}
