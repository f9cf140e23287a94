import { type ComparisonWarning, comparisonWarningText } from './comparison-warning.ts';
import { isMachineWarning, type MachineWarning, machineWarningText } from './machine-warning.ts';

/** Something the reader must know to read the results rightly. Travels with the results, becomes a footnote; never an error. */
export type Warning =
  | { readonly code: 'fewer rounds'; readonly planned: number; readonly done: number; readonly budgetSeconds: number }
  | { readonly code: 'interrupted'; readonly planned: number; readonly done: number }
  | { readonly code: 'resumed'; readonly done: number; readonly pauseSeconds: number }
  /** Pairs that a killed run measured by another plan than that of the run that went on. */
  | { readonly code: 'pairs not used'; readonly pairs: number }
  /** A results file and the journal of another run lay side by side, and the later one of them was taken. */
  | { readonly code: 'two runs'; readonly file: string; readonly taken: 'results' | 'journal' }
  | { readonly code: 'few processes'; readonly subject: string; readonly needed: number; readonly actual: number }
  | { readonly code: 'not stored'; readonly reason: string }
  | { readonly code: 'not drawn'; readonly reason: string }
  | { readonly code: 'not written'; readonly file: string; readonly reason: string }
  | ComparisonWarning
  | MachineWarning
  | PyperfFile;

/** One side of a comparison is a file of pyperf: of how many benchmarks something is not known, or is counted otherwise there. */
export interface PyperfFile {
  readonly code: 'pyperf file';
  readonly file: string;
  /** Benchmarks that another program measured. */
  readonly benchmarks: number;
  /** Of those, without a Python version. */
  readonly withoutPython: number;
  /** Benchmarks without a value, which are left out. */
  readonly empty: number;
  /** Most values that a process of them took. */
  readonly mostValues: number;
}

/** The one place where a warning becomes words. Plain text, no markup; the caller escapes it. */
export function warningText(warning: Warning): string {
  if (isMachineWarning(warning)) return machineWarningText(warning);
  switch (warning.code) {
    case 'fewer rounds':
      return `The time budget of ${warning.budgetSeconds} s allowed ${warning.done} of ${warning.planned} rounds for every cell; raise time-budget or select fewer workloads for narrower intervals.`;
    case 'interrupted':
      return `The run was interrupted after ${warning.done} of ${warning.planned} processes; the tables hold what was measured until then and nothing was stored as baseline.`;
    case 'resumed':
      return `The run was killed after ${warning.done} ${warning.done === 1 ? 'process' : 'processes'} and went on ${warning.pauseSeconds} s after the last one, on the same machine and by the same plan; what ran when it was killed was measured anew.`;
    case 'pairs not used':
      return `${warning.pairs} ${warning.pairs === 1 ? 'pair' : 'pairs'} of the run that was killed ${warning.pairs === 1 ? 'was' : 'were'} not used: the suspects, the base or the rules are others now, so all pairs were measured anew.`;
    case 'two runs':
      return warning.taken === 'journal'
        ? `${warning.file} is of an earlier run than the journal beside it; this is what the later one measured before it was killed.`
        : `Beside ${warning.file} lies the journal of an earlier run that was killed; it was not used. Remove it.`;
    case 'few processes':
      return `${warning.subject}: ${warning.actual} of the ${warning.needed} processes that an interval needs; raise processes or time-budget.`;
    case 'no baseline':
    case 'packages changed':
    case 'baseline damaged':
    case 'baseline unreachable':
    case 'other machine':
    case 'same-run interval':
    case 'calibration moved':
      return comparisonWarningText(warning);
    case 'not stored':
      return `This run was not stored as a baseline: ${warning.reason}`;
    case 'not drawn':
      return `The charts of the baseline were not drawn anew, and what was stored is complete without them: ${warning.reason}`;
    case 'not written':
      return `The ${warning.file} of this run was not written, and its verdicts stand without it: ${warning.reason}`;
    case 'pyperf file':
      return pyperfText(warning);
  }
}

function pyperfText({ file, benchmarks, withoutPython, empty, mostValues }: PyperfFile): string {
  return [
    `${file} is a file of pyperf.`,
    ...(benchmarks === 0
      ? []
      : [
          'It knows no concurrency model, no gate metric and no build of the interpreter: each benchmark is taken for a sequential workload of which less is better.',
        ]),
    ...(withoutPython === 0 ? [] : [`${withoutPython} of ${benchmarks} benchmarks do not say which Python measured them.`]),
    ...(mostValues < 2
      ? []
      : [
          'The medians shown of it are of all its values, as pyperf gives them, and not of its processes; tests and intervals count processes, each by the median of its values.',
        ]),
    ...(empty === 0 ? [] : [`Left out for want of a value: ${empty}.`]),
  ].join(' ');
}
