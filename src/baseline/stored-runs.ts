import { createHash } from 'node:crypto';
import { cellIdsOf, type Run, type RunContext } from '../model/run.ts';
import type { FileLine, StoredRunLine } from './baseline-file.ts';

/**
 * Each part of a run once, the first of those that are equal, on the runtimes of one file. A shard is known by its place
 * in the plan; jobs that share a run without a plan, as those of a matrix of the user's own, by the cells they measured.
 */
export function distinctParts<T>(all: readonly T[], runOf: (one: T) => Run): readonly T[] {
  const byPlace = Map.groupBy(all, (one) => placeKey(runOf(one)));
  return [...byPlace.values()].flatMap((same) => (same.length === 1 ? same : firstOfEach(same, (one) => partKey(runOf(one)))));
}

/** Equal for the same part of the same run, on the runtimes of one file. */
export function partKey(run: Run): string {
  if (run.shard !== null) return placeKey(run);
  const cells = JSON.stringify([...cellIdsOf(run)].toSorted());
  return JSON.stringify([run.runId, null, createHash('sha256').update(cells).digest('hex')]);
}

/** Different for different parts of a plan, and equal for all parts without one: most runs need no look at their cells. */
function placeKey({ runId, shard }: RunContext): string {
  return JSON.stringify([runId, shard?.index ?? null]);
}

function firstOfEach<T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] {
  const first = new Map<string, T>();
  for (const one of all) {
    const key = keyOf(one);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

/** The lines that hold runs, each part once, oldest first: a run is as old as the first of its parts that is there. */
export function runLinesOf(lines: readonly FileLine[]): readonly StoredRunLine[] {
  const runs = lines.filter((line) => line.status === 'run');
  return oldestFirst(
    distinctParts(runs, ({ run }) => run),
    ({ run }) => run,
  );
}

/** Sorts what belongs to runs by their age; equally old ones stay in their order. */
export function oldestFirst<T>(all: readonly T[], runOf: (one: T) => RunContext): readonly T[] {
  const began = new Map<string, string>();
  for (const { runId, created } of all.map(runOf)) {
    const known = began.get(runId);
    if (known === undefined || created < known) began.set(runId, created);
  }
  const age = (one: T) => Date.parse(began.get(runOf(one).runId) ?? '');
  return all.toSorted((one, other) => age(one) - age(other));
}
