import { disturbanceCauses, type MachineCause, type MachineEvent, strainCauses } from '../model/disturbance.ts';
import type { MachineCounters } from '../model/machine-counters.ts';
import type { PairsOfRun } from '../model/pairs-of-run.ts';
import type { MeasuredSample, Sample } from '../model/sample.ts';
import type { PairsOutcome } from '../model/sample-pair.ts';
import type { Warning } from '../model/warning.ts';
import { hostSharing, othersShare, stolenShare } from './machine-load.ts';

/** The share of its processor time from which what else ran on a machine is told. */
const busyFrom = 0.1;

/** The largest share of a run's processes that may have met one thing before stored runs alone are nothing to suspect by. */
const mostMet = 0.2;

/** Every process that measured, of the rounds and of the pairs. */
export function measuredProcesses(samples: readonly Sample[], pairs: PairsOfRun): readonly MeasuredSample[] {
  const measured = samples.flatMap((sample) => (sample.status === 'measured' ? [sample] : []));
  return pairs.kind === 'pairs' ? [...measured, ...pairs.run.series.flatMap(({ outcome }) => pairedProcesses(outcome))] : measured;
}

/** Every process of pairs, of both sides. */
export function pairedProcesses({ pairs }: PairsOutcome): readonly MeasuredSample[] {
  return [...pairs.values()].flat().flatMap(({ base, head }) => [base, head]);
}

/** What single processes of a run met, a warning for each cause. */
export function eventWarnings(processes: readonly MeasuredSample[]): readonly Warning[] {
  return [...disturbanceWarnings(processes), ...strainWarnings(processes)];
}

function disturbanceWarnings(processes: readonly MeasuredSample[]): readonly Warning[] {
  return disturbanceCauses.flatMap((cause) => {
    const kept = amountsOf(cause, processes, ({ disturbances }) => disturbances);
    const repeated = amountsOf(cause, processes, ({ setAside }) => setAside);
    const amounts = [...kept, ...repeated];
    if (amounts.length === 0) return [];
    return [
      { code: 'disturbed', cause, kept: kept.length, repeated: repeated.length, of: processes.length, most: Math.max(...amounts) } as const,
    ];
  });
}

function strainWarnings(processes: readonly MeasuredSample[]): readonly Warning[] {
  return strainCauses.flatMap((cause) => {
    const amounts = amountsOf(cause, processes, ({ strains }) => strains);
    if (amounts.length === 0) return [];
    return [{ code: 'strained', cause, processes: amounts.length, of: processes.length, most: Math.max(...amounts) } as const];
  });
}

function amountsOf(
  cause: MachineCause,
  processes: readonly MeasuredSample[],
  of: (process: MeasuredSample) => readonly MachineEvent[] | undefined,
): readonly number[] {
  return processes.flatMap((process) => (of(process) ?? []).flatMap((each) => (each.cause === cause ? [each.amount] : [])));
}

/** What else used the processors between the first and the last process of a run. */
export function loadWarnings(before: MachineCounters, after: MachineCounters): readonly Warning[] {
  const stolen = stolenShare(before.processors, after.processors);
  const others = othersShare(before, after);
  const shared = hostSharing({ stolen, average: null }) === 'shared';
  return [
    ...(shared && stolen !== null ? [{ code: 'stolen time', share: stolen } as const] : []),
    ...(others !== null && others >= busyFrom ? [{ code: 'busy machine', share: others } as const] : []),
  ];
}

/**
 * Whether so many processes met one thing, disturbing or straining, that stored runs alone may not make a cell suspected.
 * What pairs confirm is confirmed all the same.
 */
export function isRunDisturbed(warnings: readonly Warning[]): boolean {
  return warnings.some((warning) => {
    if (warning.code === 'disturbed') return warning.kept > mostMet * warning.of;
    return warning.code === 'strained' && warning.processes > mostMet * warning.of;
  });
}
