import type { Metric } from '../model/metric.ts';
import type { Processes } from '../model/processes.ts';
import type { MeasuredSample, Phases } from '../model/sample.ts';
import { minimum } from '../stats/quantiles.ts';
import { processValue } from './process-value.ts';

/** Processes as they were measured: figures are made of their values when they are asked for. */
export class SampleProcesses implements Processes {
  readonly #samples: readonly MeasuredSample[];

  /** @param samples of one cell, at least one */
  constructor(samples: readonly MeasuredSample[]) {
    if (samples.length === 0) throw new RangeError('a cell needs at least one sample');
    this.#samples = samples;
  }

  get count(): number {
    return this.#samples.length;
  }

  get metrics(): readonly string[] {
    return [...new Set(this.#samples.flatMap(({ values }) => Object.keys(values)))];
  }

  reporting(): number {
    return this.count;
  }

  figure(process: number, metric: Metric): number | null {
    return processValue(this.#at(process), metric);
  }

  loop(process: number): number {
    return minimum(this.#at(process).calibration);
  }

  taken(process: number): number {
    return this.#at(process).calibration.length;
  }

  round(process: number): number {
    return this.#at(process).round;
  }

  units(process: number): number {
    return this.#at(process).units;
  }

  ideal(process: number): number | null {
    return this.#at(process).ideal;
  }

  phases(process: number): Phases {
    return this.#at(process).phases;
  }

  #at(process: number): MeasuredSample {
    const sample = this.#samples[process];
    if (sample === undefined) throw new RangeError(`the cell has no process ${process}`);
    return sample;
  }
}
