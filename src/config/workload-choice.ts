import type { PreparedRuntime } from '../model/runtime.ts';
import { type RefusedWorkload, workloadId } from '../model/workload.ts';
import { workloadDependencies } from './workload-dependencies.ts';
import { type ChosenWorkload, type Depth, findWorkloadFiles, type UnusableFile, type WorkloadPlaces } from './workload-files.ts';

/** What a run measures, what that needs, and what it cannot use. */
export interface WorkloadChoice {
  readonly chosen: readonly ChosenWorkload[];
  /** Requirements of the chosen files, without repeats. */
  readonly packages: readonly string[];
  /** Files that cannot be used, whatever is in them; each costs only itself. */
  readonly unusable: readonly UnusableFile[];
}

/** Turns the `workloads` option into files and their needs. Throws like `findWorkloadFiles`. */
export async function chooseWorkloads(items: readonly string[], places: WorkloadPlaces): Promise<WorkloadChoice> {
  const { chosen, unusable } = await findWorkloadFiles(items, places);
  const needs = await workloadDependencies(chosen.map(({ file }) => file));
  const bad = new Set(needs.unusable.map(({ file }) => file));
  return { chosen: chosen.filter(({ file }) => !bad.has(file)), packages: needs.packages, unusable: [...unusable, ...needs.unusable] };
}

/** How much of each chosen workload is measured, by its id. */
export function depthOf(chosen: readonly ChosenWorkload[]): (workload: string) => Depth {
  const byId = new Map(chosen.map(({ file, depth }) => [workloadId(file), depth]));
  return (workload) => byId.get(workload) ?? 'full';
}

/** Unusable files as every runtime's refusals. */
export function refusedOn(
  runtimes: readonly PreparedRuntime[],
  unusable: readonly UnusableFile[],
): readonly (RefusedWorkload & { readonly runtime: string })[] {
  return runtimes.flatMap(({ runtime }) =>
    unusable.map(({ file, reason }) => ({ id: shownName(file), path: file, phase: 'contract', reason, runtime: runtime.id })),
  );
}

/** A name as results can hold it: whatever a file is called, its refusal must not keep them from being written. */
function shownName(file: string): string {
  const name = workloadId(file).replaceAll(/\p{Cc}/gu, '\uFFFD');
  return name.length <= longestShown ? name : `${name.slice(0, longestShown - 1)}…`.toWellFormed();
}

const longestShown = 200;
