import type { CellIndex } from './cell-index.ts';

/** Gives the runs of each runtime by its id, in their order; looked up once for all cells of one. */
export function runsByRuntime(runs: readonly CellIndex[]): (runtime: string) => readonly CellIndex[] {
  const known = new Map<string, readonly CellIndex[]>();
  return (runtime) => {
    const ofRuntime = known.get(runtime) ?? runs.filter(({ results }) => results.runtimes.some(({ id }) => id === runtime));
    known.set(runtime, ofRuntime);
    return ofRuntime;
  };
}
