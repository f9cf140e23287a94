import { setTimeout as delay } from 'node:timers/promises';
import type { Octokit } from '@octokit/rest';
import { CutOffAnswer, type FailedRequest, isFailedRequest, isUnanswered, rateLimitOf, retryAfterOf } from './failed-request.ts';

/** How long a client waits, and by which clock. */
export interface Patience {
  /** Waits; rejects as soon as the signal is aborted. */
  sleep(seconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** Uniform in [0, 1): keeps clients that failed together from coming back together. */
  random(): number;
  /** Seconds since 1970. */
  now(): number;
  /** Longest time for an answer, seconds. */
  readonly answerSeconds: number;
}

/** The patience of a job: GitHub itself gives up after 10 s. */
export const jobPatience: Patience = {
  sleep: (seconds, signal) => delay(seconds * 1000, undefined, { signal }),
  random: Math.random,
  now: () => Date.now() / 1000,
  answerSeconds: 30,
};

/** How often one request is sent. */
const mostTries = 5;

/** Longest time spent waiting for one request, seconds: a minute is what GitHub asks for at a secondary rate limit. */
const longestWait = 60;

/** What an answer asks to wait when it names no time, seconds. */
const unnamedLimitWait = 60;

/** First wait after an answer that failed, seconds; it doubles. */
const firstWait = 1;

/** What has happened so far to one request, or to what is sent in place of it. */
export interface RetryCourse {
  readonly repeatable: boolean;
  readonly signal: AbortSignal | undefined;
  failures: number;
  /** Seconds. */
  waited: number;
}

/**
 * Has a client send a request again where that can help: at a rate limit, and where GitHub did not answer (no
 * connection, 5xx, half an answer) if the request is a read or says `request: { repeatable: true }`: another one might
 * be done twice. Honours what GitHub asks to wait while it is a minute or less. What fails in the end is thrown as it
 * came; at once, where the request says `request: { once: true }`.
 *
 * Octokit's own plugins do neither: they repeat every write, wait times of their own, and go on waiting when aborted.
 */
export function retryRequests({ hook }: Octokit, patience: Patience): void {
  hook.wrap('request', async (request, options) => {
    const course: RetryCourse = { repeatable: isRepeatable(options), signal: options.request.signal, failures: 0, waited: 0 };
    for (;;) {
      try {
        return wholeAnswer(await inTime(options, patience, request));
      } catch (error) {
        if (options.request['once'] === true) throw error;
        await patience.sleep(grantedWait(error, course, patience), course.signal);
      }
    }
  });
}

function isRepeatable({ method, request }: { readonly method: string; readonly request: Readonly<Record<string, unknown>> }): boolean {
  return method === 'GET' || method === 'HEAD' || request['repeatable'] === true;
}

interface RequestOptions {
  request: { signal?: AbortSignal; parseSuccessResponseBody?: boolean };
}

/** A body that is read as a stream takes as long as it takes. */
async function inTime<Options extends RequestOptions, Answer>(
  options: Options,
  { answerSeconds }: Patience,
  request: (options: Options) => Answer | Promise<Answer>,
): Promise<Answer> {
  const given = options.request;
  if (given.parseSuccessResponseBody === false) return request(options);
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new Error(`no answer within ${answerSeconds} s`)), answerSeconds * 1000);
  // Octokit's hooks hand on the object that they were given, not the one that they are called with.
  options.request = { ...given, signal: AbortSignal.any([limit.signal, ...(given.signal === undefined ? [] : [given.signal])]) };
  try {
    return await request(options);
  } finally {
    clearTimeout(timer);
    options.request = given;
  }
}

/** Octokit passes a JSON text that it cannot read as a string. */
function wholeAnswer<Answer extends { readonly headers: object; readonly data: unknown }>(answer: Answer): Answer {
  const type = 'content-type' in answer.headers ? String(answer.headers['content-type']) : '';
  if (typeof answer.data === 'string' && type.startsWith('application/json')) throw new CutOffAnswer();
  return answer;
}

/** Seconds until the request may be sent again, which the course keeps; throws the error when it may not. */
export function grantedWait(error: unknown, course: RetryCourse, patience: Pick<Patience, 'random' | 'now'>): number {
  course.failures += 1;
  if (course.signal?.aborted || !isFailedRequest(error) || course.failures === mostTries) throw error;
  const wait = waitAfter(error, course, patience);
  if (wait === null || course.waited + wait > longestWait) throw error;
  course.waited += wait;
  return wait;
}

function waitAfter(
  error: FailedRequest,
  { failures, repeatable }: RetryCourse,
  { random, now }: Pick<Patience, 'random' | 'now'>,
): number | null {
  const limit = rateLimitOf(error);
  if (limit !== null) {
    const untilReset = limit.resetAt === null ? null : Math.max(0, limit.resetAt - now()) + 1;
    return limit.retryAfter ?? untilReset ?? unnamedLimitWait;
  }
  if (!repeatable || !isUnanswered(error)) return null;
  return retryAfterOf(error.response?.headers ?? {}) ?? firstWait * 2 ** (failures - 1) * (0.5 + random() / 2);
}
