import type { AcceptedShift } from '../model/accepted-shift.ts';
import { type Cell, cellId } from '../model/cell.ts';
import { fewestForInterval } from '../model/change.ts';
import type { Metric } from '../model/metric.ts';
import { holm } from '../stats/holm.ts';
import { levelShiftP } from '../stats/level-shift.ts';
import type { Step } from '../stats/step-detection.ts';
import { acceptedOf, acceptedStart } from './history-start.ts';
import { fewestForStep, type SteppedHistory } from './history-step.ts';
import type { NamedRun } from './screen-history.ts';

/** The chance that any step is listed on a branch on which nothing changed, while noise is normal. */
export const shiftAlpha = 0.01;

/** A run on one side of a shift. */
export type ShiftEnd = Pick<NamedRun, 'run' | 'commit' | 'created'>;

/** A lasting change of the level of one cell on the base branch, on one CPU model. */
export interface Shift {
  readonly cell: Cell;
  readonly metric: Metric;
  readonly cpuModel: string;
  /** The last run of the old level and the first of the new one. */
  readonly from: ShiftEnd;
  readonly to: ShiftEnd;
  /** Whether the new level began with a commit, somewhere between two that are not known to follow each other, or with none. */
  readonly place: 'commit' | 'between commits' | 'same commit' | 'no commit';
  /** New level over old level, above 0. */
  readonly ratio: number;
  readonly direction: 'worse' | 'better';
  /** Runs of each level, up to the neighbouring steps. */
  readonly before: number;
  readonly after: number;
  /** Adjusted over all histories that were looked at. */
  readonly p: number;
  /** Who accepted it; null where nobody did. */
  readonly accepted: AcceptedShift | null;
}

/** The lasting changes of level of many cells. */
export interface BranchShifts {
  /** The newest first; of the same runs, the largest first. */
  readonly shifts: readonly Shift[];
  /** Histories that were long enough to be looked at: one for each cell and CPU model. */
  readonly histories: number;
  /** Histories of fewer than `fewestForStep` runs. */
  readonly tooShort: number;
  /** Steps that were seen and are not listed: among so many histories they may be chance. */
  readonly unclear: number;
}

/** Nothing was looked at. */
export const noShifts: BranchShifts = { shifts: [], histories: 0, tooShort: 0, unclear: 0 };

/** The history of a cell on one CPU model, looked through for steps. */
export interface CellHistory {
  readonly cell: Cell;
  readonly metric: Metric;
  readonly stepped: SteppedHistory;
}

/** What shifts are described with. */
export interface ShiftContext {
  readonly accepted: readonly AcceptedShift[];
  /** Places of commits in their history, 0 for the newest; empty where they are not known. */
  readonly places: ReadonlyMap<string, number>;
}

/**
 * The lasting steps that a reader can believe. Each was already one in a thousand among its own shuffled runs; of many
 * histories some would still show one by chance, so it must also be clear by a test that is corrected over all of them.
 */
export function branchShifts(histories: readonly CellHistory[], context: ShiftContext): BranchShifts {
  const long = histories.filter(({ stepped }) => stepped.series.length >= fewestForStep);
  const found = long.flatMap((history) =>
    history.stepped.steps.map((step, which) => ({ history, step, ...levelsOf(history.stepped, which) })),
  );
  const still = long.filter(({ stepped }) => stepped.steps.length === 0);
  const adjusted = holm([...found.map(({ p }) => p), ...still.map(() => 1)]);
  const clear = found.flatMap((each, index) => {
    const p = adjusted[index] ?? 1;
    return p <= shiftAlpha ? [shiftOf({ ...each, p }, context)] : [];
  });
  return {
    shifts: clear.toSorted((one, other) => Date.parse(other.to.created) - Date.parse(one.to.created) || sizeOf(other) - sizeOf(one)),
    histories: long.length,
    tooShort: histories.length - long.length,
    unclear: found.length - clear.length,
  };
}

interface FoundShift {
  readonly history: CellHistory;
  readonly step: Step;
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly p: number;
}

/** The levels on both sides of a step, up to its neighbours. */
function levelsOf({ levels, steps }: SteppedHistory, which: number): Pick<FoundShift, 'before' | 'after' | 'p'> {
  const at = steps[which]?.index ?? 0;
  const before = levels.slice(steps[which - 1]?.index ?? 0, at);
  const after = levels.slice(at, steps[which + 1]?.index ?? levels.length);
  return { before, after, p: levelShiftP({ before, after, places: levels.length - 2 * fewestForInterval + 1 }) };
}

function shiftOf({ history, step, before, after, p }: FoundShift, { accepted, places }: ShiftContext): Shift {
  const { cell, metric, stepped } = history;
  const [from, to] = [stepped.series[step.index - 1], stepped.series[step.index]];
  if (from === undefined || to === undefined) throw new RangeError(`step ${step.index} is outside its history`);
  const ratio = Math.exp(step.shift);
  return {
    ...{ cell, metric, ratio, p },
    cpuModel: to.cpuModel,
    from: endOf(from),
    to: endOf(to),
    place: placeOf(from.commit, to.commit, places),
    direction: ratio > 1 === (metric.better === 'lower') ? 'worse' : 'better',
    before: before.length,
    after: after.length,
    accepted: acceptanceOf(stepped.series, step.index, acceptedOf(cellId(cell), accepted)),
  };
}

function endOf({ run, commit, created }: NamedRun): ShiftEnd {
  return { run, commit, created };
}

function placeOf(from: string | null, to: string | null, places: ReadonlyMap<string, number>): Shift['place'] {
  if (from === null || to === null) return 'no commit';
  if (from === to) return 'same commit';
  const [older, newer] = [places.get(from), places.get(to)];
  return older !== undefined && newer !== undefined && older - newer === 1 ? 'commit' : 'between commits';
}

/** The acceptance of the level after a step. Where exactly a step lies may move by a run or two as more runs come. */
function acceptanceOf(series: readonly NamedRun[], index: number, accepted: readonly AcceptedShift[]): AcceptedShift | null {
  return accepted.find((shift) => Math.abs(acceptedStart(series, shift) - index) < fewestForInterval) ?? null;
}

function sizeOf({ ratio }: Shift): number {
  return Math.abs(Math.log(ratio));
}
