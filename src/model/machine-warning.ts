import { amountText, causeRemedy, causeWords, type DisturbanceCause, type MachineEvent, type StrainCause } from './disturbance.ts';

/** Processes that something disturbed: those that stayed in the results, and those measured anew. */
export interface DisturbedProcesses {
  readonly code: 'disturbed';
  readonly cause: DisturbanceCause;
  readonly kept: number;
  readonly repeated: number;
  /** Processes in the results, disturbed or not. */
  readonly of: number;
  /** The largest amount, in the unit of the cause. */
  readonly most: number;
}

/** Processes in the results that ran while something strained the machine. */
export interface StrainedProcesses {
  readonly code: 'strained';
  readonly cause: StrainCause;
  readonly processes: number;
  /** Processes in the results, strained or not. */
  readonly of: number;
  /** The largest amount, in the unit of the cause. */
  readonly most: number;
}

/** What a machine did to a run, or cannot do for it. */
export type MachineWarning =
  | DisturbedProcesses
  | StrainedProcesses
  | { readonly code: 'stolen time' | 'busy machine'; readonly share: number }
  | { readonly code: 'missing guards' | 'unnoticed'; readonly missing: readonly string[] };

/** Their codes. */
export const machineWarningCodes = [
  'disturbed',
  'strained',
  'stolen time',
  'busy machine',
  'missing guards',
  'unnoticed',
] as const satisfies readonly MachineWarning['code'][];

/** Whether a warning is one of these. */
export function isMachineWarning(warning: { readonly code: string }): warning is MachineWarning {
  return machineWarningCodes.some((code) => code === warning.code);
}

/** Its words, as `warningText` gives them. */
export function machineWarningText(warning: MachineWarning): string {
  switch (warning.code) {
    case 'disturbed':
      return disturbedText(warning);
    case 'strained':
      return strainedText(warning);
    case 'stolen time':
      return `The host gave ${percent(warning.share)} of this machine’s processor time to other guests; the intervals hold that noise and are wider for it.`;
    case 'busy machine':
      return `Other processes used ${percent(warning.share)} of the processor time while this run was measured; the intervals hold that noise and are wider for it. Leave the machine to the job for narrower ones.`;
    case 'missing guards':
      return `This system lacks some of what keeps samples apart: ${warning.missing.join(', ')}. A workload that misbehaves may disturb others; Linux has them all.`;
    case 'unnoticed':
      return `This system does not count everything that may disturb a sample, so none of this would be noticed: ${warning.missing.join(', ')}.`;
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function disturbedText({ cause, kept, repeated, of, most }: DisturbedProcesses): string {
  const outcome = `${repeated} ${repeated === 1 ? 'was' : 'were'} measured anew, and ${kept} that stayed disturbed neither ${kept === 1 ? 'convicts nor clears' : 'convict nor clear'} in a pair`;
  return eventText({ cause, amount: most }, `${kept + repeated} of ${of + repeated}`, outcome);
}

function strainedText({ cause, processes, of, most }: StrainedProcesses): string {
  const outcome = 'it may be the doing of the workload, so they count like any other, and the intervals hold that noise';
  return eventText({ cause, amount: most }, `${processes} of ${of}`, outcome);
}

function eventText(event: MachineEvent, processes: string, outcome: string): string {
  const { cause } = event;
  return `${processes} processes ran while ${causeWords(cause)} (${amountText(event)} at most): ${outcome}. To avoid it, ${causeRemedy(cause)}.`;
}
