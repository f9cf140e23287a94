import { criticalValue } from '../stats/critical-value.ts';
import { moderatedVariance } from '../stats/moderated-variance.ts';
import { mean, median, standardDeviation } from '../stats/quantiles.ts';
import { smallestSpread } from '../stats/trimmed-t.ts';
import type { ComparableCell } from './screen-cell.ts';

/** Fewest cells whose common movement counts as the machine's and not as theirs. */
const fewestInFamily = 5;

/** Level of the one-sided bound by which a slowdown is excluded. */
const exclusionLevel = 0.975;

/** How this run lies to the stored ones, on the log scale, after the movement common to its family was taken out. */
export interface ScreenEstimate {
  /** This run less the mean of the stored ones. */
  readonly effect: number;
  /** Standard error of `effect`, the spread from run to run included. */
  readonly error: number;
  readonly df: number;
  /** Distance from `effect` to the bound at 97.5 %. */
  readonly reach: number;
  /** Stored runs it rests on, >= 3. */
  readonly runs: number;
  /** What was taken out as the movement of the rest of the family; null where the family is too small to tell. */
  readonly familyShift: number | null;
}

/** A cell with its estimate; null where the family leaves no spread to judge by. */
export interface EstimatedCell {
  readonly prepared: ComparableCell;
  readonly estimate: ScreenEstimate | null;
}

/** Deviations from their references of the cells of one family, ascending: in this run and in each stored one. */
interface FamilyDeviations {
  readonly next: readonly number[];
  readonly earlier: ReadonlyMap<string, readonly number[]>;
}

/**
 * Estimates every cell against its stored runs. What the other cells of a family of at least five have in common is
 * taken out of every run: the cell's own movement is left out, or it would hide a part of itself. Variances are drawn
 * towards the family's median (all cells' where it has fewer than five).
 */
export function estimateCells(cells: readonly ComparableCell[]): readonly EstimatedCell[] {
  const families = Map.groupBy(cells, ({ cell }) => cell.family);
  const deviations = new Map([...families].map(([family, members]) => [family, deviationsOf(members)]));
  const normalised = cells.map((prepared) => normalise(prepared, deviations.get(prepared.cell.family)));
  const common = commonVariances(normalised);
  return normalised.map((each) => ({ prepared: each.prepared, estimate: estimateOf(each, common(each)) }));
}

interface Normalised {
  readonly prepared: ComparableCell;
  readonly next: number;
  readonly earlier: readonly number[];
  readonly variance: number;
  readonly familyShift: number | null;
}

function deviationsOf(members: readonly ComparableCell[]): FamilyDeviations {
  const byRun = new Map<string, number[]>();
  for (const { earlier, reference } of members) {
    for (const [run, value] of earlier) {
      const deviations = byRun.get(run);
      if (deviations === undefined) byRun.set(run, [value - reference]);
      else deviations.push(value - reference);
    }
  }
  const ascending = (values: readonly number[]) => values.toSorted((a, b) => a - b);
  return {
    next: ascending(members.map((member) => member.next - member.reference)),
    earlier: new Map([...byRun].map(([run, values]) => [run, ascending(values)])),
  };
}

/** The median of a family's deviations without the cell's own; null where the family is too small to tell. */
function shiftOfOthers(ascending: readonly number[], own: number): number | null {
  if (ascending.length < fewestInFamily) return null;
  const at = ascending.indexOf(own);
  const others = ascending.length - 1;
  const other = (rank: number) => ascending[rank < at ? rank : rank + 1] ?? 0;
  return (other((others - 1) >> 1) + other(others >> 1)) / 2;
}

function normalise(prepared: ComparableCell, family: FamilyDeviations | undefined): Normalised {
  const { reference } = prepared;
  const shift = (ascending: readonly number[] | undefined, value: number) => shiftOfOthers(ascending ?? [], value - reference);
  const earlier: number[] = [];
  for (const [run, value] of prepared.earlier) earlier.push(value - (shift(family?.earlier.get(run), value) ?? 0));
  const familyShift = shift(family?.next, prepared.next);
  return { prepared, next: prepared.next - (familyShift ?? 0), earlier, variance: standardDeviation(earlier) ** 2, familyShift };
}

function commonVariances(cells: readonly Normalised[]): (cell: Normalised) => number {
  if (cells.length === 0) return () => 0;
  const ofAll = median(cells.map(({ variance }) => variance));
  const byFamily = new Map<string, number>();
  for (const [family, members] of Map.groupBy(cells, ({ prepared }) => prepared.cell.family)) {
    byFamily.set(family, members.length < fewestInFamily ? ofAll : median(members.map(({ variance }) => variance)));
  }
  return ({ prepared }) => byFamily.get(prepared.cell.family) ?? ofAll;
}

function estimateOf({ next, earlier, variance: own, familyShift }: Normalised, common: number): ScreenEstimate | null {
  const runs = earlier.length;
  const { variance, df } = moderatedVariance({ own, df: runs - 1, common });
  const error = Math.sqrt(variance * (1 + 1 / runs));
  if (!(error > smallestSpread)) return null;
  return { effect: next - mean(earlier), error, df, reach: criticalValue(exclusionLevel, df) * error, runs, familyShift };
}
