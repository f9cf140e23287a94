import fc from 'fast-check';
import { concurrencyModels } from '../model/concurrency-model.ts';
import { type Disturbance, disturbanceCauses, type Strain, strainCauses } from '../model/disturbance.ts';
import type { MachineWarning } from '../model/machine-warning.ts';
import { metrics } from '../model/metric.ts';
import type { Runtime } from '../model/runtime.ts';
import type { BrokenSample, MeasuredSample } from '../model/sample.ts';

/** Names as nobody should give them, in one line. */
const hostileName = fc.constantFrom(
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

/** A name of any sort, in one line. */
export const name = fc.oneof(hostileName, fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/));
/** What somebody wrote, perhaps in several lines. */
export const sentence = fc.oneof(name, fc.string({ maxLength: 60 }), fc.constant('Line one.\n\u0007 line two\u2028'));
/** ISO 8601, UTC. */
export const instant = fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString());
/** 40 hex digits, or null. */
export const commit = fc.option(fc.stringMatching(/^[0-9a-f]{40}$/));
/** Any figure; never -0, which JSON does not tell from 0. */
export const finite = fc.double({ noNaN: true, min: -1e300, max: 1e300 }).map((value) => value + 0);
/** Finite and not negative. */
export const seconds = fc.double({ noNaN: true, min: 0, max: 1e6 });
/** A concurrency model. */
export const model = fc.constantFrom(...concurrencyModels);
/** A metric of the registry or of a workload. */
export const metricId = fc.oneof(fc.constantFrom(...metrics.map(({ id }) => id)), fc.stringMatching(/^own_[a-z]{1,6}$/));

/** A runtime with names of any sort. */
export const runtime: fc.Arbitrary<Runtime> = fc.record(
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

/** A cell with names of any sort. */
export const cell = fc.record({ workload: name, model, runtime: name, params: fc.oneof(fc.constant(''), name) });

const cause = fc.constantFrom(...disturbanceCauses);
const strain = fc.constantFrom(...strainCauses);
const amount = fc.double({ noNaN: true, min: 1e-3, max: 1e6 });
const disturbances: fc.Arbitrary<readonly Disturbance[]> = fc.array(fc.record({ cause, amount }), { minLength: 1, maxLength: 2 });
const strains: fc.Arbitrary<readonly Strain[]> = fc.array(fc.record({ cause: strain, amount }), { minLength: 1, maxLength: 2 });

/** What hardly any process has. */
const marks = fc.record({ disturbances, setAside: disturbances, strains }, { requiredKeys: [], noNullPrototype: true });

const share = fc.double({ noNaN: true, min: 0, max: 1 }).map((value) => value + 0);
const missing = fc.array(sentence, { minLength: 1, maxLength: 2 });

/** What a machine did to a run. */
export const machineWarning: fc.Arbitrary<MachineWarning> = fc.oneof(
  fc.record({ code: fc.constant('disturbed' as const), cause, kept: fc.nat(9), repeated: fc.nat(9), of: fc.nat(99), most: amount }),
  fc.record({ code: fc.constant('strained' as const), cause: strain, processes: fc.nat(9), of: fc.nat(99), most: amount }),
  fc.record({ code: fc.constantFrom('stolen time', 'busy machine'), share }),
  fc.record({ code: fc.constantFrom('missing guards', 'unnoticed'), missing }),
);

/** A process that measured, of any cell. */
export const measured: fc.Arbitrary<MeasuredSample> = fc
  .record({
    cell,
    round: fc.nat(9),
    taken: fc.integer({ min: 1, max: 3 }),
    ids: fc.uniqueArray(metricId, { maxLength: 3 }),
    units: fc.integer({ min: 1, max: 999 }),
    marked: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, marks),
  })
  .chain(({ taken, ids, marked, ...rest }) =>
    fc
      .record({
        status: fc.constant('measured' as const),
        cell: fc.constant(rest.cell),
        round: fc.constant(rest.round),
        values: fc.tuple(...ids.map(() => array(finite, taken))).map((all) => Object.fromEntries(ids.map((id, at) => [id, all[at] ?? []]))),
        calibration: array(seconds, taken),
        units: fc.constant(rest.units),
        ideal: fc.option(seconds),
        phases: fc.record({ total: seconds, startup: seconds, peers: seconds, measured: seconds }),
      })
      .map((sample) => ({ ...sample, ...marked })),
  );

function array<T>(of: fc.Arbitrary<T>, length: number): fc.Arbitrary<T[]> {
  return fc.array(of, { minLength: length, maxLength: length });
}

/** A process that measured nothing, of any cell. */
export const broken: fc.Arbitrary<BrokenSample> = fc.record({
  status: fc.constant('broken' as const),
  cell,
  round: fc.nat(9),
  kind: fc.constantFrom('wrong result', 'error', 'timeout', 'crash', 'protocol', 'fallback', 'refused'),
  message: sentence,
  output: sentence,
});

/** What a workload says of a metric of its own. */
export const declared = fc.record({ unit: fc.constantFrom('s', 'B', 'ratio', 'count'), better: fc.constantFrom('lower', 'higher') });
