import { getState, saveState } from '@actions/core';
import { z } from 'zod';
import type { CheckRunRequest } from './check-run.ts';
import { mayHaveLeft, stepState } from './step-state.ts';

const request = z.object({ name: z.string(), commit: z.string(), externalId: z.string(), detailsUrl: z.string() });

/** Has the post step know of a check run. To be called before it is made: GitHub may make it and not say so. */
export function rememberCheckRun({ name, commit, externalId, detailsUrl }: CheckRunRequest): void {
  saveState(stepState.checkRun, JSON.stringify({ name, commit, externalId, detailsUrl }));
}

/** Has the post step know that the check run has ended. */
export function forgetCheckRun(): void {
  saveState(stepState.checkRunEnded, 'true');
}

/**
 * The check run that the step before this post step has left in progress; null where it ended it, or made none.
 *
 * @throws Error for a state that we did not write
 */
export function leftCheckRun(environment: Readonly<Record<string, string | undefined>>): CheckRunRequest | null {
  return mayHaveLeft(environment) ? request.parse(JSON.parse(getState(stepState.checkRun))) : null;
}
