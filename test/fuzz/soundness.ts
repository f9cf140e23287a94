import { isConcurrencyModel } from '../../src/model/concurrency-model.ts';
import type { Results } from '../../src/model/results.ts';

/** What is wrong with results that were taken for sound, in words; written without a look at the schemas. */
export function unsoundness(results: Results): readonly string[] {
  const faults = [...strange(results, 'results'), ...unlike(results)];
  for (const sample of results.samples) {
    if (!isConcurrencyModel(sample.cell.model)) faults.push(`the model ${sample.cell.model}`);
    if (sample.status === 'broken') continue;
    const lengths = Object.values(sample.values).map((values) => values.length);
    if (lengths.some((length) => length !== sample.calibration.length)) faults.push('lengths differ');
    if (!(sample.units > 0)) faults.push(`${sample.units} units`);
    if ([...sample.calibration, ...Object.values(sample.phases)].some((seconds) => !(seconds >= 0))) faults.push('time ran backwards');
  }
  return faults;
}

function unlike({ schema, kind, commit, created, runId, machine, runtimes, workloads }: Results): readonly string[] {
  return [
    ...(schema === 2 && kind === 'results' ? [] : ['another kind of document']),
    ...(commit === null || /^[0-9a-f]{40}$/.test(commit) ? [] : ['the commit']),
    ...(Number.isFinite(Date.parse(created)) ? [] : ['the day']),
    ...(typeof runId === 'string' && runId !== '' ? [] : ['the run id']),
    ...(Number.isInteger(machine.cpus) && machine.cpus > 0 && typeof machine.cpuModel === 'string' ? [] : ['the machine']),
    ...(runtimes.every(({ id, python }) => typeof id === 'string' && typeof python === 'string') ? [] : ['a runtime']),
    ...(workloads.every(({ id, source }) => typeof id === 'string' && typeof source === 'string') ? [] : ['a workload']),
  ];
}

/** Numbers that are none, and objects that are no plain ones. */
function strange(value: unknown, path: string): readonly string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== 'object' || value === null || value instanceof Map) return [];
  const prototype: unknown = Object.getPrototypeOf(value);
  const own =
    prototype === Object.prototype || prototype === Array.prototype || prototype === null ? [] : [`${path} has another prototype`];
  return [...own, ...Object.entries(value).flatMap(([key, each]) => strange(each, `${path}.${key}`))];
}

/** Whether what every object inherits is as the language made it. */
export function prototypeIsClean(): boolean {
  const probe: Readonly<Record<string, unknown>> = {};
  return probe['polluted'] === undefined && probe['a'] === undefined && Object.keys(Object.prototype).length === 0;
}
