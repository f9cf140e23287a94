import type { RecordedWorkload, Results } from '../model/results.ts';
import type { Run, RunContext } from '../model/run.ts';
import { cellsOf, cellsOfAll } from './run-cells.ts';

/** Each thing once, the first of those that are equal. */
function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/**
 * The parts of one run as if one machine had measured them, for everything that asks of no machine; the machine is the
 * first part's. Throws RangeError without any part.
 *
 * @param parts of one commit, without a cell in common, in the order of the plan
 */
export function mergeParts(parts: readonly Results[]): Results;
export function mergeParts(parts: readonly Run[]): Run;
export function mergeParts(parts: readonly Run[]): Run {
  const [first, ...others] = parts;
  if (first === undefined) throw new RangeError('a run needs at least one part');
  if (others.length === 0) return { ...first, comparison: null, shard: null };
  const context = mergeContexts(first, parts);
  if (parts.every((part) => 'samples' in part)) return { ...context, samples: parts.flatMap(({ samples }) => samples) };
  return { ...context, cells: cellsOfAll(parts.map(cellsOf)) };
}

function mergeContexts(first: RunContext, parts: readonly RunContext[]): RunContext {
  return {
    ...first,
    created: parts.map(({ created }) => created).toSorted()[0] ?? first.created,
    shard: null,
    runtimes: [...new Map(parts.flatMap(({ runtimes }) => runtimes).map((runtime) => [runtime.id, runtime])).values()],
    unavailable: distinct(parts.flatMap(({ unavailable }) => unavailable)),
    workloads: mergeWorkloads(parts.flatMap(({ workloads }) => workloads)),
    refused: distinct(parts.flatMap(({ refused }) => refused)),
    leftOut: distinct(parts.flatMap(({ leftOut }) => leftOut)),
    warnings: distinct(parts.flatMap(({ warnings }) => warnings)),
    comparison: null,
    partial: parts.some(({ partial }) => partial),
  };
}

/** A workload that several parts measured, with the gate metrics of every model that some runtime supports. */
function mergeWorkloads(workloads: readonly RecordedWorkload[]): readonly RecordedWorkload[] {
  const byId = new Map<string, RecordedWorkload>();
  for (const workload of workloads) {
    const known = byId.get(workload.id);
    byId.set(workload.id, known === undefined ? workload : { ...known, gates: { ...known.gates, ...workload.gates } });
  }
  return [...byId.values()];
}
