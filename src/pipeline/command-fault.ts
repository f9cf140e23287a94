import { UserError } from '../model/user-error.ts';
import { type ErrorJson, errorJson } from '../render/error-json.ts';

/** What went wrong with a command, for the reader and for programs. */
export interface CommandFault {
  /** Ends in a line feed. */
  readonly text: string;
  readonly json: ErrorJson;
}

/** One sentence for an expected fault; anything else is ours and keeps its stack. */
export function commandFault(error: unknown, isInterrupted: boolean): CommandFault {
  if (isInterrupted)
    return told('interrupted before anything was measured.', errorJson('Interrupted before anything was measured.', 'Start it again.'));
  if (error instanceof UserError) return told(error.message, errorJson(error.what, error.remedy));
  const [message, stack] = error instanceof Error ? [error.message, error.stack ?? error.message] : [String(error), String(error)];
  return told(`an unexpected fault; please report it.\n${stack}`, errorJson(message, 'This is a fault of the program; please report it.'));
}

function told(sentence: string, json: ErrorJson): CommandFault {
  return { text: `concurrency-regressions: ${sentence}\n`, json };
}
