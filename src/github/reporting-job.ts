import { createHash, randomUUID } from 'node:crypto';

/**
 * Tells the step that reports from every other one, those of the same job in a matrix included, which GitHub's own context
 * does not. 12 hex digits, the same in every process of the step's job: the first six are those of every step of this
 * attempt at this run, the others of this one alone, and random where the runner says nothing of the job.
 *
 * @param environment of the process
 * @param step the id of the step, as the context has it: `action`
 */
export function reportingJobToken(environment: Readonly<Record<string, string | undefined>>, step: string): string {
  const valuesOf = (names: readonly string[]) => names.map((name) => environment[name] ?? '');
  // The first names the matrix and comes with newer runners; the second is the runner's own for one job, which some set anew.
  const named = valuesOf(['ACTIONS_ORCHESTRATION_ID', 'RUNNER_TRACKING_ID', 'RUNNER_NAME']);
  const job = named.every((value) => value === '') ? [randomUUID()] : named;
  return sixDigits(valuesOf(['GITHUB_RUN_ID', 'GITHUB_RUN_ATTEMPT'])) + sixDigits([...job, step]);
}

function sixDigits(values: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 6);
}
