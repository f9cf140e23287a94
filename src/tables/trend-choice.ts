import { type CellIndex, indexCells, type MeasuredCell } from '../judge/cell-index.ts';
import type { Machine } from '../model/machine.ts';
import type { Run } from '../model/run.ts';
import type { Runtime } from '../model/runtime.ts';

/** A stored run on the axis of a panel. */
export interface TrendRun {
  readonly run: string;
  /** 40 hex digits, or null outside a checkout. */
  readonly commit: string | null;
  /** ISO 8601, UTC. */
  readonly created: string;
  readonly cpuModel: string;
}

/** The stored runs of one runtime on one kind of machine. */
export interface TrendHistory {
  /** As they were given. */
  readonly file: readonly Run[];
  /** Each part of a run by itself, oldest first. */
  readonly indexes: readonly CellIndex[];
  /** Each run once, oldest first, at least one. */
  readonly runs: readonly TrendRun[];
  readonly runtime: Runtime;
  /** Of the newest run. */
  readonly machine: Machine;
}

/** A workload in one history. */
export interface ChosenPanel {
  readonly history: TrendHistory;
  readonly workload: string;
  readonly title: string;
  /** The size that is shown, of a scaled workload without cells of its own size; else empty. */
  readonly params: string;
  /** The cells that are shown, as the newest run that measured each knows it. */
  readonly cells: readonly MeasuredCell[];
}

/** A workload that is shown. */
export interface ChosenWorkload {
  readonly workload: string;
  /** That with the newest run first. */
  readonly panels: readonly ChosenPanel[];
  /** Runtimes and machines that are not shown, because others have newer runs. */
  readonly leftOutPanels: number;
}

/** What of the stored runs is shown: found out before anything is computed of them. */
export interface TrendChoice {
  /** By their id. */
  readonly workloads: readonly ChosenWorkload[];
  /** Workloads that are not shown, because there are too many. */
  readonly leftOutWorkloads: number;
  /** Null where nothing is stored. */
  readonly newest: TrendRun | null;
  /** Distinct runs. */
  readonly runs: number;
}

/** How much is shown. */
export interface TrendLimits {
  readonly workloads: number;
  /** Runtimes and machines of one workload. */
  readonly panels: number;
}

/**
 * Chooses what is shown of stored runs.
 *
 * @param files runs of one runtime on one kind of machine each, oldest first
 */
export function chooseTrend(files: readonly (readonly Run[])[], limits: TrendLimits): TrendChoice {
  const histories = files.flatMap(historyOf);
  const runs = histories.flatMap((history) => history.runs);
  const panels = histories.flatMap(panelsOf);
  const byWorkload = [...Map.groupBy(panels, ({ workload }) => workload)].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return {
    workloads: byWorkload.slice(0, limits.workloads).map(([workload, own]) => newestPanels(workload, own, limits.panels)),
    leftOutWorkloads: Math.max(0, byWorkload.length - limits.workloads),
    newest: runs.reduce<TrendRun | null>((latest, run) => (latest === null || ageOf(run) > ageOf(latest) ? run : latest), null),
    runs: new Set(runs.map(({ run }) => run)).size,
  };
}

function historyOf(file: readonly Run[]): readonly TrendHistory[] {
  const newest = file.at(-1);
  const runtime = newest?.runtimes[0];
  if (newest === undefined || runtime === undefined) return [];
  const runs = [...new Map(file.map((run) => [run.runId, nameOf(run)])).values()];
  return [{ file, indexes: file.map(indexCells), runs, runtime, machine: newest.machine }];
}

function nameOf({ runId: run, commit, created, machine: { cpuModel } }: Run): TrendRun {
  return { run, commit, created, cpuModel };
}

/** One panel for each workload that the runs of a history measured. */
function panelsOf(history: TrendHistory): readonly ChosenPanel[] {
  return [...Map.groupBy(newestCells(history.indexes), ({ cell }) => cell.workload)].map(([workload, all]) => {
    const params = shownSize(all.map(({ cell }) => cell.params));
    const title = all[0]?.workload.title ?? workload;
    return { history, workload, title, params, cells: all.filter(({ cell }) => cell.params === params) };
  });
}

/** Every cell as the newest run that measured it knows it, those of the newest run first. */
function newestCells(indexes: readonly CellIndex[]): readonly MeasuredCell[] {
  const newest = new Map<string, MeasuredCell>();
  for (const { states } of indexes.toReversed()) {
    for (const id of states.keys()) {
      const state = newest.has(id) ? undefined : states.get(id);
      if (state?.status === 'measured') newest.set(id, state);
    }
  }
  return [...newest.values()];
}

/** The size that a workload has by itself, or else the largest of its scale. */
function shownSize(sizes: readonly string[]): string {
  if (sizes.includes('')) return '';
  return sizes.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1) ?? '';
}

function newestPanels(workload: string, all: readonly ChosenPanel[], most: number): ChosenWorkload {
  const newest = all.toSorted((one, other) => newestAge(other) - newestAge(one));
  return { workload, panels: newest.slice(0, most), leftOutPanels: Math.max(0, all.length - most) };
}

function newestAge({ history: { runs } }: ChosenPanel): number {
  return Math.max(...runs.map(ageOf));
}

function ageOf({ created }: TrendRun): number {
  return Date.parse(created);
}
