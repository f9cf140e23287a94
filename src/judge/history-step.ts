import { fewestForInterval } from '../model/change.ts';
import { median } from '../stats/quantiles.ts';
import { seededRandom } from '../stats/random.ts';
import { detectSteps } from '../stats/step-detection.ts';
import type { StoredRun } from './screen-history.ts';
import type { Threshold } from './threshold.ts';

/** Share of shuffled histories that may split as sharply: one history in a thousand without a step is cut. */
const stepAlpha = 0.001;

/** What a history is looked through with. */
export interface HistoryStepOptions {
  readonly cpuModel: string;
  readonly threshold: Threshold;
  /** Seed of the shuffles. */
  readonly seed: number;
}

/**
 * The first run after the last lasting step of a cell on the base branch, or null where its level never shifted: older
 * runs are of another level, and comparing with them would report an accepted change for thirty runs. Runs of this
 * run's CPU model are looked at alone where they suffice: another model is a step of its own.
 *
 * @param runs comparable runs of the cell, oldest first
 */
export function startAfterStep(runs: readonly StoredRun[], { cpuModel, threshold, seed }: HistoryStepOptions): string | null {
  const same = runs.filter((run) => run.cpuModel === cpuModel);
  const series = (same.length >= fewestForInterval ? same : runs).filter(
    ({ values }) => values.length > 0 && values.every((value) => value > 0),
  );
  const history = series.map(({ values }) => median(values.map((value) => Math.log(value))));
  const margin = Math.log1p(threshold.margin);
  const found = detectSteps(history, { alpha: stepAlpha, margin, shortest: fewestForInterval, random: seededRandom(`steps:${seed}`) });
  const last = found.kind === 'steps' ? found.steps.at(-1) : undefined;
  return last === undefined ? null : (series[last.index]?.run ?? null);
}
