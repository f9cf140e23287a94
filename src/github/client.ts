import { Octokit } from '@octokit/rest';
import { UserError } from '../model/user-error.ts';

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

/** The status and headers of an answer that octokit took for an error; a request without an answer has no `response`. */
interface FailedRequest {
  readonly message: string;
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

const permission = 'Give the job "permissions: contents: read" and pass its token as "github-token".';

/** The client of an API, made when it is first asked for. The token is sent to the host of the API only. */
export function lazyClient(access: ApiAccess): () => Octokit {
  let client: Octokit | undefined;
  return () => {
    client ??= makeClient(access);
    return client;
  };
}

function makeClient({ token, apiUrl }: ApiAccess): Octokit {
  const silent = () => {};
  return new Octokit({
    ...(token === '' ? {} : { auth: token }),
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'concurrency-regressions',
    // Its own log goes to the console, where workflow commands are read; what went wrong is in our messages.
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
}

/**
 * Turns what octokit throws into what the user reads; anything else, and the reason of an abort, comes back as it is.
 *
 * @param wanted what was asked for, as the object of a sentence: "the archive of commit 1a2b3c"
 */
export function apiFault(error: unknown, wanted: string, { owner, repo, signal }: ApiRepository): unknown {
  if (signal.aborted) return signal.reason;
  if (!isFailedRequest(error)) return error;
  const subject = `${wanted} of ${owner}/${repo}`;
  if (error.response === undefined) {
    return new UserError(
      `The GitHub API was not reached for ${subject}: ${error.message}.`,
      'Check the network and "GITHUB_API_URL", and run again.',
    );
  }
  return answerFault(error, subject, error.response.headers);
}

function answerFault({ status, message }: FailedRequest, subject: string, headers: Readonly<Record<string, unknown>>): UserError {
  if (status === 429 || (status === 403 && (String(headers['x-ratelimit-remaining']) === '0' || 'retry-after' in headers))) {
    return new UserError(
      `GitHub's rate limit was reached at ${subject} (${status}).`,
      'Run again when it has been lifted, at most an hour from now.',
    );
  }
  switch (status) {
    case 401:
      return new UserError(`GitHub refused the token when asked for ${subject} (401: ${message}).`, permission);
    case 403:
      return new UserError(`The token may not read ${subject} (403: ${message}).`, permission);
    case 404:
      return new UserError(`GitHub does not know ${subject}, or the token may not read it (404).`, permission);
    default:
      return new UserError(`GitHub could not give ${subject} (${status}: ${message}).`, 'Run again; if it stays so, see githubstatus.com.');
  }
}

function isFailedRequest(error: unknown): error is FailedRequest {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}
