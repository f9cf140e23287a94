import type { BaselineChoice } from './baseline-choice.ts';
import type { LeftOut } from './cell.ts';
import type { Machine } from './machine.ts';
import type { PairsOfRun } from './pairs-of-run.ts';
import type { Runtime, UnavailableRuntime } from './runtime.ts';
import type { Sample } from './sample.ts';
import type { Shard } from './shard.ts';
import type { Warning } from './warning.ts';
import type { RefusedWorkload, WorkloadDescription } from './workload.ts';

/** Version of the results document that this program writes. 1: first. 2: shard, comparison, provenance of runtimes. */
export const resultsSchema = 2;

/** What a run was compared with where it was measured, so that whoever reports on it judges by the same evidence. */
export interface Comparison {
  readonly baseline: BaselineChoice;
  readonly pairs: PairsOfRun;
  /** Numbers of pairs after which the confirmation looked: fixed beforehand, so no one else's may judge them. */
  readonly looks: readonly number[];
}

/** A workload as results remember it: without the path, which is of this machine only. */
export type RecordedWorkload = Pick<WorkloadDescription, 'id' | 'title' | 'source' | 'metrics'> & {
  /** Gate metric id by model, for the models that were measured. */
  readonly gates: Readonly<Record<string, string>>;
  /** Where the cells without `params` stand on each axis of the workload's SCALE, by axis and model; absent where it has none. */
  readonly axes?: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
  /** Path of its file below the root of the checkout, with slashes; absent for one that is bundled or lies outside. */
  readonly file?: string;
};

/** All samples of one run on one machine. */
export interface Results {
  readonly schema: typeof resultsSchema;
  readonly kind: 'results';
  /** ISO 8601, UTC, when the run began. */
  readonly created: string;
  /** The commit that was measured, 40 hex digits, or null outside a git checkout. */
  readonly commit: string | null;
  /** Unique for this run, and equal for its shards: stored twice, it is stored once. */
  readonly runId: string;
  /** Which part of a plan this is; null for a run that was measured as a whole. */
  readonly shard: Shard | null;
  /** Seed of the schedule. */
  readonly seed: number;
  readonly machine: Machine;
  readonly runtimes: readonly Runtime[];
  readonly unavailable: readonly UnavailableRuntime[];
  readonly workloads: readonly RecordedWorkload[];
  readonly refused: readonly (Omit<RefusedWorkload, 'path'> & { readonly runtime: string })[];
  readonly leftOut: readonly LeftOut[];
  readonly samples: readonly Sample[];
  readonly warnings: readonly Warning[];
  /** Null where the run was only measured, and in a baseline. */
  readonly comparison: Comparison | null;
  /** Whether the run was interrupted, or ended before every cell had one process. Partial results never become a baseline. */
  readonly partial: boolean;
  /** Set where another program measured that takes a median over all values of all processes. Never in a document. */
  readonly pooled?: true;
}

/** The part of a run that belongs to one runtime: what a baseline stores under that runtime's fingerprint. */
export function resultsOfRuntime(results: Results, runtime: Runtime): Results {
  const ofRuntime = ({ runtime: id }: { readonly runtime: string }) => id === runtime.id;
  return {
    ...results,
    runtimes: [runtime],
    unavailable: [],
    refused: results.refused.filter(ofRuntime),
    leftOut: results.leftOut.filter(ofRuntime),
    samples: results.samples.filter(({ cell }) => ofRuntime(cell)),
    warnings: [],
    comparison: null,
  };
}
