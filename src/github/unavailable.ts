import type { Permission, Unavailable } from '../model/publication.ts';
import { UserError } from '../model/user-error.ts';
import type { ApiRepository } from './client.ts';
import { answerText, type FailedRequest, isFailedRequest, rateLimitOf } from './failed-request.ts';

/** What was asked of GitHub, and what that takes. */
export interface Attempt {
  /** Completes "GitHub refused to …": "list the comments on #7". */
  readonly wanted: string;
  readonly permission: Permission;
}

/** An API fault as a value. What is none, a fault of our own, is thrown again. */
export function unavailable(error: unknown, { wanted, permission }: Attempt, { owner, repo, signal }: ApiRepository): Unavailable {
  if (signal.aborted) return { kind: 'unavailable', reason: `There was no time to ${wanted}: ${abortText(signal)}.`, missing: null };
  if (error instanceof UserError) return { kind: 'unavailable', reason: error.message, missing: null };
  if (!isFailedRequest(error)) throw error;
  const missing = lacksPermission(error) ? permission : null;
  return { kind: 'unavailable', reason: `${sentence(error, `${wanted} of ${owner}/${repo}`)}.`, missing };
}

/** Does it, and gives an API fault as a value. */
export async function attempt<Result>(
  asked: Attempt,
  repository: ApiRepository,
  work: () => Promise<Result>,
): Promise<Result | Unavailable> {
  try {
    return await work();
  } catch (error) {
    return unavailable(error, asked, repository);
  }
}

/** Whether what was hoped for did not come. */
export function isUnavailable<Result extends object>(result: Result | Unavailable): result is Unavailable {
  return 'kind' in result && result.kind === 'unavailable';
}

function sentence(error: FailedRequest, wanted: string): string {
  const { status, response } = error;
  if (response === undefined) return `GitHub gave no answer when it was to ${wanted} (${answerText(error)})`;
  if (rateLimitOf(error) !== null) return `GitHub's rate limit kept it from the attempt to ${wanted} (${status})`;
  const verb = status === 401 || status === 403 ? 'refused to' : 'could not';
  return `GitHub ${verb} ${wanted} (${status}: ${answerText(error)})`;
}

/** A locked conversation is refused with a 403 as well, and no permission helps. */
function lacksPermission(error: FailedRequest): boolean {
  if (error.status !== 403 || error.response === undefined || rateLimitOf(error) !== null) return false;
  return error.response.headers['x-accepted-github-permissions'] !== undefined || /\bnot accessible by\b/i.test(error.message);
}

function abortText({ reason }: AbortSignal): string {
  return reason instanceof Error ? reason.message.replace(/\.$/, '') : String(reason);
}
