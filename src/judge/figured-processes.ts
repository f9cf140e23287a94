import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import { type Metric, metricOf, type ProcessStatistic, processStatistic } from '../model/metric.ts';
import type { Processes } from '../model/processes.ts';
import type { MeasuredSample, Phases } from '../model/sample.ts';
import { minimum } from '../stats/quantiles.ts';
import { summarise } from './process-value.ts';

/** Metrics that cells report, and how the values of each become a figure. Cells that report the same share one. */
export class ReportedMetrics {
  readonly ids: readonly string[];
  readonly #statistics = new Map<ConcurrencyModel, readonly ProcessStatistic[]>();

  constructor(ids: readonly string[]) {
    this.ids = ids;
  }

  /** In the order of the ids. */
  statisticsOf(model: ConcurrencyModel): readonly ProcessStatistic[] {
    const known = this.#statistics.get(model) ?? this.ids.map((id) => processStatistic(metricOf(id), model));
    this.#statistics.set(model, known);
    return known;
  }
}

/** Processes of which the figures alone are kept: with fifteen metrics of five values each, a tenth of the memory. */
export class FiguredProcesses implements Processes {
  readonly count: number;
  readonly metrics: readonly string[];
  /** Process by process in the order of `metrics`; NaN where one was not reported. */
  readonly #figures: readonly number[];
  readonly #rest: readonly ProcessRest[];

  /**
   * @param samples of one cell, at least one
   * @param metrics all that some of them reported
   */
  constructor(samples: readonly MeasuredSample[], metrics: ReportedMetrics) {
    this.count = samples.length;
    this.metrics = metrics.ids;
    this.#figures = figuresOf(samples, metrics);
    this.#rest = samples.map(restOf);
  }

  reporting(): number {
    return this.count;
  }

  figure(process: number, { id }: Metric): number | null {
    const place = this.metrics.indexOf(id);
    const figure = place < 0 ? Number.NaN : this.#figures[process * this.metrics.length + place];
    return figure === undefined || Number.isNaN(figure) ? null : figure;
  }

  loop(process: number): number {
    return this.#restOf(process).loop;
  }

  taken(process: number): number {
    return this.#restOf(process).taken;
  }

  round(process: number): number {
    return this.#restOf(process).round;
  }

  units(process: number): number {
    return this.#restOf(process).units;
  }

  ideal(process: number): number | null {
    return this.#restOf(process).ideal;
  }

  phases(process: number): Phases {
    return this.#restOf(process).phases;
  }

  #restOf(process: number): ProcessRest {
    const rest = this.#rest[process];
    if (rest === undefined) throw new RangeError(`the cell has no process ${process}`);
    return rest;
  }
}

function figuresOf(samples: readonly MeasuredSample[], metrics: ReportedMetrics): readonly number[] {
  const { ids } = metrics;
  const figures = new Array<number>(samples.length * ids.length);
  let next = 0;
  for (const { cell, values } of samples) {
    const statistics = metrics.statisticsOf(cell.model);
    for (let place = 0; place < ids.length; place += 1) {
      const ofMetric = values[ids[place] ?? ''];
      figures[next] = ofMetric === undefined ? Number.NaN : summarise(ofMetric, statistics[place] ?? 'median');
      next += 1;
    }
  }
  return figures;
}

/** What is known of a process besides its figures. */
interface ProcessRest {
  readonly loop: number;
  readonly taken: number;
  readonly round: number;
  readonly units: number;
  readonly ideal: number | null;
  readonly phases: Phases;
}

function restOf({ calibration, round, units, ideal, phases }: MeasuredSample): ProcessRest {
  return { loop: minimum(calibration), taken: calibration.length, round, units, ideal, phases };
}
