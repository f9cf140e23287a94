import { fewestForInterval } from '../model/change.ts';
import { logMedian } from '../stats/quantiles.ts';
import { seededRandom } from '../stats/random.ts';
import { detectSteps, fewestValues, type Step } from '../stats/step-detection.ts';
import type { NamedRun, StoredRun } from './screen-history.ts';
import type { Threshold } from './threshold.ts';

/** Share of shuffled histories that may split as sharply: one history in a thousand without a step is cut. */
export const stepAlpha = 0.001;

/** The fewest runs that a lasting step can be seen in. */
export const fewestForStep = fewestValues({ alpha: stepAlpha, shortest: fewestForInterval });

/** What a history is looked through with. */
export interface HistoryStepOptions {
  readonly cpuModel: string;
  readonly threshold: Threshold;
  /** Seed of the shuffles. */
  readonly seed: number;
}

/** The runs of one cell that were looked at for steps, and what was found. */
export interface SteppedHistory {
  /** Oldest first; those of one CPU model where there are enough. */
  readonly series: readonly NamedRun[];
  /** Logarithm of the median process of each. */
  readonly levels: readonly number[];
  /** Oldest first. */
  readonly steps: readonly Step[];
}

/**
 * The lasting steps of a cell on the base branch. Runs of one CPU model are looked at alone where they suffice: another
 * model is a step of its own.
 *
 * @param runs comparable runs of the cell, oldest first
 */
export function lastingSteps(runs: readonly StoredRun[], { cpuModel, threshold, seed }: HistoryStepOptions): SteppedHistory {
  const same = runs.filter((run) => run.cpuModel === cpuModel);
  const series = (same.length >= fewestForInterval ? same : runs).filter(
    ({ values }) => values.length > 0 && values.every((value) => value > 0),
  );
  const levels = series.map(({ values }) => logMedian(values));
  const margin = Math.log1p(threshold.margin);
  const found = detectSteps(levels, { alpha: stepAlpha, margin, shortest: fewestForInterval, random: seededRandom(`steps:${seed}`) });
  return { series, levels, steps: found.kind === 'steps' ? found.steps : [] };
}
