import type { UnavailableRuntime } from './runtime.ts';

/** GitHub starts at most so many jobs from one matrix. */
export const mostShards = 256;

/** The part of a plan that one job measures: some of the workloads on one of the Pythons. */
export interface Shard {
  /** Equal for all shards of one plan, and for no other plan. */
  readonly run: string;
  /** Place in the plan, from 1. */
  readonly index: number;
  /** Every Python of the plan as it was asked for, and how many shards it has, in the order of the shards. */
  readonly pythons: readonly (readonly [python: string, shards: number])[];
  /** Ids of the workloads of this shard, at least one. */
  readonly workloads: readonly string[];
  /** At least as many cells as all shards of the plan measure together; see `mostCells`. */
  readonly cells: number;
}

/** A shard as the plan hands it to its job. */
export interface PlannedShard extends Shard {
  /** What was asked for and no job can have; the first shard has it for all of them, so that a report says it once. */
  readonly unavailable?: readonly UnavailableRuntime[];
}

/** A shard as results remember it: what no job can have is among everything else that is unavailable. */
export function recordedShard({ run, index, pythons, workloads, cells }: PlannedShard): Shard {
  return { run, index, pythons, workloads, cells };
}

/** How many shards the plan has. */
export function shardCount({ pythons }: Pick<Shard, 'pythons'>): number {
  return pythons.reduce((sum, [, shards]) => sum + shards, 0);
}

/** The Python of the shard at a place of the plan, and which of its shards it is: "3.13", 1 of 2. Throws RangeError outside the plan. */
export function shardPlace(
  pythons: Shard['pythons'],
  index: number,
): { readonly python: string; readonly part: number; readonly of: number } {
  let before = 0;
  for (const [python, of] of pythons) {
    if (index > before && index <= before + of) return { python, part: index - before, of };
    before += of;
  }
  throw new RangeError(`the plan has no shard ${index}`);
}

/** What a shard is called in reports and job names: "Python 3.13", "Python 3.13 (1 of 2)". */
export function shardName(pythons: Shard['pythons'], index: number): string {
  const { python, part, of } = shardPlace(pythons, index);
  return of === 1 ? `Python ${python}` : `Python ${python} (${part} of ${of})`;
}
