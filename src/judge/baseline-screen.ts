import type { AcceptedShift } from '../model/accepted-shift.ts';
import { type Cell, cellId } from '../model/cell.ts';
import type { Metric } from '../model/metric.ts';
import type { Run } from '../model/run.ts';
import { familyOf } from './cell-family.ts';
import { type CellIndex, indexCells, type MeasuredCell } from './cell-index.ts';
import { CellRun, runName } from './cell-run.ts';
import type { StoredEvidence } from './cell-verdict.ts';
import { whyNotComparable } from './comparability.ts';
import { acceptedOf, type HistoryStart, startOfHistory } from './history-start.ts';
import { lastingSteps, type SteppedHistory } from './history-step.ts';
import { processValues } from './process-value.ts';
import { runsByRuntime } from './runs-of-runtime.ts';
import { type Screened, type ScreenOptions, screen } from './screen.ts';
import type { ScreenCell } from './screen-cell.ts';
import { type DividedHistory, divideHistory, type NamedRun, type StoredRun } from './screen-history.ts';
import type { ScreenOutcome } from './screen-outcome.ts';
import { plainScreen, storedEvidence } from './stored-evidence.ts';
import { type Threshold, type ThresholdRules, thresholdFor } from './threshold.ts';
import { isDeterministic } from './threshold-deterministic.ts';

/** Why stored runs have nothing to say of a cell. */
export type Absence = { readonly kind: 'new'; readonly reason: string } | { readonly kind: 'not comparable'; readonly reason: string };

/** A measured cell of this run beside its stored runs. */
export interface ScreenedCell {
  /** As `cellId` makes it. */
  readonly id: string;
  readonly cell: Cell;
  readonly metric: Metric;
  readonly family: string;
  readonly threshold: Threshold;
  readonly outcome: ScreenOutcome;
  /** What the screen itself says; null where a plain threshold was used. */
  readonly screened: Screened | null;
  /** Null where there was nothing to compare with. */
  readonly stored: StoredEvidence | null;
  readonly absence: Absence | null;
  /** The stored runs that were used, oldest first. */
  readonly history: readonly NamedRun[];
  /** The comparable runs that were not used, by why. */
  readonly passedOver: DividedHistory<NamedRun>['passedOver'];
  /** What older runs do not count for. */
  readonly cutBy: HistoryStart['after'];
  /** The first run that counts; null where there is none. */
  readonly firstRun: string | null;
  /** What the runs were looked through with for lasting steps. */
  readonly stepped: SteppedHistory;
}

/** This run, the stored ones, and the rules. */
export interface BaselineScreenInput extends ScreenOptions {
  readonly index: CellIndex;
  /** Complete stored runs of any runtimes, oldest first, without this run. */
  readonly baselineRuns: readonly Run[];
  /** Accepted changes of level that lie behind what this run was made from; none when left out. */
  readonly accepted?: readonly AcceptedShift[];
  readonly thresholds: ThresholdRules;
  readonly seed: number;
}

/** Screens every measured cell of a run, in its order. Broken cells are not in it: they need no comparison. */
export function screenBaseline({ maxSuspects, sentinels, ...input }: BaselineScreenInput): readonly ScreenedCell[] {
  const runsOf = runsByRuntime(input.baselineRuns.map(indexCells));
  const known = [...input.index.states.values()].flatMap((state) =>
    state.status === 'measured' ? [knownCell(state, { ...input, stored: runsOf(state.cell.runtime) })] : [],
  );
  const tested = known.filter(({ metric }) => !isDeterministic(metric));
  const screened = new Map(
    screen(
      tested.map(({ cell }) => cell),
      { maxSuspects, sentinels },
    ).map((each) => [each.id, each]),
  );
  return known.map((each) => screenedCell(each, screened.get(each.cell.id) ?? null));
}

interface KnownCell extends Pick<ScreenedCell, 'metric' | 'absence' | 'passedOver' | 'cutBy' | 'firstRun' | 'stepped'> {
  readonly history: readonly StoredRun[];
  readonly state: MeasuredCell;
  readonly cell: ScreenCell;
  readonly cpuModel: string;
}

interface KnownContext extends Omit<BaselineScreenInput, keyof ScreenOptions | 'baselineRuns'> {
  /** Runs of the runtime of the cell, oldest first. */
  readonly stored: readonly CellIndex[];
}

function knownCell(state: MeasuredCell, { index, stored, thresholds, seed, accepted = [] }: KnownContext): KnownCell {
  const { gate: metric } = state;
  const id = cellId(state.cell);
  const { cpuModel } = index.results.machine;
  const threshold = thresholdFor(state.cell, metric.id, thresholds);
  const { runs, absence } = storedRuns(state, id, stored);
  const stepped = lastingSteps(runs, { cpuModel, threshold, seed });
  const start = startOfHistory(runs, stepped, acceptedOf(id, accepted));
  const { used: history, passedOver } = divideHistory({ runs, cpuModel, startsAt: start.index });
  const worse = (values: readonly number[]) => (metric.better === 'lower' ? values : values.map((value) => 1 / value));
  const cell: ScreenCell = {
    id,
    family: familyOf(metric, state.cell.model),
    stratum: state.cell.model,
    threshold,
    next: worse(processValues(state.processes, metric)),
    earlier: metric.better === 'lower' ? history : history.map(({ run, values }) => ({ run, values: worse(values) })),
  };
  const firstRun = runs[start.index]?.run ?? null;
  const looked = { passedOver: passedOver.map(([why, some]) => [why, some.map(runName)] as const), stepped: namesOnly(stepped) };
  return { state, cell, cpuModel, metric, absence, history, ...looked, cutBy: start.after, firstRun };
}

/** The stored runs that a cell can be compared with, oldest first, or why there is none. */
function storedRuns(
  state: MeasuredCell,
  id: string,
  stored: readonly CellIndex[],
): { readonly runs: readonly StoredRun[]; readonly absence: Absence | null } {
  if (stored.length === 0) return { runs: [], absence: { kind: 'new', reason: 'no stored run of this runtime on such a machine' } };
  let why: string | null = null;
  const runs: StoredRun[] = [];
  for (const { states, results } of stored) {
    const known = states.get(id);
    if (known === undefined) continue;
    const reason = known.status === 'broken' ? 'it was broken in every stored run' : whyNotComparable(state, known);
    why = reason ?? why;
    if (reason !== null || known.status === 'broken') continue;
    runs.push(new CellRun(results, processValues(known.processes, state.gate)));
  }
  if (runs.length > 0) return { runs, absence: null };
  return { runs, absence: why === null ? { kind: 'new', reason: 'no stored run has this cell' } : { kind: 'not comparable', reason: why } };
}

function screenedCell({ state, cell, cpuModel, ...known }: KnownCell, screened: Screened | null): ScreenedCell {
  const { metric, history } = known;
  const { id, family, threshold } = cell;
  const shared = { ...known, history: history.map(runName), id, cell: state.cell, family, threshold, screened };
  const sides = { head: processValues(state.processes, metric), runs: history, cpuModel };
  const plain = plainScreen(metric, state.cell.model, sides, threshold);
  if (plain !== null) return { ...shared, ...plain };
  if (screened === null) return { ...shared, outcome: { kind: 'suspect', why: 'no baseline', sentinel: false }, stored: null };
  return { ...shared, outcome: outcomeOf(screened), stored: storedEvidence(metric, sides, screened) };
}

/** Of what was looked through, the names of the runs are needed alone: hundreds of thousands of figures are free again. */
function namesOnly(stepped: SteppedHistory): SteppedHistory {
  return { ...stepped, series: stepped.series.map(runName) };
}

function outcomeOf(screened: Screened): ScreenOutcome {
  switch (screened.status) {
    case 'cleared':
      return { kind: 'cleared' };
    case 'suspect':
      return { kind: 'suspect', why: screened.why, sentinel: screened.sentinel };
    case 'not re-measured':
      return { kind: 'left out', why: screened.why };
    case 'not judged':
      return { kind: 'not judged', reason: screened.reason };
  }
}
