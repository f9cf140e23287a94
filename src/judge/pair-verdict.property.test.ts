import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Metric, metricOf } from '../model/metric.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { BothSides, PairsOutcome, SamplePair } from '../model/sample-pair.ts';
import { seededRandom, shuffled } from '../stats/random.ts';
import { brokenSample, pairRules, pairSample, pairSuspect, pairsOutcome, samplePairs } from './pair.fixture.ts';
import { openSuspects, type PairVerdict, pairVerdicts } from './pair-verdict.ts';

const effects = [0, 0.03, 0.08, 0.15, -0.15];

/** How a comparison of five cells is drawn: as many pairs each as one of the looks asks for. */
const recipes = fc.record({
  seed: fc.nat(1_000_000),
  noise: fc.constantFrom(0.01, 0.04, 0.15),
  speed: fc.constantFrom(0.005, 0.2),
  look: fc.constantFrom(1, 2, 3),
});

interface Comparison {
  readonly suspects: readonly PairSuspect[];
  readonly outcome: PairsOutcome;
}

type Recipe = typeof recipes extends fc.Arbitrary<infer T> ? T : never;

function drawn({ seed, noise, speed, look }: Recipe): Comparison {
  const suspects = effects.map((_, index) => pairSuspect(`cell ${index}`));
  const count = pairRules.design.looks[look - 1] ?? 0;
  const pairsOf = (index: number) => samplePairs(`${seed} ${index}`, { effect: effects[index] ?? 0, noise, speed, count });
  const pairs = Object.fromEntries(suspects.map(({ id }, index) => [id, pairsOf(index)]));
  return { suspects, outcome: pairsOutcome(pairs, { looksTaken: look }) };
}

function judged({ suspects, outcome }: Comparison): ReadonlyMap<string, PairVerdict> {
  return pairVerdicts({ ...pairRules, suspects, outcome });
}

function withPairs(outcome: PairsOutcome, change: (pairs: readonly SamplePair[], id: string) => readonly SamplePair[]): PairsOutcome {
  return { ...outcome, pairs: new Map([...outcome.pairs].map(([id, pairs]) => [id, change(pairs, id)])) };
}

function withValues(pair: SamplePair, change: (value: number) => number, metric?: Metric): SamplePair {
  const side = (sample: SamplePair['base']) => {
    const values = Object.entries(sample.values).map(([id, all]) => [metric?.id ?? id, all.map(change)]);
    return { ...sample, values: Object.fromEntries(values) };
  };
  return { base: side(pair.base), head: side(pair.head) };
}

/** The figures of a verdict that have no unit: 1 / ratio where sides were exchanged. */
function figures(verdict: PairVerdict | undefined, exchange = false): Readonly<Record<string, number>> {
  if (verdict === undefined || !('evidence' in verdict) || verdict.evidence === null) return {};
  const { ratio, pairs, smallestEffect } = verdict.evidence;
  const { low, high } = ratio.bounds.kind === 'interval' ? ratio.bounds : { low: ratio.value, high: ratio.value };
  const ends = exchange
    ? { ratio: -Math.log(ratio.value), low: -Math.log(high), high: -Math.log(low) }
    : { ratio: Math.log(ratio.value), low: Math.log(low), high: Math.log(high) };
  return { ...ends, pairs, smallestEffect: smallestEffect ?? -1, logP: 'p' in verdict && verdict.p !== null ? Math.log(verdict.p) : 1 };
}

interface Expected {
  /** Whether regressions and improvements change places. */
  readonly mirrored?: boolean;
  /** Whether head / base turns into base / head. */
  readonly inverted?: boolean;
}

function expectAlike(
  one: PairVerdict | undefined,
  other: PairVerdict | undefined,
  { mirrored = false, inverted = mirrored }: Expected = {},
): void {
  const mirror: Readonly<Record<string, string>> = mirrored ? { regression: 'improvement', improvement: 'regression' } : {};
  expect(other?.verdict).toBe(mirror[one?.verdict ?? ''] ?? one?.verdict);
  const expected = figures(one, inverted);
  const found = figures(other);
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) expect(found[name], name).toBeCloseTo(value, 6);
}

function exchanged({ base, head }: BothSides<SamplePair['base']>): SamplePair {
  return { base: head, head: base };
}

describe('verdicts of pairs are the same, figures and all,', () => {
  it('for suspects in another order, pairs in another order within a look, and values in another order within a process', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const { seed } = recipe;
        const { suspects, outcome } = drawn(recipe);
        const parts = (pairs: readonly SamplePair[]) => [pairs.slice(0, 10), pairs.slice(10, 20), pairs.slice(20)];
        const reversed = (sample: SamplePair['base']) => ({
          ...sample,
          values: Object.fromEntries(Object.entries(sample.values).map(([id, values]) => [id, values.toReversed()])),
          calibration: sample.calibration.toReversed(),
        });
        const other = withPairs(outcome, (pairs, id) =>
          parts(pairs).flatMap((part, index) =>
            shuffled(part, seededRandom(`${seed} ${id} ${index}`)).map(({ base, head }) => ({
              base: reversed(base),
              head: reversed(head),
            })),
          ),
        );
        const found = judged({
          suspects: shuffled(suspects, seededRandom(`${seed}`)),
          outcome: { ...other, pairs: new Map([...other.pairs].toReversed()) },
        });
        for (const [id, verdict] of judged({ suspects, outcome })) expectAlike(verdict, found.get(id));
      }),
      { seed: 71, numRuns: 60 },
    );
  });

  it('mirrored, with the ratio turned over and the same p, for base and head exchanged', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const { suspects, outcome } = drawn(recipe);
        const found = judged({ suspects, outcome: withPairs(outcome, (pairs) => pairs.map(exchanged)) });
        for (const [id, verdict] of judged({ suspects, outcome })) expectAlike(verdict, found.get(id), { mirrored: true });
      }),
      { seed: 72, numRuns: 60 },
    );
  });

  it('in every unit of time', () => {
    fc.assert(
      fc.property(recipes, fc.constantFrom(1e-9, 1 / 3600, 60, 1e3, 1e9), (recipe, unit) => {
        const { suspects, outcome } = drawn(recipe);
        const found = judged({
          suspects,
          outcome: withPairs(outcome, (pairs) => pairs.map((pair) => withValues(pair, (value) => value * unit))),
        });
        for (const [id, verdict] of judged({ suspects, outcome })) expectAlike(verdict, found.get(id));
      }),
      { seed: 73, numRuns: 60 },
    );
  });

  it('for rates where more is better as for the times that they are the reciprocals of', () => {
    const times = metricOf('request_time', { unit: 's', better: 'lower' });
    const rates = metricOf('request_rate', { unit: 'count', better: 'higher' });
    fc.assert(
      fc.property(recipes, (recipe) => {
        const { suspects, outcome } = drawn(recipe);
        const under = (metric: Metric, change: (value: number) => number) =>
          judged({
            suspects: suspects.map((suspect) => ({ ...suspect, metric })),
            // An odd number of values: the median of an even one does not commute with the reciprocal.
            outcome: withPairs(outcome, (pairs) =>
              pairs.map((pair) => withValues({ base: firstValue(pair.base), head: firstValue(pair.head) }, change, metric)),
            ),
          });
        const found = under(rates, (value) => 1 / value);
        for (const [id, verdict] of under(times, (value) => value)) expectAlike(verdict, found.get(id), { inverted: true });
      }),
      { seed: 74, numRuns: 60 },
    );
  });
});

function firstValue(sample: SamplePair['base']): SamplePair['base'] {
  return { ...sample, values: Object.fromEntries(Object.entries(sample.values).map(([id, values]) => [id, values.slice(0, 1)])) };
}

describe('verdicts of pairs are not moved by one more cell', () => {
  const count = 40;
  const looped = (value: number, metric = 'wall_per_unit') => {
    const random = seededRandom('loops');
    return Array.from({ length: count }, () => ({
      base: pairSample(1, { loop: 1 + random(), metric }),
      head: pairSample(value, { loop: 1 + random(), metric }),
    }));
  };
  const more = pairSuspect('one more');
  const additions: readonly (readonly [string, PairSuspect, readonly SamplePair[], Partial<PairsOutcome>])[] = [
    ['whose figure does not vary', more, looped(1), {}],
    ['whose figure does not vary and differs', more, looped(1.2), {}],
    ['that is a count', pairSuspect('one more', { metric: metricOf('peak_threads') }), looped(2, 'peak_threads'), {}],
    ['that is broken', more, [], { broken: new Map([[more.id, { side: 'head', sample: brokenSample('lost a message') }]]) }],
    ['that reports zero', more, [{ base: pairSample(1), head: pairSample(0) }], {}],
    ['that reports no number', more, [{ base: pairSample(Number.NaN), head: pairSample(1) }], {}],
    ['that does another amount of work', more, looped(1).map(({ base, head }) => ({ base, head: { ...head, units: 7 } })), {}],
    ['that lacks its metric on one side', more, looped(1).map(({ base, head }) => ({ base: { ...base, values: {} }, head })), {}],
  ];

  it.each(additions)('%s', (_, suspect, pairs, part) => {
    fc.assert(
      fc.property(recipes, fc.nat(effects.length), (recipe, at) => {
        const { suspects, outcome } = drawn(recipe);
        const widened = { ...outcome, ...part, pairs: new Map([...outcome.pairs, [suspect.id, pairs]]) };
        const all = suspects.toSpliced(at, 0, suspect);
        const found = judged({ suspects: all, outcome: widened });
        for (const [id, verdict] of judged({ suspects, outcome })) expect(found.get(id)).toEqual(verdict);
        const open = openSuspects({ ...pairRules, suspects: all, outcome: widened }).filter((id) => id !== suspect.id);
        expect(open).toEqual(openSuspects({ ...pairRules, suspects, outcome }));
      }),
      { seed: 75, numRuns: 15 },
    );
  });

  it('but do count one that broke, or stopped being comparable, after it took part', () => {
    const slow = pairSuspect('slow');
    const pairs = samplePairs('slow', { effect: Math.log(1.2), noise: 0.05 });
    const p = (suspects: readonly PairSuspect[], outcome: PairsOutcome) => {
      const verdict = judged({ suspects, outcome }).get(slow.id);
      return verdict?.verdict === 'regression' && verdict.p !== null ? verdict.p : Number.NaN;
    };
    const alone = p([slow], pairsOutcome({ [slow.id]: pairs }));
    const late = { [slow.id]: pairs, [more.id]: samplePairs('late', { count: 12 }) };
    const broken = new Map([[more.id, { side: 'base' as const, sample: brokenSample('late') }]]);
    expect(p([slow, more], pairsOutcome(late, { broken })) / alone).toBeCloseTo(2, 9);
    const zero = { ...late, [more.id]: [...samplePairs('late', { count: 12 }), { base: pairSample(1), head: pairSample(0) }] };
    expect(p([slow, more], pairsOutcome(zero)) / alone).toBeCloseTo(2, 9);
  });
});
