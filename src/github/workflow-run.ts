import { z } from 'zod';
import { UserError } from '../model/user-error.ts';

/** The run whose end started this one, in the words of GitHub and of nobody else. */
export interface TriggeringRun {
  readonly id: number;
  /** From 1. */
  readonly attempt: number;
  /** The event that it was started by: "pull_request". */
  readonly event: string;
  /** What it measured, 40 hex digits: the head of a pull request, not its test merge. */
  readonly headSha: string;
  readonly headBranch: string | null;
  /** "owner/name" of where the branch is; null when that is gone. */
  readonly headRepository: string | null;
}

const payload = z.object({
  id: z.number().int().positive(),
  run_attempt: z.number().int().positive(),
  event: z.string(),
  head_sha: z.string().regex(/^[0-9a-f]{40}$/),
  head_branch: z.string().nullable(),
  head_repository: z.object({ full_name: z.string() }).nullable(),
});

/**
 * Reads `workflow_run` of an event's payload.
 *
 * @throws UserError for something else
 */
export function triggeringRun(given: unknown): TriggeringRun {
  const read = payload.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new UserError(
      `The event's payload does not say which run is to be reported on (workflow_run.${issue?.path.join('.') ?? ''}).`,
      'Start this workflow by "workflow_run" with "types: [completed]".',
    );
  }
  const { id, run_attempt: attempt, event, head_sha: headSha, head_branch: headBranch, head_repository: head } = read.data;
  return { id, attempt, event, headSha, headBranch, headRepository: head?.full_name ?? null };
}

/**
 * Refuses results that are not of the commit that the run was about: whoever wrote the artifact could have another
 * pull request be reported on.
 *
 * @param commits what the results files say of themselves
 * @throws UserError that names both
 */
export function refuseOtherCommits(commits: readonly (string | null)[], { headSha, id }: TriggeringRun): void {
  const other = commits.find((commit) => commit !== headSha);
  if (other === undefined) return;
  throw new UserError(
    `The results are of commit ${other ?? 'none'}, and run ${id} was about ${headSha}.`,
    'Download the artifacts of that run only ("run-id" of actions/download-artifact); nothing was reported.',
  );
}
