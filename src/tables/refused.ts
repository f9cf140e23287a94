import type { Results } from '../model/results.ts';
import type { RuntimeColumn } from './columns.ts';

/** A workload that was refused, on the runtimes of these labels. */
export interface RefusedGroup {
  readonly workload: string;
  readonly phase: string;
  readonly reason: string;
  readonly runtimes: readonly string[];
}

/** Refused workloads, each once for each phase and reason. */
export function refusedGroups({ refused }: Pick<Results, 'refused'>, columns: readonly RuntimeColumn[]): readonly RefusedGroup[] {
  const labels = new Map(columns.map(({ runtime, label }) => [runtime.id, label]));
  const groups = Map.groupBy(refused, ({ id, phase, reason }) => JSON.stringify([id, phase, reason]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { id: workload, phase, reason } = first;
    return [{ workload, phase, reason, runtimes: group.map(({ runtime }) => labels.get(runtime) ?? runtime) }];
  });
}
