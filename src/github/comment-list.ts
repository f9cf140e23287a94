import { z } from 'zod';
import { UserError } from '../model/user-error.ts';
import { allPages } from './all-pages.ts';
import { checkedAnswer } from './checked-answer.ts';
import type { ApiRepository } from './client.ts';
import { answerText } from './failed-request.ts';

/** A comment that the token's own account wrote. */
export interface OwnComment {
  readonly id: number;
  /** Its page. */
  readonly url: string;
  readonly body: string;
  /** When it was last written, by whoever, ISO 8601, UTC. */
  readonly updatedAt: string;
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

const commentSchema = z.object({
  id: z.number().int().positive(),
  html_url: z.url({ protocol: /^https?$/ }),
  body: z.string().nullish(),
  updated_at: z.iso.datetime(),
  // Null for an account that is gone.
  user: z.object({ login: z.string() }).nullable(),
});

const viewer = z.object({ viewer: z.object({ login: z.string().min(1) }) });

/** What the API says of one comment. */
export function answeredComment(data: unknown): AnsweredComment {
  const { id, html_url: url, body, updated_at: updatedAt, user } = checkedAnswer(commentSchema, data, 'a comment');
  return { id, url, body: body ?? '', updatedAt, login: user?.login ?? '' };
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

/** By GraphQL: tokens of apps, that of a job among them, may not ask `GET /user`. */
async function ownLogin({ client, signal }: ApiRepository): Promise<string> {
  try {
    const data = await client().graphql('query { viewer { login } }', { request: { signal, repeatable: true } });
    return checkedAnswer(viewer, data, 'the account of the token').viewer.login;
  } catch (error) {
    // What GraphQL refuses comes with status 200.
    if (!(error instanceof Error) || error.name !== 'GraphqlResponseError') throw error;
    throw new UserError(
      `GitHub did not say whose token this is (${answerText(error)}), so which comment is ours is not known.`,
      'Check that the token may ask GraphQL for "viewer".',
    );
  }
}

/** As GitHub writes times, so that both can be compared. */
function wholeSeconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
