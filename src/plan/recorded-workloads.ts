import type { RecordedWorkload } from '../model/results.ts';
import type { DescribedRuntime, WorkloadDescription } from '../model/workload.ts';

/** The workloads as results remember them: each once, with the gate metric of every model that some runtime supports. */
export function recordedWorkloads(described: readonly DescribedRuntime[]): readonly RecordedWorkload[] {
  const byId = new Map<string, RecordedWorkload>();
  for (const workload of described.flatMap(({ workloads }) => workloads)) {
    const known = byId.get(workload.id);
    byId.set(workload.id, recorded(workload, known?.gates ?? {}));
  }
  return [...byId.values()];
}

function recorded({ id, title, source, metrics, models }: WorkloadDescription, known: RecordedWorkload['gates']): RecordedWorkload {
  const gates = { ...known };
  for (const [model, support] of Object.entries(models)) {
    if (support.supported) gates[model] = support.gate;
  }
  return { id, title, source, metrics, gates };
}
