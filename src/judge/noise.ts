import { intervalLevel } from '../model/change.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import type { Results } from '../model/results.ts';
import { minimumDetectableEffect } from '../stats/minimum-detectable-effect.ts';
import { standardDeviation } from '../stats/quantiles.ts';
import { geometricMean, logarithms } from '../stats/welch.ts';
import { indexCells, type MeasuredCell } from './cell-index.ts';
import { processValues } from './process-value.ts';

/** How noisy one cell is on this machine. */
export interface CellNoise {
  readonly workload: string;
  readonly model: ConcurrencyModel;
  readonly metric: Metric;
  /** Processes it was measured with, >= 3. */
  readonly processes: number;
  /** Geometric mean of the process values, base units of the metric. */
  readonly center: number;
  /** Standard deviation of the logarithm between processes: 0.05 is about 5 %. */
  readonly deviation: number;
  /** Smallest slowdown that as many processes on each side would see nine times of ten, as a share: 0.1 is 10 %. */
  readonly smallestEffect: number;
}

/** The noise of every cell with at least three processes and values above 0, the quietest first. */
export function cellNoise(results: Results): readonly CellNoise[] {
  const measured = [...indexCells(results).states.values()].filter((state) => state.status === 'measured');
  return measured.flatMap(noiseOf).toSorted((a, b) => a.deviation - b.deviation);
}

function noiseOf({ cell, gate, samples }: MeasuredCell): readonly CellNoise[] {
  const values = processValues(samples, gate);
  if (values.length < 3 || values.some((value) => !(value > 0))) return [];
  const deviation = standardDeviation(logarithms(values));
  const processes = values.length;
  const smallestEffect = minimumDetectableEffect({ deviation, processes, level: intervalLevel });
  return [
    { workload: cell.workload, model: cell.model, metric: gate, processes, center: geometricMean(values), deviation, smallestEffect },
  ];
}
