import fc from 'fast-check';
import type { RecordedWorkload, Results } from '../model/results.ts';
import type { Sample } from '../model/sample.ts';
import { comparison } from './comparison.fixture.ts';
import {
  broken,
  commit,
  declared,
  finite,
  instant,
  machineWarning,
  measured,
  metricId,
  model,
  name,
  runtime,
  sentence,
} from './sample.fixture.ts';

const machine = fc.record({
  runnerClass: name,
  os: name,
  kernel: name,
  arch: name,
  cpuModel: name,
  cpus: fc.integer({ min: 1, max: 128 }),
  memoryBytes: fc.integer({ min: 1, max: 2 ** 40 }),
  peerPython: name,
});

const workload: fc.Arbitrary<RecordedWorkload> = fc.record(
  {
    id: name,
    title: sentence,
    source: name,
    metrics: fc.dictionary(fc.stringMatching(/^own_[a-z]{1,6}$/), declared, { maxKeys: 2, noNullPrototype: true }),
    gates: fc.dictionary(model, metricId, { noNullPrototype: true }),
    file: fc.constantFrom('bench/a.py', 'b c/ü.py'),
    axes: fc.dictionary(fc.constantFrom('n', 'case'), fc.dictionary(model, fc.oneof(finite, name), { noNullPrototype: true }), {
      noNullPrototype: true,
    }),
  },
  { requiredKeys: ['id', 'title', 'source', 'metrics', 'gates'], noNullPrototype: true },
);

const shard = fc
  .record({
    run: name,
    index: fc.integer({ min: 1, max: 4 }),
    workloads: fc.array(name, { minLength: 1, maxLength: 3 }),
    cells: fc.integer({ min: 1, max: 99 }),
  })
  .map((each) => ({ ...each, pythons: [['3.9', 2] as const, ['latest', 2] as const] }));

/** Any results that may be written, with names of every sort in them. */
export const anyResults: fc.Arbitrary<Results> = fc
  .record({
    schema: fc.constant(2 as const),
    kind: fc.constant('results' as const),
    created: instant,
    commit,
    runId: name,
    shard: fc.option(shard),
    seed: fc.maxSafeInteger(),
    machine,
    runtimes: fc.array(runtime, { maxLength: 2 }),
    unavailable: fc.array(fc.record({ requested: sentence, reason: sentence }), { maxLength: 2 }),
    workloads: fc.array(workload, { maxLength: 2 }),
    refused: fc.array(fc.record({ id: name, phase: name, reason: sentence, runtime: name }), { maxLength: 2 }),
    leftOut: fc.array(fc.record({ workload: name, model, runtime: name, reason: sentence }), { maxLength: 2 }),
    samples: fc.array(fc.oneof(measured, broken), { maxLength: 4 }),
    warnings: fc.array(machineWarning, { maxLength: 2 }),
    comparison: fc.option(comparison),
    partial: fc.boolean(),
  })
  .map(ofDescribed);

/** Every sample is of a workload and a runtime that the run describes. */
function ofDescribed(results: Results): Results {
  const { workloads, runtimes } = results;
  const samples = results.samples.flatMap((sample, at): readonly Sample[] => {
    const [of, on] = [workloads[at % workloads.length], runtimes[at % runtimes.length]];
    return of === undefined || on === undefined ? [] : [{ ...sample, cell: { ...sample.cell, workload: of.id, runtime: on.id } }];
  });
  return { ...results, samples };
}
