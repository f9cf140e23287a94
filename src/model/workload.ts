import type { ConcurrencyModel } from './concurrency-model.ts';
import type { Better, Unit } from './metric.ts';
import type { Runtime } from './runtime.ts';

/** What a workload can do under one model on one runtime. */
export type ModelSupport =
  | {
      readonly supported: true;
      /** Whether the workload wrote `run_<model>` itself or the worker derives it from `unit`/`unit_async`. */
      readonly origin: 'written' | 'derived';
      /** The metric this cell is judged by. */
      readonly gate: string;
    }
  | { readonly supported: false; readonly reason: string };

/** The id of a workload: its file's name without `.py`. */
export function workloadId(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.py$/, '');
}

/** One workload file as a worker on one runtime described it. */
export interface WorkloadDescription {
  /** The file's name without `.py`; unique within a run. */
  readonly id: string;
  /** First sentence of the module's docstring. */
  readonly title: string;
  /** Absolute path of the file. */
  readonly path: string;
  /** Digest of the file's source: a changed workload is not comparable with its older self. */
  readonly source: string;
  readonly models: Readonly<Partial<Record<ConcurrencyModel, ModelSupport>>>;
  /** Metrics the workload adds to the registry, by id. */
  readonly metrics: Readonly<Record<string, { readonly unit: Unit; readonly better: Better }>>;
  /** The models that the set `core` measures; null: all that the workload supports; empty: it is in `full` only. */
  readonly core: readonly ConcurrencyModel[] | null;
  /** The plain PARAMS, without what single models override. */
  readonly params: Readonly<Record<string, unknown>>;
  /** What single models override of `params`: the plain cell of a model lies on an axis at its own value. */
  readonly modelParams: Readonly<Partial<Record<ConcurrencyModel, Readonly<Record<string, unknown>>>>>;
  /** Axes of `params` that are varied one at a time: at least one value each, all numbers (a curve) or all strings (rows). */
  readonly scale: Readonly<Record<string, readonly (number | string)[]>>;
  /** The models whose cells an axis of `scale` varies; an axis that is not here varies all of them. */
  readonly scaleModels: Readonly<Record<string, readonly ConcurrencyModel[]>>;
}

/** A workload that cannot be measured anywhere on this runtime, and why. */
export interface RefusedWorkload {
  readonly id: string;
  readonly path: string;
  /** Where it failed: `import`, `contract`, `timeout`, `crash`. */
  readonly phase: string;
  /** One sentence: what is wrong, where, and what to do. */
  readonly reason: string;
}

/** What one runtime said of the workloads. */
export interface DescribedRuntime {
  readonly runtime: Runtime;
  readonly workloads: readonly WorkloadDescription[];
}
