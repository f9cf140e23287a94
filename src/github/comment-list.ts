import { z } from 'zod';
import { allPages } from './all-pages.ts';
import { checkedAnswer } from './checked-answer.ts';
import type { ApiRepository } from './client.ts';
import { isFailedRequest } from './failed-request.ts';

/** A comment that the token's own account wrote. */
export interface OwnComment {
  readonly id: number;
  /** Its page. */
  readonly url: string;
  readonly body: string;
}

/** The comments of ours on one pull request at one moment. */
export interface OwnComments {
  /** Oldest first. */
  readonly comments: readonly OwnComment[];
  /** The moment by GitHub's clock, ISO 8601, UTC, whole seconds. */
  readonly at: string;
}

/** A comment with its author. */
export interface AnsweredComment extends OwnComment {
  readonly login: string;
}

/** The account that a job's own token writes as. Such a token may not ask who it is. */
const actionsBot = 'github-actions[bot]';

const commentSchema = z.object({
  id: z.number().int().positive(),
  html_url: z.url({ protocol: /^https?$/ }),
  body: z.string().nullish(),
  // Null for an account that is gone.
  user: z.object({ login: z.string() }).nullable(),
});

/** What the API says of one comment. */
export function answeredComment(data: unknown): AnsweredComment {
  const { id, html_url: url, body, user } = checkedAnswer(commentSchema, data, 'a comment');
  return { id, url, body: body ?? '', login: user?.login ?? '' };
}

/**
 * Reads every page of the comments on a pull request. Others may write our marker: only what the token's own account
 * wrote counts. Errors are those of octokit, or a UserError for an answer that is none.
 *
 * @param marked whether a body says that it is ours
 * @param login the account, where a write has told it; left out: it is asked for
 */
export async function readOwnComments(
  repository: ApiRepository,
  issue: number,
  marked: (body: string) => boolean,
  login?: string,
): Promise<OwnComments> {
  const { client, owner, repo, signal } = repository;
  const found: AnsweredComment[] = [];
  let at = new Date();
  const place = { owner, repo, issue_number: issue, request: { signal } };
  for await (const { data, headers } of allPages((query) => client().rest.issues.listComments({ ...place, ...query }))) {
    at = new Date(headers.date ?? at);
    found.push(
      ...checkedAnswer(z.array(z.unknown()), data, 'comments')
        .map(answeredComment)
        .filter(({ body }) => marked(body)),
    );
  }
  // Nobody needs to be asked who we are where nothing says that it is ours.
  const own = found.length === 0 ? '' : (login ?? (await ownLogin(repository)));
  const comments = found.filter((comment) => comment.login === own).toSorted((one, other) => one.id - other.id);
  return { comments, at: wholeSeconds(at) };
}

async function ownLogin({ client, signal }: ApiRepository): Promise<string> {
  try {
    const { data } = await client().rest.users.getAuthenticated({ request: { signal } });
    return checkedAnswer(z.object({ login: z.string().min(1) }), data, 'the account of the token').login;
  } catch (error) {
    if (isFailedRequest(error) && error.response !== undefined && (error.status === 403 || error.status === 404)) return actionsBot;
    throw error;
  }
}

/** As GitHub writes times, so that both can be compared. */
function wholeSeconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
