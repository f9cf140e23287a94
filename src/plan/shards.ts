import { type Shard, shardName, shardPlace } from '../model/shard.ts';

/** GitHub starts at most so many jobs from one matrix. */
export const mostShards = 256;

/** A workload on one Python, and what its processes are expected to take. */
export interface PlannedWorkload {
  readonly id: string;
  /** Wall seconds of all rounds of its cells; null where no stored run tells. */
  readonly seconds: number | null;
}

/** The workloads of one Python. */
export interface PlannedPython {
  /** As it was asked for. */
  readonly python: string;
  /** At least one, without repeats. */
  readonly workloads: readonly PlannedWorkload[];
}

/** What is to be shared out. */
export interface ShardRequest {
  /** Identity of the plan. */
  readonly run: string;
  readonly pythons: readonly PlannedPython[];
  /** Seconds that the rounds of one shard may take. */
  readonly secondsPerShard: number;
  /** Most shards in all, from the number of Pythons to `mostShards`. */
  readonly most: number;
}

/**
 * Shares the workloads out over jobs: each Python has shards of its own, as many as its workloads need by their stored
 * costs, and the costs of the shards of one Python are alike. Where more shards than allowed would be needed, each
 * takes longer.
 */
export function planShards(request: ShardRequest): readonly Shard[] {
  const { run, pythons } = request;
  const counts = shardCounts(request);
  const named = pythons.map(({ python }, index): readonly [string, number] => [python, counts[index] ?? 1]);
  const groups = pythons.flatMap(({ workloads }, index) => shareOut(workloads, counts[index] ?? 1));
  const size = pythons.reduce((sum, { workloads }) => sum + workloads.length, 0);
  return groups.map((workloads, index) => ({ run, index: index + 1, pythons: named, workloads, size }));
}

/** What the job of a shard is started with, as the matrix of a workflow holds it. */
export interface ShardJob {
  /** The shard as the input `shard` takes it. */
  readonly shard: string;
  /** "Python 3.13 (1 of 2)". */
  readonly name: string;
  /** The Python as it was asked for, for the step that installs it. */
  readonly python: string;
  /** A name for the artifact of its results, unique in the plan. */
  readonly artifact: string;
}

/**
 * The matrix of a workflow, one job for each shard.
 *
 * @param name what the results are called, for workflows that plan more than once
 */
export function shardMatrix(shards: readonly Shard[], name: string): { readonly include: readonly ShardJob[] } {
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return {
    include: shards.map((shard) => ({
      shard: JSON.stringify(shard),
      name: shardName(shard.pythons, shard.index),
      python: shardPlace(shard.pythons, shard.index).python,
      artifact: `results-${slug}-${shard.index}`,
    })),
  };
}

function shardCounts({ pythons, secondsPerShard, most }: ShardRequest): readonly number[] {
  const needed = (seconds: number) =>
    pythons.map(({ workloads }) => Math.min(workloads.length, Math.max(1, Math.ceil(costOf(workloads) / seconds))));
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  let seconds = secondsPerShard;
  let counts = needed(seconds);
  // One shard for each Python is always allowed, so that this ends.
  while (total(counts) > Math.max(most, pythons.length)) {
    seconds *= 1.1;
    counts = needed(seconds);
  }
  return counts;
}

/** A workload without a stored cost is taken for an average one; without any, one shard has to do. */
function costOf(workloads: readonly PlannedWorkload[]): number {
  const known = workloads.flatMap(({ seconds }) => seconds ?? []);
  const mean = known.length === 0 ? 0 : known.reduce((sum, seconds) => sum + seconds, 0) / known.length;
  return workloads.reduce((sum, { seconds }) => sum + (seconds ?? mean), 0);
}

/** The costliest workload first, each to the shard that has least so far; ids in the order they came. */
function shareOut(workloads: readonly PlannedWorkload[], shards: number): readonly (readonly string[])[] {
  const groups = Array.from({ length: shards }, () => ({ seconds: 0, ids: new Set<string>() }));
  const costly = workloads.toSorted((one, other) => (other.seconds ?? 0) - (one.seconds ?? 0));
  for (const { id, seconds } of costly) {
    const least = groups.reduce((best, group) => (load(group) < load(best) ? group : best));
    least.seconds += seconds ?? 0;
    least.ids.add(id);
  }
  return groups.map(({ ids }) => workloads.map(({ id }) => id).filter((id) => ids.has(id)));
}

/** By cost, and by number where costs are unknown, so that no shard stays empty. */
function load({ seconds, ids }: { readonly seconds: number; readonly ids: ReadonlySet<string> }): number {
  return seconds + ids.size * 1e-9;
}
