import fc from 'fast-check';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { cellId } from '../model/cell.ts';
import { metricOf } from '../model/metric.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { PairedRun, PairSeries, PairsOfRun } from '../model/pairs-of-run.ts';
import type { Comparison } from '../model/results.ts';
import type { Runtime } from '../model/runtime.ts';
import type { BrokenSide, SamplePair } from '../model/sample-pair.ts';
import { broken, cell, commit, declared, instant, measured, metricId, name, runtime, seconds, sentence } from './sample.fixture.ts';

const side = fc.constantFrom('base', 'head');

function suspectsOn(runtimes: readonly Runtime[]): fc.Arbitrary<readonly PairSuspect[]> {
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
  return fc.uniqueArray(suspect, { maxLength: 4, selector: ({ id }) => id });
}

/** A pair of a suspect; base may say its own runtime. */
function pairOf({ cell: of, runtimes }: PairSuspect): fc.Arbitrary<SamplePair> {
  return fc.record({ base: measured, head: measured, ownRuntime: fc.boolean() }).map(({ base, head, ownRuntime }) => ({
    base: { ...base, cell: ownRuntime ? { ...of, runtime: runtimes.base.id } : of },
    head: { ...head, cell: of },
  }));
}

function brokenSideOf(suspect: PairSuspect): fc.Arbitrary<BrokenSide> {
  return fc.record({ side, sample: broken }).map((of) => ({ ...of, sample: { ...of.sample, cell: suspect.cell } }));
}

/** Whole, broken and absent pairs. */
function seriesOf(suspects: readonly PairSuspect[]): fc.Arbitrary<PairSeries> {
  const ofEach = <T>(of: (suspect: PairSuspect) => fc.Arbitrary<T>) =>
    fc
      .tuple(...suspects.map((suspect) => fc.option(of(suspect).map((value) => [suspect.id, value] as const))))
      .map((all) => new Map(all.filter((each) => each !== null)));
  const outcome = fc.record({
    pairs: ofEach((suspect) => fc.array(pairOf(suspect), { maxLength: 2 })),
    broken: ofEach(brokenSideOf),
    looksTaken: fc.nat(9),
    processes: fc.nat(99),
    endedBy: fc.constantFrom('schedule', 'budget', 'interrupt'),
  });
  return outcome.map((of) => ({ suspects, outcome: of }));
}

const oneLine = fc.oneof(name, fc.string({ maxLength: 60 }));

/** A few suspects of few runtimes, some of them in one of two series, and some cells that one side lacks. */
const pairedRun: fc.Arbitrary<PairedRun> = fc
  .array(runtime, { minLength: 1, maxLength: 3 })
  .chain(suspectsOn)
  .chain((suspects) =>
    fc.record({
      base: fc.record({ commit, origin: oneLine, notes: fc.array(oneLine, { maxLength: 2 }) }),
      plan: fc.record({
        suspects: fc.constant(suspects),
        lone: fc.array(fc.record({ cell, lacks: side, reason: sentence }), { maxLength: 2 }),
        notComparable: fc.array(fc.record({ cell, reason: sentence }), { maxLength: 2 }),
      }),
      series: fc.tuple(seriesOf(suspects.slice(1, 3)), seriesOf(suspects.slice(3))),
      movedFamilies: fc.array(sentence, { maxLength: 2 }),
      seconds,
    }),
  );

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

/** A comparison with pairs, or without. */
export const comparison: fc.Arbitrary<Comparison> = fc.record({
  looks: fc.array(fc.integer({ min: 2, max: 10_000 }), { minLength: 1, maxLength: 3 }),
  baseline: fc.record({
    used: fc.array(fc.record({ ...runName, distance: fc.option(fc.nat(300)) }), { maxLength: 2 }),
    leftOut: fc.array(fc.record({ ...runName, reason: sentence }), { maxLength: 2 }),
    accepted: fc.array(acceptedShift, { maxLength: 2 }),
  }),
  pairs,
});
