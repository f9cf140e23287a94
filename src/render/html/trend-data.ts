import { type CellIndex, indexCells, type MeasuredCell } from '../../judge/cell-index.ts';
import type { Metric } from '../../model/metric.ts';
import type { Run, RunContext } from '../../model/run.ts';
import { median } from '../../stats/quantiles.ts';
import type { ComparedPart } from '../../tables/cell-trends.ts';
import { storedValues } from '../../tables/stored-values.ts';
import { singleLine } from '../plain-text.ts';
import { spreadOf } from './metric-list.ts';
import type { PageEvidence, PageRun } from './page-data.ts';

/** The stored runs of all parts, oldest first; the records of one run share a place. */
export interface RunAxis {
  readonly runs: readonly PageRun[];
  /** By the id of the run. */
  readonly places: ReadonlyMap<string, number>;
}

/** Puts the stored runs of all parts on one axis. */
export function runAxis(parts: readonly ComparedPart[]): RunAxis {
  const records: readonly RunContext[] = parts.flatMap(({ baselineRuns }) => baselineRuns);
  const sorted = records.toSorted((one, other) => Date.parse(one.created) - Date.parse(other.created));
  const first = new Map<string, RunContext>();
  for (const run of sorted) if (!first.has(run.runId)) first.set(run.runId, run);
  return {
    runs: [...first.values()].map(({ commit, created }) => ({ commit: commit?.slice(0, 12) ?? null, created: singleLine(created) })),
    places: new Map([...first.keys()].map((runId, place) => [runId, place])),
  };
}

/** What a machine measured, with the stored runs it was compared with. */
export interface IndexedPart {
  readonly index: CellIndex;
  readonly stored: () => readonly CellIndex[];
}

/** Indexes each run once, however many parts were compared with it, and a stored run not before it is asked for. */
export function indexParts(parts: readonly ComparedPart[]): readonly IndexedPart[] {
  const made = new Map<Run, CellIndex>();
  const indexOf = (run: Run) => {
    const index = made.get(run) ?? indexCells(run);
    made.set(run, index);
    return index;
  };
  return parts.map(({ results, baselineRuns }) => ({ index: indexOf(results), stored: () => baselineRuns.map(indexOf) }));
}

/** The part that a cell belongs to: where it was measured, or else where it is missing. */
export function partOfCell(id: string, parts: readonly IndexedPart[]): IndexedPart | undefined {
  return parts.find(({ index }) => index.states.has(id)) ?? parts.find(({ stored }) => stored().some(({ states }) => states.has(id)));
}

/**
 * A cell over the stored runs of its part that can be compared with it; where this run has no figures of it, with the
 * newest stored run.
 */
export function trendData(id: string, metric: Metric, part: IndexedPart, { places }: RunAxis): PageEvidence['trend'] {
  const stored = part.stored();
  const newest = [part.index, ...stored.toReversed()].map((index) => measuredBy(index, id, metric)).find((found) => found !== null);
  if (newest === undefined) return [];
  const { cpuModel } = part.index.results.machine;
  return stored
    .flatMap((index): PageEvidence['trend'] => {
      const values = storedValues(index, newest) ?? [];
      const { runId, machine } = index.results;
      return values.length === 0
        ? []
        : [[places.get(runId) ?? 0, ...spreadOf(values, median(values)), machine.cpuModel === cpuModel ? 0 : 1]];
    })
    .toSorted(([one], [other]) => one - other);
}

function measuredBy({ states }: CellIndex, id: string, metric: Metric): MeasuredCell | null {
  const state = states.get(id);
  return state?.status === 'measured' && state.gate.id === metric.id ? state : null;
}
