import { type Metric, metricOf } from '../model/metric.ts';
import { ofEachProcess, type Processes } from '../model/processes.ts';
import type { Phases } from '../model/sample.ts';

/** Processes of which the figures alone are kept: with fifteen metrics of five values each, a tenth of the memory. */
export class FiguredProcesses implements Processes {
  readonly count: number;
  readonly metrics: readonly string[];
  /** Process by process in the order of `metrics`; NaN where one was not reported. */
  readonly #figures: readonly number[];
  readonly #rest: readonly ProcessRest[];

  /** @param metrics of the processes; an equal list may be shared with other cells */
  constructor(processes: Processes, metrics: readonly string[]) {
    this.count = processes.count;
    this.metrics = metrics;
    const all = metrics.map((id) => metricOf(id));
    this.#figures = ofEachProcess(processes, (process) => all.map((metric) => processes.figure(process, metric) ?? Number.NaN)).flat();
    this.#rest = ofEachProcess(processes, (process) => restOf(processes, process));
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

/** What is known of a process besides its figures. */
interface ProcessRest {
  readonly loop: number;
  readonly taken: number;
  readonly round: number;
  readonly units: number;
  readonly ideal: number | null;
  readonly phases: Phases;
}

function restOf(processes: Processes, process: number): ProcessRest {
  return {
    loop: processes.loop(process),
    taken: processes.taken(process),
    round: processes.round(process),
    units: processes.units(process),
    ideal: processes.ideal(process),
    phases: processes.phases(process),
  };
}
