import { z } from 'zod';
import type { CheckOutput } from './check-run-output.ts';
import { checkedAnswer } from './checked-answer.ts';
import type { ApiRepository } from './client.ts';
import { isFailedRequest, isUnanswered, rateLimitOf } from './failed-request.ts';
import { attempt, isUnavailable } from './unavailable.ts';

/** What is said at a line of a file of the repository. */
export interface CheckAnnotation {
  /** Relative to the root of the repository. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly level: 'failure' | 'warning' | 'notice';
  /** Plain text on one line, at most 255 characters. */
  readonly title: string;
  /** Plain text, at most 64 KiB. */
  readonly message: string;
}

interface Sending {
  /** Number of the check run. */
  readonly id: number;
  readonly output: CheckOutput;
  readonly annotations: readonly CheckAnnotation[];
}

/** GitHub takes so many in one request, and adds them to those that are there. */
const batchSize = 50;

/** Adds annotations to a check run; a sentence where some are missing in the end, else null. */
export async function sendAnnotations(repository: ApiRepository, sending: Sending): Promise<string | null> {
  const { annotations } = sending;
  const asked = { wanted: 'annotate the check run', permission: 'checks: write' } as const;
  for (let sent = 0; sent < annotations.length; sent += batchSize) {
    const outcome = await attempt(asked, repository, async () => {
      await sendBatch(repository, sending, sent);
      return {};
    });
    if (isUnavailable(outcome)) return `${annotations.length - sent} of ${annotations.length} annotations are missing. ${outcome.reason}`;
  }
  return null;
}

/** A batch that is sent twice stands there twice: where GitHub gave no answer, it is asked how many it has. */
async function sendBatch(repository: ApiRepository, sending: Sending, from: number): Promise<void> {
  try {
    await patch(repository, sending, from);
  } catch (error) {
    if (!isFailedRequest(error) || rateLimitOf(error) !== null || !isUnanswered(error)) throw error;
    if ((await countOf(repository, sending)) > from) return;
    await patch(repository, sending, from);
  }
}

async function patch({ client, owner, repo, signal }: ApiRepository, { id, output, annotations }: Sending, from: number): Promise<void> {
  const batch = annotations.slice(from, from + batchSize).map(({ path, line, level, title, message }) => ({
    ...{ path, start_line: line, end_line: line, annotation_level: level, title, message },
  }));
  await client().rest.checks.update({ owner, repo, check_run_id: id, output: { ...output, annotations: batch }, request: { signal } });
}

async function countOf({ client, owner, repo, signal }: ApiRepository, { id }: Sending): Promise<number> {
  const { data } = await client().rest.checks.get({ owner, repo, check_run_id: id, request: { signal } });
  const answer = z.object({ output: z.object({ annotations_count: z.number().int().nonnegative() }) });
  return checkedAnswer(answer, data, 'a check run').output.annotations_count;
}
