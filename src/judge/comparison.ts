import { cellId } from '../model/cell.ts';
import { type Basis, type Change, fewestForInterval, intervalLevel, type Ratio } from '../model/change.ts';
import type { Run } from '../model/run.ts';
import { differenceFromEarlier } from '../stats/prediction-interval.ts';
import { logMedian, mean } from '../stats/quantiles.ts';
import { geometricMean } from '../stats/welch.ts';
import { type CellIndex, type CellState, indexCells, type MeasuredCell } from './cell-index.ts';
import { whyNotComparable } from './comparability.ts';
import { ratioBetween, tooFew } from './effect.ts';
import type { HistoryStarts } from './history-start.ts';
import { missingCells } from './missing.ts';
import { processValues } from './process-value.ts';
import { runsByRuntime } from './runs-of-runtime.ts';
import { comparableHistory, windowRuns } from './screen-history.ts';

/** A cell of this run beside its stored runs. */
export interface ComparedCell {
  readonly state: CellState;
  readonly change: Change;
  /** The stored runs that it may be compared with, oldest first: the same that the screen looks at. */
  readonly stored: readonly MeasuredCell[];
}

/**
 * Compares every cell of a run with the stored runs of its runtime, and names those that the newest stored run had and
 * this one has not.
 *
 * @param baselineRuns stored runs of any runtimes, oldest first, and complete
 * @param starts none when left out: every run counts
 */
export function compareWithBaseline(head: CellIndex, baselineRuns: readonly Run[], starts: HistoryStarts = new Map()): readonly Change[] {
  const stored = baselineRuns.map(indexCells);
  return [...compareCells(head, { stored, starts }).map(({ change }) => change), ...missingCells(head, stored)];
}

/** Stored runs, oldest first, and where they begin to count. */
export interface StoredHistory {
  readonly stored: readonly CellIndex[];
  readonly starts: HistoryStarts;
}

/** The same for the cells of the run alone, each with what it was compared with. */
export function compareCells(head: CellIndex, { stored, starts }: StoredHistory): readonly ComparedCell[] {
  const { cpuModel } = head.results.machine;
  const runsOf = runsByRuntime(stored);
  return [...head.states.values()].map((state) => compareCell(state, { stored: runsOf(state.cell.runtime), starts }, cpuModel));
}

function compareCell(state: CellState, history: StoredHistory, cpuModel: string): ComparedCell {
  const { cell } = state;
  const alone = (change: Change) => ({ state, change, stored: [] });
  if (state.status === 'broken') return alone({ status: 'broken', cell, kind: state.kind, message: state.message });
  if (history.stored.length === 0) return alone({ status: 'no baseline', cell });
  const { comparable, newest, known } = cellHistory(state, history, cpuModel);
  if (!known) return alone({ status: 'new', cell });
  if (newest === null) return alone({ status: 'not comparable', cell, reason: 'it was broken in every stored run' });
  if (comparable.length === 0) {
    const reason = whyNotComparable(state, newest) ?? 'no stored run can be compared';
    return alone({ status: 'not comparable', cell, reason });
  }
  return { state, change: compareMeasured(state, comparable), stored: comparable };
}

/** What stored runs know of a cell. */
interface CellHistory {
  /** Those to compare with, oldest first. */
  readonly comparable: readonly MeasuredCell[];
  /** The newest that measured it; null where it was broken in all. */
  readonly newest: MeasuredCell | null;
  /** Whether any of them has it. */
  readonly known: boolean;
}

interface StoredCell {
  readonly state: MeasuredCell;
  readonly run: string;
  readonly cpuModel: string;
}

/** Reads the stored runs of a cell from the newest on, until there are as many as are looked back on. */
function cellHistory(head: MeasuredCell, { stored, starts }: StoredHistory, cpuModel: string): CellHistory {
  const id = cellId(head.cell);
  const start = starts.get(id);
  let [known, newest]: [boolean, MeasuredCell | null] = [false, null];
  const newestFirst: StoredCell[] = [];
  let alike = 0;
  for (const { states, results } of stored.toReversed()) {
    const state = states.get(id);
    known ||= state !== undefined;
    if (state?.status !== 'measured') continue;
    newest ??= state;
    if (whyNotComparable(head, state) !== null) continue;
    newestFirst.push({ state, run: results.runId, cpuModel: results.machine.cpuModel });
    alike += results.machine.cpuModel === cpuModel ? 1 : 0;
    if (alike === windowRuns && start === undefined) break;
  }
  const runs = newestFirst.toReversed();
  const comparable = comparableHistory({ runs, cpuModel, startsAt: indexOfStart(runs, start) });
  return { comparable: comparable.map(({ state }) => state), newest, known };
}

function indexOfStart(runs: readonly StoredCell[], start: string | null | undefined): number {
  if (start === undefined) return 0;
  const first = runs.findIndex(({ run }) => run === start);
  return first < 0 ? runs.length : first;
}

function compareMeasured(head: MeasuredCell, comparable: readonly MeasuredCell[]): Change {
  const { cell, gate } = head;
  const values = processValues(head.processes, gate);
  const runs = comparable.map(({ processes }) => processValues(processes, gate)).filter((run) => run.length > 0);
  if (values.length === 0 || runs.length === 0) return { status: 'not comparable', cell, reason: `no process reported ${gate.label}` };
  return compareValues(head, values, runs);
}

function compareValues({ cell, gate }: MeasuredCell, values: readonly number[], runs: readonly (readonly number[])[]): Change {
  const compared = compareFigures(values, runs);
  if (compared === null) {
    return { status: 'not comparable', cell, reason: `${gate.label} is zero or below in a process, which leaves no ratio` };
  }
  return { status: 'compared', cell, metric: gate, ...compared };
}

/** Figures of a run against those of stored runs. */
export interface ComparedFigures {
  readonly base: number;
  readonly head: number;
  readonly ratio: Ratio;
  readonly basis: Basis;
}

/** Compares the process values of this run with those of each stored run, at least one of each; null when a value of zero or below leaves no ratio. */
export function compareFigures(values: readonly number[], runs: readonly (readonly number[])[]): ComparedFigures | null {
  if (!isAboveZero(values) || !runs.every(isAboveZero)) return null;
  const kind = runs.length >= fewestForInterval ? 'runs' : 'processes';
  const compared = kind === 'runs' ? amongRuns(values, runs) : amongProcesses(values, runs.flat());
  return { ...compared, basis: { kind, runs: runs.length } };
}

function isAboveZero(values: readonly number[]): boolean {
  return values.every((value) => value > 0);
}

type Compared = Omit<ComparedFigures, 'basis'>;

/** The run is the unit: its figure is the median over processes, on the log scale because noise multiplies. */
function amongRuns(values: readonly number[], runs: readonly (readonly number[])[]): Compared {
  const next = logMedian(values);
  const earlier = runs.map(logMedian);
  const { value, low, high } = differenceFromEarlier({ next, earlier, level: intervalLevel });
  const bounds = tooFew([values]) ?? { kind: 'interval', low: Math.exp(low), high: Math.exp(high) };
  return { base: Math.exp(mean(earlier)), head: Math.exp(next), ratio: { value: Math.exp(value), bounds } };
}

function amongProcesses(head: readonly number[], base: readonly number[]): Compared {
  const ratio = ratioBetween({ head, base });
  if (ratio === null) throw new RangeError('values of zero or below were to be refused before');
  return { base: geometricMean(base), head: geometricMean(head), ratio };
}
