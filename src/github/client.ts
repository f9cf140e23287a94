import { Octokit } from '@octokit/rest';
import { UserError } from '../model/user-error.ts';
import { answerText, type FailedRequest, isFailedRequest, type RateLimit, rateLimitOf } from './failed-request.ts';
import { jobPatience, type Patience, retryRequests } from './request-retry.ts';

/** Who asks which API. */
export interface ApiAccess {
  /** Empty to ask without one, as for a public repository at the terminal. */
  readonly token: string;
  /** Base URL of the REST API: `GITHUB_API_URL` on a runner, "https://api.github.com" for github.com. */
  readonly apiUrl: string;
}

/** A repository and how it is reached. */
export interface ApiRepository {
  /** Makes the client at its first call and returns the same one afterwards. */
  readonly client: () => Octokit;
  readonly owner: string;
  readonly repo: string;
  readonly signal: AbortSignal;
}

/** What the token is used for. */
export type TokenUse = 'read' | 'write';

/** The client of an API, made when it is first asked for. The token is sent to the host of the API only. */
export function lazyClient(access: ApiAccess, patience: Patience = jobPatience): () => Octokit {
  let client: Octokit | undefined;
  return () => {
    client ??= makeClient(access, patience);
    return client;
  };
}

function makeClient({ token, apiUrl }: ApiAccess, patience: Patience): Octokit {
  const silent = () => {};
  const client = new Octokit({
    ...(token === '' ? {} : { auth: token }),
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'concurrency-regressions',
    // Its own log goes to the console, where workflow commands are read; what went wrong is in our messages.
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  retryRequests(client, patience);
  return client;
}

/**
 * Turns what octokit throws into what the user reads; anything else, and the reason of an abort, comes back as it is.
 *
 * @param wanted what was asked for, as the object of a sentence: "the archive of commit 1a2b3c"
 */
export function apiFault(error: unknown, wanted: string, { owner, repo, signal }: ApiRepository, use: TokenUse = 'read'): unknown {
  if (signal.aborted) return signal.reason;
  if (!isFailedRequest(error)) return error;
  const subject = `${wanted} of ${owner}/${repo}`;
  if (error.response === undefined) {
    return new UserError(
      `The GitHub API was not reached for ${subject}: ${error.message}.`,
      'Check the network and "GITHUB_API_URL", and run again.',
    );
  }
  const limit = rateLimitOf(error);
  return limit === null ? answerFault(error, subject, use) : limitFault(error, subject, limit);
}

function limitFault({ status }: FailedRequest, subject: string, limit: RateLimit): UserError {
  return new UserError(
    `GitHub's rate limit was reached at ${subject} (${status}).`,
    `Run again when it has been lifted, ${liftedText(limit)}.`,
  );
}

function liftedText({ retryAfter, resetAt }: RateLimit): string {
  if (retryAfter !== null) return `in ${retryAfter} s`;
  return resetAt === null ? 'at most an hour from now' : `at ${new Date(resetAt * 1000).toISOString()}`;
}

function answerFault(error: FailedRequest, subject: string, use: TokenUse): UserError {
  const { status } = error;
  const message = answerText(error);
  const permission = `Give the job "permissions: contents: ${use}" and pass its token as "github-token".`;
  switch (status) {
    case 401:
      return new UserError(`GitHub refused the token when asked for ${subject} (401: ${message}).`, permission);
    case 403:
      return new UserError(`The token may not ${use} ${subject} (403: ${message}).`, permission);
    case 404:
      return new UserError(`GitHub does not know ${subject}, or the token may not ${use} it (404).`, permission);
    default:
      return new UserError(`GitHub could not give ${subject} (${status}: ${message}).`, 'Run again; if it stays so, see githubstatus.com.');
  }
}
