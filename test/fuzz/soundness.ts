import { isConcurrencyModel } from '../../src/model/concurrency-model.ts';
import type { Results } from '../../src/model/results.ts';

/** What is wrong with results that were taken for sound, in words; written without a look at the schemas. */
export function unsoundness(results: Results): readonly string[] {
  const faults = [...strange(results, 'results'), ...unlike(results), ...untied(results), ...unprintable(results)];
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

/** Pairs that are not of what they are filed under. */
function untied({ comparison }: Results): readonly string[] {
  if (comparison?.pairs.kind !== 'pairs') return [];
  const { plan, series } = comparison.pairs.run;
  const known = plan.suspects.map(({ id }) => id);
  const measured = series.flatMap(({ suspects }) => suspects);
  const wrong = [...plan.suspects, ...measured].filter(({ id, cell }) => id !== `${placeOf(cell)}/${cell.runtime}`);
  const strangers = measured.filter(({ id }) => !known.includes(id));
  const foreign = series.flatMap(({ suspects, outcome }) => {
    const samples = [...outcome.pairs].flatMap(([id, pairs]) =>
      pairs.flatMap(({ base, head }) => [base, head].map(({ cell }) => ({ id, cell }))),
    );
    const broken = [...outcome.broken].map(([id, { sample }]) => ({ id, cell: sample.cell }));
    const ids = new Set(suspects.map(({ id }) => id));
    return [...samples, ...broken].filter(({ id, cell }) => !ids.has(id) || !id.startsWith(`${placeOf(cell)}/`));
  });
  const twice = [known, measured.map(({ id }) => id)].filter((ids) => new Set(ids).size < ids.length);
  return [...wrong, ...strangers, ...foreign].map(({ id }) => `pairs of ${id}`).concat(twice.map(() => 'a suspect twice'));
}

function placeOf({ workload, params, model }: Results['samples'][number]['cell']): string {
  return `${workload}${params === '' ? '' : `[${params}]`}/${model}`;
}

/** What messages print as it is, and what patterns are made of. */
function unprintable({ shard, samples, comparison }: Results): readonly string[] {
  const base = comparison?.pairs.kind === 'pairs' ? comparison.pairs.run.base : { origin: '', notes: [] };
  const lines = [...(shard?.pythons ?? []).map(([python]) => python), base.origin, ...base.notes];
  const names = samples.flatMap(({ cell }) => [cell.workload, cell.runtime, cell.params]);
  return [
    ...(lines.every((each) => !/\p{Cc}/u.test(each)) ? [] : ['a line that is several']),
    ...(names.every((each) => !/[*?]/.test(each)) ? [] : ['a name that is a pattern']),
    ...((shard?.pythons ?? []).reduce((sum, [, shards]) => sum + shards, 0) > 256 ? ['more shards than jobs'] : []),
  ];
}

/** Numbers that are none, and objects that are no plain ones. */
export function strange(value: unknown, path: string): readonly string[] {
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
