import { type CellIndex, indexCells, type MeasuredCell } from '../judge/cell-index.ts';
import { processValues } from '../judge/process-value.ts';
import type { Cell } from '../model/cell.ts';
import { fewestForInterval } from '../model/change.ts';
import type { Metric } from '../model/metric.ts';
import type { Run } from '../model/run.ts';
import { median } from '../stats/quantiles.ts';
import { storedValues } from './stored-values.ts';

/** A cell over the stored runs and this one, by the metric that it is judged by. */
export interface CellTrend {
  readonly cell: Cell;
  readonly metric: Metric;
  /** Median over the processes of each run in the base unit, oldest first and this run last; at least two. */
  readonly levels: readonly number[];
  /** Whether runs on other CPU models are among them, for want of enough on that of this run. */
  readonly mixed: boolean;
}

/** The trends of a report by `cellId`. */
export type CellTrends = ReadonlyMap<string, CellTrend>;

/** What a machine measured, and the stored runs it is compared with, oldest first. */
export interface ComparedPart {
  readonly results: Run;
  readonly baselineRuns: readonly Run[];
}

/** The trend of every measured cell that a stored run can be compared with, each part beside its own stored runs. */
export function cellTrends(parts: readonly ComparedPart[]): CellTrends {
  return new Map(parts.flatMap(trendsOfPart));
}

function trendsOfPart({ results, baselineRuns }: ComparedPart): readonly (readonly [string, CellTrend])[] {
  const stored = baselineRuns.map(indexCells);
  return [...indexCells(results).states].flatMap(([id, state]) => {
    if (state.status !== 'measured') return [];
    const trend = trendOf(state, stored, results.machine.cpuModel);
    return trend === null ? [] : [[id, trend] as const];
  });
}

interface StoredLevel {
  readonly level: number;
  readonly cpuModel: string;
}

function trendOf(now: MeasuredCell, stored: readonly CellIndex[], cpuModel: string): CellTrend | null {
  const all = stored.flatMap((index) => levelIn(index, now));
  const same = all.filter((each) => each.cpuModel === cpuModel);
  const used = same.length >= fewestForInterval ? same : all;
  const values = processValues(now.processes, now.gate);
  if (used.length === 0 || values.length === 0) return null;
  return {
    ...{ cell: now.cell, metric: now.gate },
    levels: [...used.map(({ level }) => level), median(values)],
    mixed: used.some((each) => each.cpuModel !== cpuModel),
  };
}

function levelIn(index: CellIndex, now: MeasuredCell): readonly StoredLevel[] {
  const values = storedValues(index, now) ?? [];
  return values.length === 0 ? [] : [{ level: median(values), cpuModel: index.results.machine.cpuModel }];
}
