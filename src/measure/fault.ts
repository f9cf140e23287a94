import type { BrokenKind } from '../model/sample.ts';
import { harmlessPhrase } from './output-tail.ts';
import type { Conversation } from './worker-conversation.ts';
import { outputLimitBytes, type WorkerEnding, type WorkerRecord } from './worker-process.ts';
import type { ErrorEvent } from './worker-protocol.ts';

/** Why a worker gave nothing usable: the kind for the reader's table, and one sentence, harmless to print. */
export interface Fault {
  readonly kind: BrokenKind;
  readonly message: string;
}

/** What a worker was asked for, as far as its faults are told by it. */
export interface Expectation {
  readonly timeoutSeconds: number;
  /** How many values were asked for; 0 when it was to describe a workload. */
  readonly values: number;
}

/** A worker's record, and why the folder of its sample could not be removed, or null when it was. */
export type Execution = WorkerRecord & { readonly leftover: string | null };

/**
 * Why a worker's record holds no finished conversation, or null when it does. What the worker said itself comes first,
 * then what is wrong with how it said it, then how it died. A worker that lingers after its last word is no fault:
 * every value was verified before it, and the process is dead by now.
 */
export function faultOf(record: Execution, expected: Expectation): Fault | null {
  const { conversation, survivors } = record;
  if (survivors.length > 0) {
    return { kind: 'error', message: `Processes it started outlived SIGKILL and may disturb what follows: ${survivors.join(', ')}.` };
  }
  if (record.leftover !== null) {
    return { kind: 'error', message: `The files it left cannot be removed: ${harmlessPhrase(record.leftover)}.` };
  }
  if (conversation.error !== null) return saidFault(conversation.error);
  if (conversation.fault !== null)
    return { kind: 'protocol', message: `It broke the worker protocol: ${harmlessPhrase(conversation.fault)}.` };
  return endingFault(record.ending, conversation, expected);
}

function saidFault(error: ErrorEvent): Fault {
  const where = error.where === null ? '' : ` (${harmlessPhrase(error.where, 120)})`;
  const what = `${harmlessPhrase(error.type, 60)}: ${harmlessPhrase(error.message)}${where}.`;
  switch (error.phase) {
    case 'verify':
      return { kind: 'wrong result', message: `Verification failed with ${what}` };
    case 'import':
      return { kind: 'refused', message: `Its import failed with ${what}` };
    case 'contract':
      return { kind: 'refused', message: `It breaks the workload contract: ${what}` };
    case 'fallback':
      return { kind: 'fallback', message: `It did not run as asked: ${what}` };
    case 'setup':
    case 'run':
    case 'teardown':
      return { kind: 'error', message: `Its ${error.phase} failed with ${what}` };
  }
}

function endingFault(ending: WorkerEnding, conversation: Conversation, expected: Expectation): Fault | null {
  const ended = conversation.end !== null;
  switch (ending.how) {
    case 'not started':
      return { kind: 'crash', message: `The interpreter could not be started: ${harmlessPhrase(ending.reason)}.` };
    case 'timeout':
      if (ended && conversation.endedAt <= expected.timeoutSeconds) return null;
      return { kind: 'timeout', message: `Killed after ${expected.timeoutSeconds} s, ${progress(conversation, expected)}.` };
    case 'output limit':
      return {
        kind: 'error',
        message: `Killed because it printed more than ${outputLimitBytes} bytes, ${progress(conversation, expected)}.`,
      };
    case 'resource':
      return { kind: 'error', message: `Killed because it took more than ${takenOf(ending)}, ${progress(conversation, expected)}.` };
    case 'exit':
      if (ended && ending.code === 0) return null;
      return { kind: 'crash', message: `${deathOf(ending.code, ending.signal)} ${progress(conversation, expected)}.` };
    case 'lingering':
    case 'protocol':
    case 'abort':
      return ended ? null : { kind: 'crash', message: `Killed ${progress(conversation, expected)}.` };
  }
}

function takenOf({ resource, limit }: Extract<WorkerEnding, { readonly how: 'resource' }>): string {
  return resource === 'processes' ? `${limit} processes` : `${limit} bytes of ${resource}`;
}

function deathOf(code: number | null, signal: string | null): string {
  if (signal === null) return `It exited with code ${code}`;
  // Whoever kills with SIGKILL and is not this program is most often the kernel, out of memory.
  return signal === 'SIGKILL' ? 'It died by SIGKILL of someone else (often for want of memory)' : `It died by ${signal}`;
}

/** How far it came, as the end of a sentence. */
function progress({ start, workload, values, end }: Conversation, expected: Expectation): string {
  if (end !== null) return 'after its end line';
  if (start === null && workload === null) return 'before its first line';
  return expected.values === 0 ? 'before its end line' : `after ${values.length} of ${expected.values} values, before its end line`;
}
