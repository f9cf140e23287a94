import type { ConcurrencyModel } from '../model/concurrency-model.ts';

/** Cells of one model that a workload measured in full may have, by its scale: only describing it, which takes a Python, would tell. */
const assumedPoints = 20;

/** What a plan is made of, as far as it is known before any workload was described. */
export interface PlanExtent {
  readonly pythons: number;
  /** How much of each workload is measured. */
  readonly depths: readonly ('core' | 'full')[];
  readonly models: readonly ConcurrencyModel[];
  /** Most versions of uvloop for one Python. */
  readonly uvloops: number;
}

/**
 * At least as many cells as a plan has, as long as no workload varies a model over more than twenty points. Every model is counted,
 * also where a workload will turn out to have no use for it; uvloop is counted once for each of its versions. At least 1.
 */
export function mostCells({ pythons, depths, models, uvloops }: PlanExtent): number {
  const points = depths.reduce((sum, depth) => sum + (depth === 'core' ? 1 : assumedPoints), 0);
  const columns = models.reduce((sum, model) => sum + (model === 'uvloop' ? Math.max(1, uvloops) : 1), 0);
  return Math.max(1, pythons * points * columns);
}
