import type { UnavailableRuntime } from '../model/runtime.ts';
import { mostShards, type PlannedShard, shardName, shardPlace } from '../model/shard.ts';
import { UserError } from '../model/user-error.ts';
import { mean } from '../stats/quantiles.ts';
import { artifactName } from './artifact-name.ts';

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
  /** Without repeats. */
  readonly pythons: readonly PlannedPython[];
  /** At least as many cells as all of them have together. */
  readonly cells: number;
  /** What was asked for and no job can have. */
  readonly unavailable: readonly UnavailableRuntime[];
  /** Seconds that the rounds of one shard may take. */
  readonly secondsPerShard: number;
  /** Most shards in all, up to `mostShards`; one for each Python is planned whatever it says. */
  readonly most: number;
}

/**
 * Shares the workloads out over jobs: each Python has shards of its own, as many as its workloads need by their stored
 * costs, and the costs of the shards of one Python are alike. Where more shards than allowed would be needed, each
 * takes longer.
 *
 * @throws UserError for more Pythons than a matrix has jobs
 */
export function planShards(request: ShardRequest): readonly PlannedShard[] {
  const { run, cells, unavailable } = request;
  refuseTooMany(request.pythons.length);
  const pythons = request.pythons.map(({ python, workloads }) => ({ python, workloads: withExpectedSeconds(workloads) }));
  const counts = shardCounts(pythons, request);
  const named = pythons.map(({ python }, index): readonly [string, number] => [python, counts[index] ?? 1]);
  const groups = pythons.flatMap(({ workloads }, index) => shareOut(workloads, counts[index] ?? 1));
  const shards = groups.map((workloads, index) => ({ run, index: index + 1, pythons: named, workloads, cells }));
  return unavailable.length === 0 ? shards : shards.map((shard) => (shard.index === 1 ? { ...shard, unavailable } : shard));
}

function refuseTooMany(pythons: number): void {
  if (pythons <= mostShards) return;
  const remedy = `Ask for ${mostShards} or fewer, or plan them under several names.`;
  throw new UserError(
    `"python-version" stands for ${pythons} Pythons, and GitHub starts ${mostShards} jobs from one matrix at most.`,
    remedy,
  );
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
 * @throws UserError when GitHub could not pass it on
 */
export function shardMatrix(shards: readonly PlannedShard[], name: string): { readonly include: readonly ShardJob[] } {
  const include = shards.map((shard) => ({
    shard: JSON.stringify(shard),
    name: shardName(shard.pythons, shard.index),
    python: shardPlace(shard.pythons, shard.index).python,
    artifact: artifactName(name, shard.index),
  }));
  for (const { shard, name: called } of include) refuseOversize(`The shard "${called}"`, shard, largestInput);
  refuseOversize('The matrix of the plan', JSON.stringify({ include }), largestOutput);
  return { include };
}

/** Bytes of an environment variable on Linux, its name included: an input reaches the step as one. */
const largestInput = 128_000;

/** Bytes that a job may pass on to others. */
const largestOutput = 1_000_000;

function refuseOversize(what: string, text: string, most: number): void {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= most) return;
  const remedy = 'Ask for fewer Pythons or workloads, or plan them under several names.';
  throw new UserError(`${what} has ${bytes} bytes, and GitHub passes on ${most} at most.`, remedy);
}

/** A workload of which it is known, or assumed, what its processes take. */
interface ExpectedWorkload extends PlannedWorkload {
  readonly seconds: number;
}

/** A workload without a stored cost is taken for an average one; where no cost is known, for no cost. */
function withExpectedSeconds(workloads: readonly PlannedWorkload[]): readonly ExpectedWorkload[] {
  const known = workloads.flatMap(({ seconds }) => seconds ?? []);
  const average = known.length === 0 ? 0 : mean(known);
  return workloads.map(({ id, seconds }) => ({ id, seconds: seconds ?? average }));
}

type ExpectedPythons = readonly { readonly workloads: readonly ExpectedWorkload[] }[];

function shardCounts(pythons: ExpectedPythons, { secondsPerShard, most }: ShardRequest): readonly number[] {
  const needed = (seconds: number) =>
    pythons.map(({ workloads }) => Math.min(workloads.length, Math.max(1, Math.ceil(costOf(workloads) / seconds))));
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  let seconds = secondsPerShard;
  let counts = needed(seconds);
  // One shard for each Python is always allowed, so that this ends.
  while (total(counts) > Math.max(Math.min(most, mostShards), pythons.length)) {
    seconds *= 1.1;
    counts = needed(seconds);
  }
  return counts;
}

function costOf(workloads: readonly ExpectedWorkload[]): number {
  return workloads.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The costliest workload first, each to the shard that has least so far; ids in the order they came. */
function shareOut(workloads: readonly ExpectedWorkload[], shards: number): readonly (readonly string[])[] {
  const groups = Array.from({ length: shards }, () => ({ seconds: 0, ids: new Set<string>() }));
  for (const { id, seconds } of workloads.toSorted((one, other) => other.seconds - one.seconds)) {
    const least = groups.reduce((best, group) => (load(group) < load(best) ? group : best));
    least.seconds += seconds;
    least.ids.add(id);
  }
  return groups.map(({ ids }) => workloads.map(({ id }) => id).filter((id) => ids.has(id)));
}

/** By cost, and by number where costs are unknown, so that no shard stays empty. */
function load({ seconds, ids }: { readonly seconds: number; readonly ids: ReadonlySet<string> }): number {
  return seconds + ids.size * 1e-9;
}
