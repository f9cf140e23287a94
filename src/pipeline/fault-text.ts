import { isAbort } from '../measure/executor.ts';

/** Why a run has no report, for its reader. What an aborted call says of itself names neither the run nor what to do. */
export function faultText(error: unknown): string {
  if (isAbort(error)) return 'The run was interrupted before there was a report. Start it again.';
  return error instanceof Error ? error.message : String(error);
}
