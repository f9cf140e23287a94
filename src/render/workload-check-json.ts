import type { ModelCheck, WorkloadCheck } from '../tables/workload-check.ts';

/** Version of the document that `check-workload --json` prints. 1: first. */
const checkSchema = 1;

/** What a check of a workload found, as a JSON value. */
export function workloadCheckJson({ title, runtimes, faults, unavailable, unreached }: WorkloadCheck) {
  return {
    ...{ schema: checkSchema, kind: 'check-workload', title, faults, unreached, unavailable },
    runtimes: runtimes.map(({ label, refused, models }) => ({ label, refused, models: models.map(modelJson) })),
  };
}

function modelJson(check: ModelCheck) {
  if (check.status !== 'verified') return check;
  const { metric, ...rest } = check;
  return { ...rest, metric: metric.id, unit: metric.unit };
}
