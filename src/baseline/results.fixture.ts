import fc from 'fast-check';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { cellId } from '../model/cell.ts';
import { concurrencyModels } from '../model/concurrency-model.ts';
import { metricOf, metrics } from '../model/metric.ts';
import type { PairedRun, PairsOfRun } from '../model/pairs-of-run.ts';
import type { Comparison, RecordedWorkload, Results } from '../model/results.ts';
import type { Runtime } from '../model/runtime.ts';
import type { BrokenSample, MeasuredSample, Sample } from '../model/sample.ts';

/** Names as nobody should give them, in one line. */
export const hostileName = fc.constantFrom(
  ...[
    '__proto__',
    'constructor',
    'a|b',
    '<b>',
    '`x`',
    '@team',
    'ünï ☃ 👩‍👩‍👧',
    '..',
    '-->',
    '"\\',
    "'",
    '%0A',
    'n=1,m=2',
    '\u202e',
    'toString',
  ],
);
const name = fc.oneof(hostileName, fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/));
const sentence = fc.oneof(name, fc.string({ maxLength: 60 }), fc.constant('Line one.\n\u0007 line two\u2028'));
const instant = fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString());
const commit = fc.option(fc.stringMatching(/^[0-9a-f]{40}$/));
const finite = fc.double({ noNaN: true, min: -1e300, max: 1e300 }).map((value) => value + 0);
const seconds = fc.double({ noNaN: true, min: 0, max: 1e6 });
const model = fc.constantFrom(...concurrencyModels);
const metricId = fc.oneof(fc.constantFrom(...metrics.map(({ id }) => id)), fc.stringMatching(/^own_[a-z]{1,6}$/));

const runtime: fc.Arbitrary<Runtime> = fc.record(
  {
    id: name,
    python: name,
    implementation: name,
    freeThreaded: fc.boolean(),
    build: name,
    source: name,
    packages: fc.dictionary(fc.constantFrom('uvloop', 'aiohttp', 'x'), name),
    provenance: fc.record({ distribution: name, compiler: name, configArgs: sentence }),
    wheels: fc.array(fc.record({ name, version: name, sha256: fc.stringMatching(/^[0-9a-f]{64}$/) }), { maxLength: 2 }),
  },
  { requiredKeys: ['id', 'python', 'implementation', 'freeThreaded', 'build', 'source', 'packages'], noNullPrototype: true },
);

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

const cell = fc.record({ workload: name, model, runtime: name, params: fc.oneof(fc.constant(''), name) });

const measured: fc.Arbitrary<MeasuredSample> = fc
  .record({
    cell,
    round: fc.nat(9),
    taken: fc.integer({ min: 1, max: 3 }),
    ids: fc.uniqueArray(metricId, { maxLength: 3 }),
    units: fc.integer({ min: 1, max: 999 }),
  })
  .chain(({ taken, ids, ...rest }) =>
    fc.record({
      status: fc.constant('measured' as const),
      cell: fc.constant(rest.cell),
      round: fc.constant(rest.round),
      values: fc.tuple(...ids.map(() => array(finite, taken))).map((all) => Object.fromEntries(ids.map((id, at) => [id, all[at] ?? []]))),
      calibration: array(seconds, taken),
      units: fc.constant(rest.units),
      ideal: fc.option(seconds),
      phases: fc.record({ total: seconds, startup: seconds, peers: seconds, measured: seconds }),
    }),
  );

function array<T>(of: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> {
  return fc.array(of, { minLength: length, maxLength: length });
}

const broken: fc.Arbitrary<BrokenSample> = fc.record({
  status: fc.constant('broken' as const),
  cell,
  round: fc.nat(9),
  kind: fc.constantFrom('wrong result', 'error', 'timeout', 'crash', 'protocol', 'fallback', 'refused'),
  message: sentence,
  output: sentence,
});

const declared = fc.record({ unit: fc.constantFrom('s', 'B', 'ratio', 'count'), better: fc.constantFrom('lower', 'higher') });

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

const side = fc.constantFrom('base', 'head');

/** A few suspects of few runtimes, some cells that one side lacks, and series with whole, broken and absent pairs. */
const pairedRun: fc.Arbitrary<PairedRun> = fc.array(runtime, { minLength: 1, maxLength: 3 }).chain((runtimes) => {
  const suspect = fc
    .record({
      cell,
      base: fc.constantFrom(...runtimes),
      head: fc.constantFrom(...runtimes),
      id: metricId,
      declared,
      sourceDiffers: fc.boolean(),
    })
    .map(({ cell: of, base, head, id, declared: own, sourceDiffers }) => ({
      id: cellId(of),
      cell: of,
      runtimes: { base, head },
      metric: metricOf(id, own),
      sourceDiffers,
    }));
  const suspects = fc.array(suspect, { maxLength: 3 });
  const pair = fc.record({ base: measured, head: measured });
  const outcome = fc.record({
    pairs: fc.array(fc.tuple(name, fc.array(pair, { maxLength: 2 })), { maxLength: 2 }).map((all) => new Map(all)),
    broken: fc.array(fc.tuple(name, fc.record({ side, sample: broken })), { maxLength: 2 }).map((all) => new Map(all)),
    looksTaken: fc.nat(9),
    processes: fc.nat(99),
    endedBy: fc.constantFrom('schedule', 'budget', 'interrupt'),
  });
  return fc.record({
    base: fc.record({ commit, origin: sentence, notes: fc.array(sentence, { maxLength: 2 }) }),
    plan: fc.record({
      suspects,
      lone: fc.array(fc.record({ cell, lacks: side, reason: sentence }), { maxLength: 2 }),
      notComparable: fc.array(fc.record({ cell, reason: sentence }), { maxLength: 2 }),
    }),
    series: fc.array(fc.record({ suspects, outcome }), { maxLength: 2 }),
    movedFamilies: fc.array(sentence, { maxLength: 2 }),
    seconds,
  });
});

const pairs: fc.Arbitrary<PairsOfRun> = fc.oneof(
  fc.constant({ kind: 'not needed' as const }),
  fc.record({ kind: fc.constant('none' as const), pairs: fc.constantFrom('asked', 'unasked'), reason: sentence }),
  pairedRun.map((run) => ({ kind: 'pairs' as const, run })),
);

const runName = { runId: name, commit, created: instant, cpuModel: name };

const acceptedShift: fc.Arbitrary<AcceptedShift> = fc.record({
  cells: fc.array(
    name.filter((each) => each !== ''),
    { minLength: 1, maxLength: 2 },
  ),
  commit: fc.constant('a'.repeat(40)),
  by: name.filter((each) => each !== ''),
  why: sentence.filter((each) => each !== ''),
  created: instant,
});

const comparison: fc.Arbitrary<Comparison> = fc.record({
  baseline: fc.record({
    used: fc.array(fc.record({ ...runName, distance: fc.option(fc.nat(300)) }), { maxLength: 2 }),
    leftOut: fc.array(fc.record({ ...runName, reason: sentence }), { maxLength: 2 }),
    accepted: fc.array(acceptedShift, { maxLength: 2 }),
  }),
  pairs,
});

const shard = fc
  .record({
    run: name,
    index: fc.integer({ min: 1, max: 4 }),
    workloads: fc.array(name, { minLength: 1, maxLength: 3 }),
    size: fc.integer({ min: 1, max: 99 }),
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
    warnings: fc.constant([]),
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
