import { concurrencyModels } from '../model/concurrency-model.ts';
import type { RecordedWorkload } from '../model/results.ts';
import type { DescribedRuntime, WorkloadDescription } from '../model/workload.ts';
import { plainPoint } from './matrix.ts';

/** The workloads as results remember them: each once, with the gate metric of every model that some runtime supports. */
export function recordedWorkloads(described: readonly DescribedRuntime[]): readonly RecordedWorkload[] {
  const byId = new Map<string, RecordedWorkload>();
  for (const workload of described.flatMap(({ workloads }) => workloads)) {
    const known = byId.get(workload.id);
    byId.set(workload.id, recorded(workload, known?.gates ?? {}));
  }
  return [...byId.values()];
}

function recorded(workload: WorkloadDescription, known: RecordedWorkload['gates']): RecordedWorkload {
  const { id, title, source, metrics, models } = workload;
  const gates = { ...known };
  for (const [model, support] of Object.entries(models)) {
    if (support.supported) gates[model] = support.gate;
  }
  const axes = plainAxes(workload);
  return { id, title, source, metrics, gates, ...(Object.keys(axes).length === 0 ? {} : { axes }) };
}

/** Where the plain cell of each model stands on each axis, as far as PARAMS and MODEL_PARAMS say so in a number or a text. */
function plainAxes(workload: WorkloadDescription): NonNullable<RecordedWorkload['axes']> {
  const points = (axis: string) =>
    concurrencyModels.flatMap((model) => {
      const point = plainPoint(workload, model, axis);
      return typeof point === 'number' || typeof point === 'string' ? [[model, point] as const] : [];
    });
  return Object.fromEntries(Object.keys(workload.scale).map((axis) => [axis, Object.fromEntries(points(axis))]));
}
