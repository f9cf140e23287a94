import type { CellIndex, MeasuredCell } from '../judge/cell-index.ts';
import type { Shift } from '../judge/history-shift.ts';
import { cellId } from '../model/cell.ts';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import type { Machine } from '../model/machine.ts';
import type { Metric } from '../model/metric.ts';
import type { Runtime } from '../model/runtime.ts';
import { median } from '../stats/quantiles.ts';
import { storedValues } from './stored-values.ts';
import type { ChosenPanel, ChosenWorkload, TrendChoice, TrendRun } from './trend-choice.ts';

/** A lasting change of level within a line. */
export interface TrendShift extends Pick<Shift, 'ratio' | 'direction' | 'accepted'> {
  /** Place of the first run of the new level among the runs of the panel, at least 1. */
  readonly at: number;
}

/**
 * What a run says of a line: its level in the base unit of the metric, that it broke, or nothing, because it did not
 * measure the cell or measured another version of the workload than the newest.
 */
export type TrendLevel = number | 'broken' | null;

/** One model over the stored runs, by the metric that it is judged by. */
export interface TrendLine {
  readonly model: ConcurrencyModel;
  readonly metric: Metric;
  /** One for each run of the panel. */
  readonly levels: readonly TrendLevel[];
  /** Median level over the runs on the CPU model of the panel, above 0 unless all are 0; base unit. */
  readonly center: number;
  readonly shifts: readonly TrendShift[];
}

/** All models of a workload on one runtime and one kind of machine. */
export interface TrendPanel {
  readonly runtime: Runtime;
  readonly machine: Machine;
  /** The CPU model that most runs were on, of equals that of the newest: a line joins these runs only. */
  readonly cpuModel: string;
  /** Oldest first, at least one. */
  readonly runs: readonly TrendRun[];
  /** In the order of the models. */
  readonly lines: readonly TrendLine[];
}

/** A workload over the stored runs. */
export interface WorkloadTrend {
  readonly workload: string;
  readonly title: string;
  /** Of a scaled workload without cells of its own size, the size that is shown; else empty. */
  readonly params: string;
  /** The newest Python first. */
  readonly panels: readonly TrendPanel[];
  /** Runtimes and machines that are not shown, because others have newer runs. */
  readonly leftOutPanels: number;
}

/** The base branch over time, workload by workload. */
export interface TrendTable {
  /** By their id. */
  readonly workloads: readonly WorkloadTrend[];
  /** Workloads that are not shown, because there are too many. */
  readonly leftOutWorkloads: number;
  /** Null where nothing is stored. */
  readonly newest: TrendRun | null;
  /** Distinct runs. */
  readonly runs: number;
}

/**
 * Tabulates stored runs as trends.
 *
 * @param choice what of them is shown
 * @param shifts the lasting changes of level that were found in what is shown
 */
export function trendTable({ workloads, ...counts }: TrendChoice, shifts: readonly Shift[]): TrendTable {
  const byCell = Map.groupBy(shifts, ({ cell }) => cellId(cell));
  return { ...counts, workloads: workloads.map((chosen) => workloadTrend(chosen, byCell)) };
}

type ShiftsByCell = ReadonlyMap<string, readonly Shift[]>;

function workloadTrend({ workload, panels, leftOutPanels }: ChosenWorkload, shifts: ShiftsByCell): WorkloadTrend {
  const [newest] = panels;
  return {
    ...{ workload, title: newest?.title ?? workload, params: newest?.params ?? '' },
    panels: panels.map((panel) => trendPanel(panel, shifts)).toSorted(byVersion),
    leftOutPanels,
  };
}

/** The newest Python first; of equal ones, by machine and build, so that the order stays. */
function byVersion(one: TrendPanel, other: TrendPanel): number {
  const numeric = { numeric: true } as const;
  return (
    other.runtime.id.localeCompare(one.runtime.id, 'en', numeric) ||
    JSON.stringify(one.machine).localeCompare(JSON.stringify(other.machine), 'en')
  );
}

function trendPanel({ history: { indexes, runs, runtime, machine }, cells }: ChosenPanel, shifts: ShiftsByCell): TrendPanel {
  const cpuModel = usualCpu(runs);
  return {
    ...{ runtime, machine, cpuModel, runs },
    lines: cells
      .map((cell) => lineOf(cell, { indexes, runs, cpuModel, shifts: shifts.get(cellId(cell.cell)) ?? [] }))
      .toSorted((one, other) => concurrencyModels.indexOf(one.model) - concurrencyModels.indexOf(other.model)),
  };
}

function usualCpu(runs: readonly TrendRun[]): string {
  const counts = [...Map.groupBy(runs.toReversed(), ({ cpuModel }) => cpuModel)].map(([cpuModel, same]) => ({
    cpuModel,
    count: same.length,
  }));
  return counts.reduce((most, each) => (each.count > most.count ? each : most), { cpuModel: '', count: 0 }).cpuModel;
}

interface LineContext {
  readonly indexes: readonly CellIndex[];
  readonly runs: readonly TrendRun[];
  readonly cpuModel: string;
  readonly shifts: readonly Shift[];
}

function lineOf(newest: MeasuredCell, { indexes, runs, cpuModel, shifts }: LineContext): TrendLine {
  const byRun = new Map(indexes.flatMap((index) => levelIn(index, newest)));
  const levels = runs.map(({ run }): TrendLevel => byRun.get(run) ?? null);
  return {
    ...{ model: newest.cell.model, metric: newest.gate, levels },
    center: centerOf(levels, (index) => runs[index]?.cpuModel === cpuModel),
    shifts: shifts.flatMap(({ to, ratio, direction, accepted }): readonly TrendShift[] => {
      const at = runs.findIndex(({ run }) => run === to.run);
      return at < 1 ? [] : [{ at, ratio, direction, accepted }];
    }),
  };
}

/** What a run, or the part of it that measured the cell, says of it. */
function levelIn(index: CellIndex, newest: MeasuredCell): readonly (readonly [run: string, level: number | 'broken'])[] {
  const values = storedValues(index, newest);
  return values === null ? [] : [[index.results.runId, values.length === 0 ? 'broken' : median(values)]];
}

/** The median of what counts, or of everything where nothing that counts was measured. */
function centerOf(levels: readonly TrendLevel[], counts: (index: number) => boolean): number {
  const numbers = levels.flatMap((level, index) => (typeof level === 'number' ? [{ level, index }] : []));
  const usual = numbers.filter(({ index }) => counts(index));
  const chosen = (usual.length === 0 ? numbers : usual).map(({ level }) => level);
  return chosen.length === 0 ? 0 : median(chosen);
}
