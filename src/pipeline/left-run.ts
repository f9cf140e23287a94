import { getInput } from '@actions/core';
import { concludeLeftCheckRun } from '../github/check-run.ts';
import { leftCheckRun } from '../github/left-check-run.ts';
import { warnInLog } from '../github/log.ts';
import { apiRepository } from '../github/repository.ts';

const output = {
  title: 'The step ended before its report',
  summary:
    'It was killed, as for want of memory or at the end of a cancelled job, or GitHub did not take its report. Nothing is said of this commit: see the log of the step, and run the job again.',
  text: '',
};

/** Seconds after which the job no longer waits for GitHub. */
const longestWait = 20;

/**
 * Ends the check run that the step before this post step has left in progress, as cancelled: that is no pass. What cannot
 * be done is a warning in the log; never throws.
 */
export async function concludeLeftRun(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  try {
    const reason = await conclude(environment);
    if (reason !== null) warnInLog(`A check run stays in progress. ${reason}`);
  } catch (error) {
    // The step has its conclusion; what tidies up after it must not change that.
    warnInLog(`Whether a check run stays in progress is not known: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Why it stays in progress, one sentence; null where none does. */
async function conclude(environment: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  const left = leftCheckRun(environment);
  if (left === null) return null;
  const access = { token: getInput('github-token'), apiUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com' };
  const repository = apiRepository(environment['GITHUB_REPOSITORY'], { ...access, signal: AbortSignal.timeout(longestWait * 1000) });
  if (repository === null) return 'This run names no repository.';
  const outcome = await concludeLeftCheckRun(repository, left, output);
  return outcome?.kind === 'unavailable' ? outcome.reason : null;
}
