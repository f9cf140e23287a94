import { type Cell, cellId } from '../model/cell.ts';
import type { Metric } from '../model/metric.ts';
import type { Results } from '../model/results.ts';
import { familyOf } from './cell-family.ts';
import { type CellIndex, indexCells, type MeasuredCell } from './cell-index.ts';
import type { StoredEvidence } from './cell-verdict.ts';
import { whyNotComparable } from './comparability.ts';
import { startAfterStep } from './history-step.ts';
import { processValues } from './process-value.ts';
import { type Screened, type ScreenOptions, screen } from './screen.ts';
import type { ScreenCell } from './screen-cell.ts';
import { comparableHistory, type StoredRun } from './screen-history.ts';
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
  readonly history: readonly StoredRun[];
  /** Whether older runs were left out because a lasting step lies between. */
  readonly cutByStep: boolean;
}

/** This run, the stored ones, and the rules. */
export interface BaselineScreenInput extends ScreenOptions {
  readonly index: CellIndex;
  /** Complete stored runs of any runtimes, oldest first, without this run. */
  readonly baselineRuns: readonly Results[];
  readonly thresholds: ThresholdRules;
  readonly seed: number;
}

/** Screens every measured cell of a run, in its order. Broken cells are not in it: they need no comparison. */
export function screenBaseline({ index, baselineRuns, thresholds, seed, ...options }: BaselineScreenInput): readonly ScreenedCell[] {
  const stored = baselineRuns.map(indexCells);
  const known = [...index.states.values()].flatMap((state) =>
    state.status === 'measured' ? [knownCell(state, stored, { index, thresholds, seed })] : [],
  );
  const tested = known.filter(({ metric }) => !isDeterministic(metric));
  const screened = new Map(
    screen(
      tested.map(({ input }) => input),
      options,
    ).map((each) => [each.id, each]),
  );
  return known.map((each) => screenedCell(each, screened.get(each.input.id) ?? null));
}

interface KnownCell {
  readonly state: MeasuredCell;
  readonly metric: Metric;
  readonly input: ScreenCell;
  readonly history: readonly StoredRun[];
  readonly cpuModel: string;
  readonly absence: Absence | null;
  readonly cutByStep: boolean;
}

interface KnownContext {
  readonly index: CellIndex;
  readonly thresholds: ThresholdRules;
  readonly seed: number;
}

function knownCell(state: MeasuredCell, stored: readonly CellIndex[], { index, thresholds, seed }: KnownContext): KnownCell {
  const { cell, gate: metric } = state;
  const { cpuModel } = index.results.machine;
  const threshold = thresholdFor(cell, metric.id, thresholds);
  const { runs, absence } = storedRuns(state, stored);
  const startsAt = startAfterStep(runs, { cpuModel, threshold, seed });
  const history = comparableHistory({ runs, cpuModel, startsAt });
  const worse = (value: number) => (metric.better === 'lower' ? value : 1 / value);
  const input: ScreenCell = {
    id: cellId(cell),
    family: familyOf(metric, cell.model),
    stratum: cell.model,
    threshold,
    next: processValues(state.samples, metric).map(worse),
    earlier: history.map(({ run, values }) => ({ run, values: values.map(worse) })),
  };
  return { state, metric, input, history, cpuModel, absence, cutByStep: startsAt !== null };
}

/** The stored runs that a cell can be compared with, oldest first, or why there is none. */
function storedRuns(
  state: MeasuredCell,
  stored: readonly CellIndex[],
): { readonly runs: readonly StoredRun[]; readonly absence: Absence | null } {
  const { cell, gate } = state;
  const sameRuntime = stored.filter(({ results }) => results.runtimes.some(({ id }) => id === cell.runtime));
  if (sameRuntime.length === 0) return { runs: [], absence: { kind: 'new', reason: 'no stored run of this runtime on such a machine' } };
  const found = sameRuntime.flatMap(({ states, results }) => {
    const known = states.get(cellId(cell));
    return known === undefined ? [] : [{ known, results }];
  });
  if (found.length === 0) return { runs: [], absence: { kind: 'new', reason: 'no stored run has this cell' } };
  const reasons: string[] = [];
  const runs = found.flatMap(({ known, results }): readonly StoredRun[] => {
    const reason = known.status === 'broken' ? 'it was broken in every stored run' : whyNotComparable(state, known);
    if (reason !== null) reasons.push(reason);
    if (reason !== null || known.status === 'broken') return [];
    return [{ run: results.runId, cpuModel: results.machine.cpuModel, values: processValues(known.samples, gate) }];
  });
  const [newest = 'no stored run can be compared'] = reasons.toReversed();
  return { runs, absence: runs.length > 0 ? null : { kind: 'not comparable', reason: newest } };
}

function screenedCell(known: KnownCell, screened: Screened | null): ScreenedCell {
  const { state, metric, input, history, absence, cutByStep, cpuModel } = known;
  const shared = {
    id: input.id,
    cell: state.cell,
    metric,
    family: input.family,
    threshold: input.threshold,
    screened,
    absence,
    history,
    cutByStep,
  };
  const sides = { head: processValues(state.samples, metric), runs: history, cpuModel };
  const plain = plainScreen(metric, state.cell.model, sides, input.threshold);
  if (plain !== null) return { ...shared, ...plain };
  if (screened === null) return { ...shared, outcome: { kind: 'suspect', why: 'no baseline', sentinel: false }, stored: null };
  return { ...shared, outcome: outcomeOf(screened), stored: storedEvidence(metric, sides, screened) };
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
