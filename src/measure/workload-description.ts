import { isConcurrencyModel } from '../model/concurrency-model.ts';
import { type RefusedWorkload, type WorkloadDescription, workloadId } from '../model/workload.ts';
import type { DescribeOutcome } from './executor.ts';
import type { Fault } from './fault.ts';
import { harmlessPhrase } from './output-tail.ts';
import type { WorkerRecord } from './worker-process.ts';
import type { WorkloadEvent } from './worker-protocol.ts';

/** The outcome of a worker that described a workload without a fault. Models this program does not know are left out. */
export function describedWorkload(path: string, event: WorkloadEvent | null): DescribeOutcome {
  const id = workloadId(path);
  if (event === null) return refused(path, 'protocol', 'The worker ended without describing the workload.');
  if (event.id !== id) return refused(path, 'protocol', `The worker described ${harmlessPhrase(event.id, 80)} instead of ${id}.`);
  const description: WorkloadDescription = {
    id,
    title: harmlessPhrase(event.title),
    path,
    source: event.source,
    models: Object.fromEntries([...event.models].filter(([model]) => isConcurrencyModel(model))),
    metrics: Object.fromEntries(event.metrics),
    core: event.core?.filter(isConcurrencyModel) ?? null,
    params: Object.fromEntries(event.params),
    modelParams: Object.fromEntries(
      [...event.model_params].filter(([model]) => isConcurrencyModel(model)).map(([model, params]) => [model, Object.fromEntries(params)]),
    ),
    scale: Object.fromEntries(event.scale),
    scaleModels: Object.fromEntries([...event.scale_models].map(([axis, models]) => [axis, models.filter(isConcurrencyModel)])),
  };
  return { status: 'described', description };
}

/** The outcome of a worker that failed to describe a workload. */
export function refusedWorkload(path: string, record: WorkerRecord, fault: Fault): DescribeOutcome {
  const phase = record.conversation.error?.phase ?? fault.kind;
  const printed = record.conversation.error === null ? harmlessPhrase(record.output.trimEnd().split('\n').at(-1) ?? '', 200) : '';
  return refused(path, phase, printed === '' ? fault.message : `${fault.message} It last printed: ${printed}`);
}

function refused(path: string, phase: string, reason: string): DescribeOutcome {
  const refusal: RefusedWorkload = { id: workloadId(path), path, phase, reason: `${reason} ${remedy(phase)}` };
  return { status: 'refused', refusal };
}

function remedy(phase: string): string {
  switch (phase) {
    case 'import':
      return 'Make the file importable on this interpreter, install what it needs, or leave it out.';
    case 'contract':
      return 'Complete the file as docs/workloads.md asks, or leave it out.';
    case 'timeout':
      return 'Keep slow work out of the top level of the file.';
    default:
      return 'Import the file with this interpreter by hand to see the fault, or leave it out.';
  }
}
