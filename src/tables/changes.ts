import type { Findings } from '../judge/findings.ts';
import { type Cell, cellId } from '../model/cell.ts';
import { type Change, type ComparedChange, intervalLevel } from '../model/change.ts';
import { isWorse, verdictOf } from '../model/verdict.ts';

/** Cells that share a reason. */
export interface ReasonGroup {
  readonly reason: string;
  readonly cells: readonly Cell[];
}

/** What differs from the baseline, and every cell for which that cannot be said. */
export interface ChangeTable extends Findings {
  /** Every change, for looking a cell up; by `cellId`. */
  readonly byCell: ReadonlyMap<string, Change>;
  /** Compared cells whose interval excludes equality: worse first, larger first. None of them is confirmed. */
  readonly changed: readonly ComparedChange[];
  /** Cells that could be compared. */
  readonly compared: number;
  /** Compared cells that have an interval. */
  readonly withInterval: number;
  /** How many of those an interval would mark by chance alone if nothing had changed. */
  readonly byChance: number;
  /** The fewest and the most stored runs that a comparison rests on; null when nothing was compared. */
  readonly storedRuns: { readonly fewest: number; readonly most: number } | null;
  readonly fresh: readonly Cell[];
  readonly missing: readonly ReasonGroup[];
  readonly notComparable: readonly ReasonGroup[];
  /** Runtime ids that have no stored run at all. */
  readonly noBaseline: readonly string[];
}

/** Sorts the changes of a run into what its reader asks for. */
export function changeTable(changes: readonly Change[], findings: Findings): ChangeTable {
  const compared = changes.filter((change) => change.status === 'compared');
  const withInterval = compared.filter(({ ratio }) => ratio.bounds.kind === 'interval').length;
  return {
    ...findings,
    byCell: new Map(changes.map((change) => [cellId(change.cell), change])),
    changed: compared.filter((change) => verdictOf(change) === 'not confirmed').sort(worseAndLargerFirst),
    compared: compared.length,
    withInterval,
    byChance: withInterval * (1 - intervalLevel),
    storedRuns: storedRuns(compared),
    fresh: changes.filter(({ status }) => status === 'new').map(({ cell }) => cell),
    missing: byReason(changes.filter((change) => change.status === 'missing')),
    notComparable: byReason(changes.filter((change) => change.status === 'not comparable')),
    noBaseline: [...new Set(changes.filter(({ status }) => status === 'no baseline').map(({ cell }) => cell.runtime))],
  };
}

function worseAndLargerFirst(one: ComparedChange, other: ComparedChange): number {
  const worse = Number(isWorse(other)) - Number(isWorse(one));
  return worse === 0 ? size(other) - size(one) : worse;
}

function size({ ratio }: ComparedChange): number {
  return Math.abs(Math.log(ratio.value));
}

function storedRuns(compared: readonly ComparedChange[]): ChangeTable['storedRuns'] {
  const counts = compared.map(({ basis }) => basis.runs);
  return counts.length === 0 ? null : { fewest: Math.min(...counts), most: Math.max(...counts) };
}

function byReason(changes: readonly { readonly cell: Cell; readonly reason: string }[]): readonly ReasonGroup[] {
  const groups = new Map<string, Cell[]>();
  for (const { cell, reason } of changes) {
    const group = groups.get(reason);
    if (group === undefined) groups.set(reason, [cell]);
    else group.push(cell);
  }
  return [...groups].map(([reason, cells]) => ({ reason, cells }));
}
