/** What the runner keeps of a step for its post step, however the step ended. */
export const stepState = { checkRun: 'check-run', checkRunEnded: 'check-run-ended' } as const;

/** Whether a step may have left a check run in progress. Loads nothing: nearly every step has ended its own, or has none. */
export function mayHaveLeft(environment: Readonly<Record<string, string | undefined>>): boolean {
  const { checkRun, checkRunEnded } = stepState;
  return (environment[`STATE_${checkRun}`] ?? '') !== '' && (environment[`STATE_${checkRunEnded}`] ?? '') === '';
}
