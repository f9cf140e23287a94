import { cellId } from '../model/cell.ts';
import { type Basis, type Change, fewestForInterval, intervalLevel, type Ratio } from '../model/change.ts';
import type { Run } from '../model/run.ts';
import { differenceFromEarlier } from '../stats/prediction-interval.ts';
import { mean, median } from '../stats/quantiles.ts';
import { geometricMean, logarithms } from '../stats/welch.ts';
import { type CellIndex, type CellState, indexCells, type MeasuredCell } from './cell-index.ts';
import { whyNotComparable } from './comparability.ts';
import { ratioBetween, tooFew } from './effect.ts';
import type { HistoryStarts } from './history-start.ts';
import { missingCells } from './missing.ts';
import { processValues } from './process-value.ts';
import { comparableHistory } from './screen-history.ts';

/** One cell as one stored run knows it. */
interface StoredCell<State extends CellState = MeasuredCell> {
  readonly state: State;
  readonly run: string;
  readonly cpuModel: string;
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
  const changes = [...head.states.values()].map((state) => changeOf(state, head, { stored, starts }));
  return [...changes, ...missingCells(head, stored)];
}

/** Stored runs, oldest first, and where they begin to count. */
export interface StoredHistory {
  readonly stored: readonly CellIndex[];
  readonly starts: HistoryStarts;
}

function changeOf(state: CellState, head: CellIndex, { stored, starts }: StoredHistory): Change {
  const { cell } = state;
  if (state.status === 'broken') return { status: 'broken', cell, kind: state.kind, message: state.message };
  const sameRuntime = stored.filter(({ results }) => results.runtimes.some(({ id }) => id === cell.runtime));
  if (sameRuntime.length === 0) return { status: 'no baseline', cell };
  const known = sameRuntime.flatMap((index) => storedStates(index, cellId(cell)));
  if (known.length === 0) return { status: 'new', cell };
  const measured = measuredOnes(known);
  if (measured.length === 0) return { status: 'not comparable', cell, reason: 'it was broken in every stored run' };
  return compareMeasured(state, measured, { cpuModel: head.results.machine.cpuModel, starts });
}

function storedStates(index: CellIndex, id: string): readonly StoredCell<CellState>[] {
  const state = index.states.get(id);
  return state === undefined ? [] : [{ state, run: index.results.runId, cpuModel: index.results.machine.cpuModel }];
}

/**
 * The stored runs that a cell may be compared with, oldest first: the same that the screen looks at.
 *
 * @param cpuModel of this run
 */
export function comparableRuns(head: MeasuredCell, { stored, starts }: StoredHistory, cpuModel: string): readonly MeasuredCell[] {
  const known = stored.flatMap((index) => storedStates(index, cellId(head.cell)));
  return usable(head, measuredOnes(known), { cpuModel, starts });
}

function measuredOnes(known: readonly StoredCell<CellState>[]): readonly StoredCell[] {
  return known.flatMap(({ state, ...where }) => (state.status === 'measured' ? [{ state, ...where }] : []));
}

interface Preference {
  readonly cpuModel: string;
  readonly starts: HistoryStarts;
}

function usable(head: MeasuredCell, stored: readonly StoredCell[], { cpuModel, starts }: Preference): readonly MeasuredCell[] {
  const runs = stored.filter(({ state }) => whyNotComparable(head, state) === null);
  const start = starts.get(cellId(head.cell));
  const first = runs.findIndex(({ run }) => run === start);
  const startsAt = start === undefined ? 0 : first < 0 ? runs.length : first;
  return comparableHistory({ runs, cpuModel, startsAt }).map(({ state }) => state);
}

function compareMeasured(head: MeasuredCell, stored: readonly StoredCell[], preference: Preference): Change {
  const { cell, gate } = head;
  const comparable = usable(head, stored, preference);
  const newest = stored.at(-1);
  if (comparable.length === 0) {
    const reason = newest === undefined ? null : whyNotComparable(head, newest.state);
    return { status: 'not comparable', cell, reason: reason ?? 'no stored run can be compared' };
  }
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
  if (![...values, ...runs.flat()].every((value) => value > 0)) return null;
  const kind = runs.length >= fewestForInterval ? 'runs' : 'processes';
  const compared = kind === 'runs' ? amongRuns(values, runs) : amongProcesses(values, runs.flat());
  return { ...compared, basis: { kind, runs: runs.length } };
}

type Compared = Omit<ComparedFigures, 'basis'>;

/** The run is the unit: its figure is the median over processes, on the log scale because noise multiplies. */
function amongRuns(values: readonly number[], runs: readonly (readonly number[])[]): Compared {
  const next = median(logarithms(values));
  const earlier = runs.map((run) => median(logarithms(run)));
  const { value, low, high } = differenceFromEarlier({ next, earlier, level: intervalLevel });
  const bounds = tooFew([values]) ?? { kind: 'interval', low: Math.exp(low), high: Math.exp(high) };
  return { base: Math.exp(mean(earlier)), head: Math.exp(next), ratio: { value: Math.exp(value), bounds } };
}

function amongProcesses(head: readonly number[], base: readonly number[]): Compared {
  const ratio = ratioBetween({ head, base });
  if (ratio === null) throw new RangeError('values of zero or below were to be refused before');
  return { base: geometricMean(base), head: geometricMean(head), ratio };
}
