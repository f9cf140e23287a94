import type { RunContext } from '../model/run.ts';
import type { FileLine, StoredRunLine } from './baseline-file.ts';

/** Equal for the same part of the same run, on the runtimes of one file. */
export function partKey({ runId, shard }: RunContext): string {
  return JSON.stringify([runId, shard?.index ?? null]);
}

/** The lines that hold runs, each part once, oldest first: a run is as old as the first of its parts that is there. */
export function runLinesOf(lines: readonly FileLine[]): readonly StoredRunLine[] {
  const parts = new Map<string, StoredRunLine>();
  for (const line of lines) {
    if (line.status === 'run' && !parts.has(partKey(line.run))) parts.set(partKey(line.run), line);
  }
  return oldestFirst([...parts.values()], ({ run }) => run);
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
