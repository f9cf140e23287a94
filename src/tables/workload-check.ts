import { metricFor } from '../judge/cell-index.ts';
import { processValue } from '../judge/process-value.ts';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import type { Metric } from '../model/metric.ts';
import type { RecordedWorkload, Results } from '../model/results.ts';
import { type Runtime, runtimeLabel, type UnavailableRuntime } from '../model/runtime.ts';
import type { BrokenKind, MeasuredSample, Sample } from '../model/sample.ts';
import { wasNotReached } from '../plan/ending.ts';

/** What one model made of a workload, run once. */
export type ModelCheck =
  | {
      readonly status: 'verified';
      readonly model: ConcurrencyModel;
      /** The scaled parameter, or the empty string. */
      readonly params: string;
      /** Units of work in one value. */
      readonly units: number;
      /** Wall seconds of one value. */
      readonly seconds: number;
      /** The metric it is judged by, and its figure in base units; null when the process did not report it. */
      readonly metric: Metric;
      readonly figure: number | null;
    }
  | {
      readonly status: 'broken';
      readonly model: ConcurrencyModel;
      readonly params: string;
      readonly kind: BrokenKind;
      readonly message: string;
      readonly output: string;
    }
  | { readonly status: 'left out'; readonly model: ConcurrencyModel; readonly reason: string };

/** One workload on one runtime: refused as a whole, or model by model. */
export interface RuntimeCheck {
  readonly label: string;
  /** Why the file was refused, or null. */
  readonly refused: string | null;
  /** In table order. */
  readonly models: readonly ModelCheck[];
}

/** Whether a workload file is ready to be measured. */
export interface WorkloadCheck {
  readonly title: string;
  readonly runtimes: readonly RuntimeCheck[];
  /** Models that were broken, and runtimes that refused the file, in all. */
  readonly faults: number;
  /** Requested runtimes that could not be had, and models that the run did not reach: nothing is known of them. */
  readonly unavailable: readonly UnavailableRuntime[];
  readonly unreached: number;
}

/** Reads a run of one process per cell as a check of its one workload. */
export function checkOf(results: Results): WorkloadCheck {
  const runtimes = results.runtimes.map((runtime) => runtimeCheck(results, runtime));
  const broken = runtimes.flatMap(({ models }) => models).filter(({ status }) => status === 'broken').length;
  const refused = runtimes.filter((each) => each.refused !== null).length;
  const unreached = results.leftOut.filter(wasNotReached).length;
  const title = results.workloads[0]?.title ?? results.refused[0]?.id ?? 'workload';
  return { title, runtimes, faults: broken + refused, unavailable: results.unavailable, unreached };
}

function runtimeCheck(results: Results, runtime: Runtime): RuntimeCheck {
  const refusal = results.refused.find((each) => each.runtime === runtime.id);
  const samples = results.samples.filter(({ cell }) => cell.runtime === runtime.id).map((sample) => sampleCheck(sample, results.workloads));
  const leftOut = results.leftOut.filter((each) => each.runtime === runtime.id);
  const absent = leftOut.map(({ model, reason }): ModelCheck => ({ status: 'left out', model, reason }));
  const order = (check: ModelCheck) => concurrencyModels.indexOf(check.model);
  return {
    label: runtimeLabel(runtime),
    refused: refusal?.reason ?? null,
    models: [...samples, ...absent].toSorted((a, b) => order(a) - order(b)),
  };
}

function sampleCheck(sample: Sample, workloads: readonly RecordedWorkload[]): ModelCheck {
  const { model, params } = sample.cell;
  if (sample.status === 'measured') return verified(sample, workloads);
  return { status: 'broken', model, params, kind: sample.kind, message: sample.message, output: sample.output };
}

function verified(sample: MeasuredSample, workloads: readonly RecordedWorkload[]): ModelCheck {
  const { cell, units, phases, calibration } = sample;
  const workload = workloads.find(({ id }) => id === cell.workload);
  const gate = workload?.gates[cell.model] ?? 'wall_per_unit';
  const metric = metricFor(workload ?? { id: cell.workload, title: '', source: '', metrics: {}, gates: {} }, gate);
  const seconds = phases.measured / calibration.length;
  return { status: 'verified', model: cell.model, params: cell.params, units, seconds, metric, figure: processValue(sample, metric) };
}
