import type { Cell, LeftOut } from '../model/cell.ts';
import { type ConcurrencyModel, concurrencyModels } from '../model/concurrency-model.ts';
import { interpreterKey, type Runtime } from '../model/runtime.ts';
import type { DescribedRuntime, WorkloadDescription } from '../model/workload.ts';

/** Cells to measure, and every cell that could have been asked for but is not, with the reason. */
export interface Matrix {
  readonly cells: readonly Cell[];
  readonly leftOut: readonly LeftOut[];
}

interface Candidate {
  readonly runtime: Runtime;
  readonly workload: WorkloadDescription;
  readonly model: ConcurrencyModel;
}

/**
 * Crosses workloads, models and runtimes.
 * A second runtime of the same interpreter differs only in its uvloop, so only the models that use uvloop cross it.
 *
 * @param described what each runtime said, in table order
 * @param selected the models that were asked for
 */
export function planMatrix(described: readonly DescribedRuntime[], selected: readonly ConcurrencyModel[]): Matrix {
  const cells: Cell[] = [];
  const leftOut: LeftOut[] = [];
  const firstOf = firstRuntimes(described.map(({ runtime }) => runtime));
  for (const candidate of candidates(described, selected)) {
    const reason = whyNot(candidate, firstOf);
    const { workload, model, runtime } = candidate;
    if (reason === null) cells.push({ workload: workload.id, model, runtime: runtime.id, params: '' });
    else leftOut.push({ workload: workload.id, model, runtime: runtime.id, reason });
  }
  return { cells, leftOut };
}

function* candidates(described: readonly DescribedRuntime[], selected: readonly ConcurrencyModel[]): Generator<Candidate> {
  for (const { runtime, workloads } of described) {
    for (const workload of workloads) {
      for (const model of concurrencyModels) {
        if (selected.includes(model)) yield { runtime, workload, model };
      }
    }
  }
}

function firstRuntimes(runtimes: readonly Runtime[]): ReadonlyMap<string, Runtime> {
  const first = new Map<string, Runtime>();
  for (const runtime of runtimes) {
    const key = interpreterKey(runtime);
    if (!first.has(key)) first.set(key, runtime);
  }
  return first;
}

function whyNot({ runtime, workload, model }: Candidate, firstOf: ReadonlyMap<string, Runtime>): string | null {
  const support = workload.models[model];
  if (support === undefined) return 'the worker does not know this model';
  if (!support.supported) return support.reason;
  const first = firstOf.get(interpreterKey(runtime));
  if (model !== 'uvloop' && first !== undefined && first.id !== runtime.id) {
    return 'does not use uvloop: measured once for this interpreter';
  }
  return null;
}
