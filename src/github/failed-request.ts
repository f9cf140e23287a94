/** What octokit took for an error; a request without an answer has no `response`. */
export interface FailedRequest extends Error {
  readonly status: number;
  readonly response?: { readonly headers: AnswerHeaders };
}

type AnswerHeaders = Readonly<Record<string, string | number | undefined>>;

/** A rate limit that was reached, and when it is lifted as far as GitHub says. */
export interface RateLimit {
  /** Seconds to wait, or null. */
  readonly retryAfter: number | null;
  /** Seconds since 1970, or null. */
  readonly resetAt: number | null;
}

/** An answer whose JSON ended in the middle. Like a connection that broke: whatever it was about may have been done. */
export class CutOffAnswer extends Error implements FailedRequest {
  readonly status = 500;

  constructor() {
    super('the answer ended in the middle');
  }
}

/** Whether a request failed, by its answer or without one. */
export function isFailedRequest(error: unknown): error is FailedRequest {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

/** What GitHub said, as one line; the proxies before it say it with a page. */
export function answerText({ message }: Error): string {
  return /^\s*</.test(message) ? 'a page instead of an answer' : message.replaceAll(/\s+/g, ' ').slice(0, 300);
}

/** Whether GitHub may have done what it was asked for all the same: it did not answer, or not from where that is known. */
export function isUnanswered({ status, response }: FailedRequest): boolean {
  return response === undefined || status >= 500;
}

/**
 * The rate limit that a request ran into, or null when it failed for another reason. A 403 is one by its headers or, for
 * the secondary limit, by its words alone:
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function rateLimitOf({ status, message, response }: FailedRequest): RateLimit | null {
  if (response === undefined || (status !== 403 && status !== 429)) return null;
  const { headers } = response;
  const retryAfter = retryAfterOf(headers);
  const usedUp = String(headers['x-ratelimit-remaining']) === '0';
  if (status === 403 && retryAfter === null && !usedUp && !/\bsecondary rate\b/i.test(message)) return null;
  return { retryAfter, resetAt: usedUp ? secondsIn(headers['x-ratelimit-reset']) : null };
}

/** Seconds that the answer asks to wait, or null. */
export function retryAfterOf(headers: AnswerHeaders): number | null {
  return secondsIn(headers['retry-after']);
}

function secondsIn(value: string | number | undefined): number | null {
  return value !== undefined && /^\d{1,12}$/.test(String(value)) ? Number(value) : null;
}
