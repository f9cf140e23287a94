import type { Metric } from './metric.ts';
import type { Phases } from './sample.ts';

/**
 * The processes of a measured cell, each known by its figures: one for every metric that it reported. They are numbered
 * from 0, in order of measurement.
 */
export interface Processes {
  /** At least one. */
  readonly count: number;
  /** Ids of the metrics that some process reported, each once. */
  readonly metrics: readonly string[];
  /** How many processes, from the first on, may have reported a metric: of those behind them none did. */
  reporting(metric: Metric): number;
  /** What it reported of a metric, base units; null where it did not. */
  figure(process: number, metric: Metric): number | null;
  /** Seconds of its fastest calibration loop. */
  loop(process: number): number;
  /** Values that it took after its warm-up, >= 1. */
  taken(process: number): number;
  /** Which round of the schedule it was part of, from 0. */
  round(process: number): number;
  /** Units of work in one value. */
  units(process: number): number;
  /** Seconds a perfect scheduler would take for one value, or null when the workload does not say. */
  ideal(process: number): number | null;
  phases(process: number): Phases;
}

/** What a function of the number of a process gives for each of them, in order. */
export function ofEachProcess<T>({ count }: Pick<Processes, 'count'>, of: (process: number) => T): readonly T[] {
  const all: T[] = [];
  for (let process = 0; process < count; process += 1) all.push(of(process));
  return all;
}
