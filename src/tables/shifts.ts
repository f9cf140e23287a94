import type { BranchShifts, Shift } from '../judge/history-shift.ts';
import { stepAlpha } from '../judge/history-step.ts';
import type { RunContext } from '../model/run.ts';
import { packageChanges, packageChangeText } from './package-changes.ts';

/** A lasting change of level, with what else there was at the same place. */
export interface ShiftRow extends Shift {
  /** Cells whose level shifted between the same two runs, itself among them, >= 1. */
  readonly together: number;
  /** What else differs between the two runs: "kernel 6.8.0 → 6.11.0". */
  readonly alongside: readonly string[];
}

/** The lasting changes of level on the base branch, as far as the stored runs reach back. */
export interface ShiftTable extends Omit<BranchShifts, 'shifts'> {
  /** The newest first; of the same runs, the largest first. */
  readonly rows: readonly ShiftRow[];
  /** How many histories without any change would show a step by chance, if nothing but their own shuffles were asked. */
  readonly expected: number;
}

/**
 * Tabulates shifts. A maintainer blames a commit only for what the machine and the packages do not explain: what else
 * changed is found by comparing the two runs.
 *
 * @param runs the stored runs that the shifts were found in
 */
export function shiftTable({ shifts, ...counts }: BranchShifts, runs: readonly RunContext[]): ShiftTable {
  const records = Map.groupBy(runs, ({ runId }) => runId);
  const together = Map.groupBy(shifts, placeKey);
  return {
    ...counts,
    rows: shifts.map((shift) => ({
      ...shift,
      together: together.get(placeKey(shift))?.length ?? 1,
      alongside: alongside(recordOf(shift, records.get(shift.from.run)), recordOf(shift, records.get(shift.to.run)), shift),
    })),
    expected: counts.histories * stepAlpha,
  };
}

function placeKey({ from, to, cpuModel }: Shift): string {
  return JSON.stringify([from.run, to.run, cpuModel]);
}

/** The part of a run that measured the cell. */
function recordOf({ cell, cpuModel }: Shift, records: readonly RunContext[] = []): RunContext | undefined {
  return records.find(
    ({ machine, runtimes, workloads }) =>
      machine.cpuModel === cpuModel && runtimes.some(({ id }) => id === cell.runtime) && workloads.some(({ id }) => id === cell.workload),
  );
}

function alongside(from: RunContext | undefined, to: RunContext | undefined, { cell }: Shift): readonly string[] {
  if (from === undefined || to === undefined) return [];
  const facts = [
    ['kernel', from.machine.kernel, to.machine.kernel],
    ['OS', from.machine.os, to.machine.os],
    ['runner', from.machine.runnerClass, to.machine.runnerClass],
    ['peers’ Python', from.machine.peerPython, to.machine.peerPython],
  ] as const;
  const [before, now] = [from, to].map(({ runtimes }) => runtimes.find(({ id }) => id === cell.runtime));
  const packages = before === undefined || now === undefined ? [] : packageChanges(before, now);
  return [
    ...facts.flatMap(([name, was, is]) => (was === is ? [] : [`${name} ${was} → ${is}`])),
    ...packages.filter((change) => change.before !== 'none' && change.now !== 'none').map(packageChangeText),
  ];
}
