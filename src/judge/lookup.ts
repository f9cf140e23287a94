import { cellId } from '../model/cell.ts';
import type { ConcurrencyModel } from '../model/concurrency-model.ts';
import { modelLabel } from '../model/concurrency-model.ts';
import type { RunContext } from '../model/run.ts';
import { interpreterKey } from '../model/runtime.ts';
import type { CellIndex, CellState, MeasuredCell } from './cell-index.ts';

/** Which cell is wanted. */
export interface Wanted {
  readonly workload: string;
  readonly model: ConcurrencyModel;
  /** Runtime id. */
  readonly runtime: string;
  /** The scale point, "n=100"; left out: the plain cell. */
  readonly params?: string;
}

/** A measured cell, or the reason there is none: one clause without a full stop; a cell that was run and broke is told apart. */
export type Found =
  | { readonly ok: true; readonly cell: MeasuredCell }
  | { readonly ok: false; readonly broken: boolean; readonly reason: string };

/**
 * Finds a cell. A model that does not use uvloop is measured once for an interpreter, so the cell of another runtime
 * of the same interpreter answers for it.
 */
export function findCell(index: CellIndex, wanted: Wanted): Found {
  return cellFinder(wanted)(index);
}

/** The same for one cell in many runs. */
export function cellFinder(wanted: Wanted): (index: CellIndex) => Found {
  const id = idOf(wanted);
  return (index) => found(index, wanted, index.states.get(id) ?? siblingState(index, wanted));
}

function found(index: CellIndex, wanted: Wanted, state: CellState | undefined): Found {
  if (state === undefined) return { ok: false, broken: false, reason: absenceReason(index, wanted) };
  if (state.status === 'measured') return { ok: true, cell: state };
  return { ok: false, broken: true, reason: `${wanted.workload} is broken under ${modelLabel(wanted.model)}: ${state.message}` };
}

/** Why a run holds no process of a cell: one clause without a full stop. */
export function absenceReason({ results, workloads }: CellIndex, { workload, model, runtime, params = '' }: Wanted): string {
  const leftOut = results.leftOut.find((cell) => cell.workload === workload && cell.model === model && cell.runtime === runtime);
  if (leftOut !== undefined) return clause(`${workload} leaves out ${modelLabel(model)}: ${leftOut.reason}`);
  const refused = results.refused.find((entry) => entry.id === workload && entry.runtime === runtime);
  if (refused !== undefined) return clause(`${workload} was refused: ${refused.reason}`);
  if (!workloads.has(workload)) return `the workload ${workload} is not part of this run`;
  if (results.partial) return `the run was interrupted before ${workload} under ${modelLabel(model)}`;
  if (params !== '') return `${workload} was not run at ${params} under ${modelLabel(model)}`;
  return `${modelLabel(model)} was not selected for ${workload}`;
}

function clause(text: string): string {
  return text.replace(/[.\s]+$/, '');
}

function siblingState(index: CellIndex, wanted: Wanted): CellState | undefined {
  if (wanted.model === 'uvloop') return undefined;
  for (const sibling of siblings(index.results, wanted.runtime)) {
    const state = index.states.get(idOf({ ...wanted, runtime: sibling }));
    if (state !== undefined) return state;
  }
  return undefined;
}

function siblings(results: RunContext, runtimeId: string): readonly string[] {
  const own = results.runtimes.find(({ id }) => id === runtimeId);
  if (own === undefined) return [];
  return results.runtimes.filter((runtime) => interpreterKey(runtime) === interpreterKey(own)).map(({ id }) => id);
}

function idOf({ workload, model, runtime, params = '' }: Wanted): string {
  return cellId({ workload, model, runtime, params });
}
