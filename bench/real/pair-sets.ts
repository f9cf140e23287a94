import type { PairControl, PairedCell } from '../../src/judge/confirm-pairs.ts';
import { pairedCell } from '../../src/judge/pair-differences.ts';
import { defaultThreshold } from '../../src/judge/threshold.ts';
import { type Cell, cellId } from '../../src/model/cell.ts';
import { type Metric, metricOf } from '../../src/model/metric.ts';
import type { Runtime } from '../../src/model/runtime.ts';
import type { MeasuredSample } from '../../src/model/sample.ts';
import { median } from '../../src/stats/quantiles.ts';
import { type CellKind, cellName, type RecordedCell, recordedCells } from './cells.ts';
import type { PairKind } from './jobs.ts';
import type { PairLine, PairRecord, PlantingLine, RecordedProcess } from './record-file.ts';

/** Pairs of one kind of one cell, as the confirmation takes them. */
export type PairSet = Pick<PairedCell, 'differences' | 'control'>;

/** What was recorded of a cell. */
export interface CellSets extends Readonly<Record<PairKind, PairSet>> {
  readonly name: string;
  readonly kind: CellKind;
  readonly metric: Metric;
  readonly planting: PlantingLine;
  /** Median wall seconds of a pair. */
  readonly secondsPerPair: number;
}

/** Fewest pairs of each kind that pull requests can be drawn from: the last look needs 40 different null pairs. */
export const fewestPairs = { null: 40, planted: 20 } as const;

/** The cells of a record that have enough pairs, as the program reads pairs; and the names of those that have not. */
export function pairSets({ recipe, plantings, pairs }: PairRecord): {
  readonly cells: readonly CellSets[];
  readonly tooFew: readonly string[];
} {
  if (recipe === null) return { cells: [], tooFew: [] };
  const known = plantings.flatMap((planting) =>
    recordedCells.filter((cell) => cellName(cell) === planting.cell).map((cell) => ({ cell, planting })),
  );
  const sets = known.map(({ cell, planting }) => cellSets(cell, { planting, runtime: recipe.runtime, pairs }));
  const enough = ({ null: nulls, planted }: CellSets) =>
    nulls.differences.length >= fewestPairs.null && planted.differences.length >= fewestPairs.planted;
  return { cells: sets.filter(enough), tooFew: sets.filter((set) => !enough(set)).map(({ name }) => name) };
}

interface Recorded {
  readonly planting: PlantingLine;
  readonly runtime: Runtime;
  readonly pairs: readonly PairLine[];
}

function cellSets(recorded: RecordedCell, { planting, runtime, pairs }: Recorded): CellSets {
  const name = cellName(recorded);
  const metric = metricOf(planting.metric);
  const cell: Cell = { workload: recorded.workload, model: recorded.model, runtime: runtime.id, params: '' };
  const own = pairs.filter((pair) => pair.cell === name);
  const setOf = (kind: PairKind) => {
    const lines = own.filter((pair) => pair.kind === kind);
    const samples = lines.map(({ base, head }) => ({ base: sampleOf(base, { cell, metric }), head: sampleOf(head, { cell, metric }) }));
    const suspect = { id: cellId(cell), cell, runtimes: { base: runtime, head: runtime }, metric, sourceDiffers: false };
    const { differences, control } = pairedCell(suspect, samples, defaultThreshold);
    return { differences, control };
  };
  const secondsPerPair = own.length === 0 ? 0 : median(own.map(({ seconds }) => seconds));
  return { name, kind: recorded.kind, metric, planting, secondsPerPair, null: setOf('null'), planted: setOf('planted') };
}

function sampleOf({ values, loop }: RecordedProcess, { cell, metric }: { readonly cell: Cell; readonly metric: Metric }): MeasuredSample {
  const phases = { total: 0, startup: 0, peers: 0, measured: 0 };
  return { status: 'measured', cell, round: 0, values: { [metric.id]: values }, calibration: loop, units: 1, ideal: null, phases };
}

/** The same pairs without their calibration loop. */
export function withoutControl(): PairControl {
  return { kind: 'off', reason: 'left out for comparison' };
}
