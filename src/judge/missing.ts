import { type Cell, cellId } from '../model/cell.ts';
import type { Change } from '../model/change.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import type { CellIndex } from './cell-index.ts';

/**
 * The cells that the newest stored run of each runtime measured, in any of its parts, that this run was asked for, and
 * that it neither measured nor left out with a reason. Workloads that are no part of this run are not missed.
 */
export function missingCells(head: CellIndex, stored: readonly CellIndex[]): readonly Change[] {
  return head.results.runtimes.flatMap(({ id }) => {
    const known = stored.filter(({ results }) => results.runtimes.some((runtime) => runtime.id === id));
    const newest = known.at(-1)?.results.runId;
    return known.filter(({ results }) => results.runId === newest).flatMap((part) => missingOf(head, part, id));
  });
}

function missingOf(head: CellIndex, part: CellIndex, runtime: string): readonly Change[] {
  return [...part.states.values()].flatMap(({ cell, status }) => {
    if (cell.runtime !== runtime || status === 'broken' || head.states.has(cellId(cell))) return [];
    const reason = whyMissing(head, cell);
    return reason === null ? [] : [{ status: 'missing', cell, reason } as const];
  });
}

/** Every model that was asked for has a process or a reason somewhere in the run. */
function askedModels({ states, results: { leftOut } }: CellIndex): ReadonlySet<ConcurrencyModel> {
  return new Set([...cellsOf(states).map(({ model }) => model), ...leftOut.map(({ model }) => model)]);
}

function cellsOf(states: CellIndex['states']): readonly Cell[] {
  return [...states.values()].map(({ cell }) => cell);
}

/** A run of the core set measures no scale point at all, and misses none. */
function hasScalePoint({ states }: CellIndex, workload: string): boolean {
  return cellsOf(states).some((cell) => cell.workload === workload && cell.params !== '');
}

/** Null when nobody asked for the cell or when the run says why it left it out. */
function whyMissing(head: CellIndex, cell: Cell): string | null {
  const { results, workloads } = head;
  const refused = results.refused.find(({ id, runtime }) => id === cell.workload && runtime === cell.runtime);
  if (refused !== undefined) return `its workload was refused: ${refused.reason}`;
  const leftOut = results.leftOut.some(
    ({ workload, model, runtime }) => workload === cell.workload && model === cell.model && runtime === cell.runtime,
  );
  if (cell.params !== '' && !hasScalePoint(head, cell.workload)) return null;
  if (leftOut || !workloads.has(cell.workload) || !askedModels(head).has(cell.model)) return null;
  return results.partial ? 'the run was interrupted first' : 'in the newest stored run, without a process in this one';
}
