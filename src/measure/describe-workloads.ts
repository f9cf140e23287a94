import { mapInParallel } from '../model/map-in-parallel.ts';
import type { PreparedRuntime } from '../model/runtime.ts';
import type { DescribedRuntime, RefusedWorkload } from '../model/workload.ts';
import type { Executor } from './executor.ts';

/** How many descriptions run at once: nothing is measured yet, so they may share the machine. */
const atOnce = 2;

/** What to describe. */
export interface DescribeAllRequest {
  readonly executor: Executor;
  readonly runtimes: readonly PreparedRuntime[];
  /** Absolute paths of workload files. */
  readonly files: readonly string[];
  /** Seconds for one file on one runtime. */
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

/** Every workload as each runtime described it, and those that it refused. */
export interface DescribedWorkloads {
  readonly described: readonly DescribedRuntime[];
  readonly refused: readonly (RefusedWorkload & { readonly runtime: string })[];
}

/** Describes every file on every runtime; a file that fails costs only itself. */
export async function describeWorkloads(request: DescribeAllRequest): Promise<DescribedWorkloads> {
  const jobs = request.runtimes.flatMap((runtime) => request.files.map((workload) => ({ runtime, workload })));
  const outcomes = await mapInParallel(jobs, { atOnce }, ({ runtime, workload }) =>
    request.executor.describe({ ...request, runtime, workload }),
  );
  const pairs = jobs.map(({ runtime }, index) => ({ runtime, outcome: outcomes[index] }));
  const described = request.runtimes.map((prepared) => ({
    runtime: prepared.runtime,
    workloads: pairs.flatMap(({ runtime, outcome }) =>
      runtime === prepared && outcome?.status === 'described' ? [outcome.description] : [],
    ),
  }));
  const refused = pairs.flatMap(({ runtime, outcome }) =>
    outcome?.status === 'refused' ? [{ ...outcome.refusal, runtime: runtime.runtime.id }] : [],
  );
  return { described, refused };
}
