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
  /** What was taken out as the movement of the whole family; null where the family is too small to tell. */
  readonly familyShift: number | null;
}

/** A cell with its estimate; null where the family leaves no spread to judge by. */
export interface EstimatedCell {
  readonly prepared: ComparableCell;
  readonly estimate: ScreenEstimate | null;
}

/** What one family moved by: in this run and in each stored one. */
interface FamilyShifts {
  readonly next: number | null;
  readonly earlier: ReadonlyMap<string, number>;
}

/**
 * Estimates every cell against its stored runs. The movement common to a family of at least five cells is taken out of
 * every run; variances are drawn towards the family's median (all cells' where it has fewer than five).
 */
export function estimateCells(cells: readonly ComparableCell[]): readonly EstimatedCell[] {
  const families = Map.groupBy(cells, ({ cell }) => cell.family);
  const shifts = new Map([...families].map(([family, members]) => [family, shiftsOf(members)]));
  const normalised = cells.map((prepared) => normalise(prepared, shifts.get(prepared.cell.family)));
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

function shiftsOf(members: readonly ComparableCell[]): FamilyShifts {
  const next = commonShift(members.map((member) => member.next - member.reference));
  const byRun = new Map<string, number[]>();
  for (const { earlier, reference } of members) {
    for (const [run, value] of earlier) {
      const deviations = byRun.get(run);
      if (deviations === undefined) byRun.set(run, [value - reference]);
      else deviations.push(value - reference);
    }
  }
  return { next, earlier: new Map([...byRun].map(([run, deviations]) => [run, commonShift(deviations) ?? 0])) };
}

function commonShift(deviations: readonly number[]): number | null {
  return deviations.length < fewestInFamily ? null : median(deviations);
}

function normalise(prepared: ComparableCell, shifts: FamilyShifts | undefined): Normalised {
  const earlier = [...prepared.earlier].map(([run, value]) => value - (shifts?.earlier.get(run) ?? 0));
  const familyShift = shifts?.next ?? null;
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
