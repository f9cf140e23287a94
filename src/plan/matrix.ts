import type { Cell, LeftOut } from '../model/cell.ts';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import { interpreterKey, type Runtime } from '../model/runtime.ts';
import type { DescribedRuntime, WorkloadDescription } from '../model/workload.ts';

/** How much of a workload is measured: the models of the write-up's set, or every model and every scale point. */
type Depth = 'core' | 'full';

/** Cells to measure, and every cell that could have been asked for but is not, with the reason. */
export interface Matrix {
  readonly cells: readonly Cell[];
  readonly leftOut: readonly LeftOut[];
}

/** Why the set `core` leaves a cell out; one text for all, so that a report says it once. */
export const outsideCore = 'not in the core set; "workloads: full" measures it';

interface Candidate {
  readonly runtime: Runtime;
  readonly workload: WorkloadDescription;
  readonly model: ConcurrencyModel;
  readonly depth: Depth;
}

/**
 * Crosses workloads, models and runtimes; at full depth also the scale points, each a cell of its own.
 * A second runtime of the same interpreter differs only in its uvloop, so only the models that use uvloop cross it.
 *
 * @param described what each runtime said, in table order
 * @param selected the models that were asked for
 * @param depthOf how much of a workload is wanted, by its id
 */
export function planMatrix(
  described: readonly DescribedRuntime[],
  selected: readonly ConcurrencyModel[],
  depthOf: (workload: string) => Depth,
): Matrix {
  const cells: Cell[] = [];
  const leftOut: LeftOut[] = [];
  const firstOf = firstRuntimes(described.map(({ runtime }) => runtime));
  for (const candidate of candidates(described, selected, depthOf)) {
    const reason = whyNot(candidate, firstOf);
    if (reason === null) cells.push(...cellsOf(candidate));
    else leftOut.push({ workload: candidate.workload.id, model: candidate.model, runtime: candidate.runtime.id, reason });
  }
  return { cells, leftOut };
}

/**
 * What a cell overrides in its workload's PARAMS: nothing, or the one scaled parameter at its point.
 * Throws RangeError for a cell that was not planned from this description.
 */
export function cellParams(cell: Cell, workload: WorkloadDescription): Readonly<Record<string, number | string>> {
  if (cell.params === '') return {};
  for (const [axis, points] of Object.entries(workload.scale)) {
    const point = points.find((value) => paramsAt(axis, value) === cell.params);
    if (point !== undefined) return { [axis]: point };
  }
  throw new RangeError(`${workload.id} has no scale point ${cell.params}`);
}

function* candidates(
  described: readonly DescribedRuntime[],
  selected: readonly ConcurrencyModel[],
  depthOf: (workload: string) => Depth,
): Generator<Candidate> {
  for (const { runtime, workloads } of described) {
    for (const workload of workloads) {
      const depth = depthOf(workload.id);
      for (const model of concurrencyModels) {
        if (selected.includes(model)) yield { runtime, workload, model, depth };
      }
    }
  }
}

/** The plain cell and, at full depth, one for each point of each axis that varies this model; the point at which the plain cell stands is that cell. */
function cellsOf({ workload, model, runtime, depth }: Candidate): readonly Cell[] {
  const at = (params: string): Cell => ({ workload: workload.id, model, runtime: runtime.id, params });
  if (depth === 'core') return [at('')];
  const axes = Object.entries(workload.scale).filter(([axis]) => workload.scaleModels[axis]?.includes(model) ?? true);
  const points = axes.flatMap(([axis, values]) =>
    [...new Set(values)].filter((value) => value !== plainPoint(workload, model, axis)).map((value) => paramsAt(axis, value)),
  );
  return [at(''), ...points.map(at)];
}

/** Where the plain cell of a model stands on an axis. */
export function plainPoint({ params, modelParams }: WorkloadDescription, model: ConcurrencyModel, axis: string): unknown {
  return { ...params, ...modelParams[model] }[axis];
}

function paramsAt(axis: string, value: number | string): string {
  return `${axis}=${value}`;
}

function firstRuntimes(runtimes: readonly Runtime[]): ReadonlyMap<string, Runtime> {
  const first = new Map<string, Runtime>();
  for (const runtime of runtimes) {
    const key = interpreterKey(runtime);
    if (!first.has(key)) first.set(key, runtime);
  }
  return first;
}

function whyNot({ runtime, workload, model, depth }: Candidate, firstOf: ReadonlyMap<string, Runtime>): string | null {
  const support = workload.models[model];
  if (support === undefined) return 'the worker does not know this model';
  if (!support.supported) return support.reason;
  if (depth === 'core' && workload.core?.includes(model) === false) return outsideCore;
  const first = firstOf.get(interpreterKey(runtime));
  if (model !== 'uvloop' && first !== undefined && first.id !== runtime.id) {
    return 'does not use uvloop: measured once for this interpreter';
  }
  return null;
}
