import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricOf } from '../model/metric.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { MeasuredSample } from '../model/sample.ts';
import type { PairsOutcome, SamplePair, SideName } from '../model/sample-pair.ts';
import { seededRandom } from '../stats/random.ts';
import { concludeConfirmation, confirm } from './confirm.ts';
import { defaultDesign } from './confirm-design.ts';
import { pairRules, pairSample, pairSuspect, pairsOutcome, samplePairs } from './pair.fixture.ts';
import { type PairVerdict, pairVerdicts } from './pair-verdict.ts';
import { type CellsRecipe, fixtureCells } from './screen.fixture.ts';
import { screen } from './screen.ts';
import type { ScreenCell } from './screen-cell.ts';
import { defaultThreshold } from './threshold.ts';

const suspect = pairSuspect('odd');
const effect = fc.constantFrom(0, 0.5, -0.5);
const seeds = fc.nat(1_000_000);

function judged(
  pairs: readonly SamplePair[],
  { of = suspect, ...part }: Partial<PairsOutcome> & { readonly of?: PairSuspect } = {},
): PairVerdict | undefined {
  const others = ['a', 'b'].map((name) => pairSuspect(name));
  const measured = Object.fromEntries([[of.id, pairs] as const, ...others.map(({ id }) => [id, samplePairs(id)] as const)]);
  return pairVerdicts({ ...pairRules, suspects: [of, ...others], outcome: pairsOutcome(measured, part) }).get(of.id);
}

/** The pairs with one process changed. */
function withOne(
  pairs: readonly SamplePair[],
  at: number,
  side: SideName,
  change: (sample: MeasuredSample) => MeasuredSample,
): readonly SamplePair[] {
  return pairs.map((pair, index) => (index === at ? { ...pair, [side]: change(pair[side]) } : pair));
}

function valuesOf(sample: MeasuredSample, change: (values: readonly number[]) => readonly number[]): MeasuredSample {
  return { ...sample, values: Object.fromEntries(Object.entries(sample.values).map(([id, values]) => [id, change(values)])) };
}

const faults: readonly (readonly [string, (sample: MeasuredSample) => MeasuredSample])[] = [
  ['no number', (sample) => valuesOf(sample, ([, second = 1]) => [Number.NaN, second])],
  ['no number as its second value', (sample) => valuesOf(sample, ([first = 1]) => [first, Number.NaN])],
  ['infinity', (sample) => valuesOf(sample, ([first = 1]) => [first, Number.POSITIVE_INFINITY])],
  ['nothing but infinity', (sample) => valuesOf(sample, (values) => values.map(() => Number.POSITIVE_INFINITY))],
  ['zero', (sample) => valuesOf(sample, (values) => values.map(() => 0))],
  ['less than zero', (sample) => valuesOf(sample, (values) => values.map((value) => -value))],
  ['no value', (sample) => valuesOf(sample, () => [])],
  ['one value less than the other side', (sample) => valuesOf(sample, (values) => values.slice(1))],
  ['another metric', (sample) => ({ ...sample, values: { other: [1, 2] } })],
  ['another amount of work', (sample) => ({ ...sample, units: sample.units + 1 })],
];

describe('pairs never decide', () => {
  it.each(faults)('where one process of forty reports %s: not comparable, with a reason', (_, fault) => {
    fc.assert(
      fc.property(seeds, effect, fc.nat(39), fc.constantFrom('base', 'head'), (seed, shift, at, side) => {
        const verdict = judged(withOne(samplePairs(`${seed}`, { effect: shift }), at, side, fault));
        expect(verdict).toMatchObject({ verdict: 'not comparable', reason: expect.stringMatching(/base|head/) });
      }),
      { seed: 81, numRuns: 30 },
    );
  });

  it.each([
    [
      'on both sides',
      (pair: SamplePair) => ({ base: valuesOf(pair.base, () => [Number.NaN]), head: valuesOf(pair.head, () => [Number.NaN]) }),
    ],
    ['in a count', (pair: SamplePair) => ({ base: pair.base, head: valuesOf(pair.head, () => [Number.NaN, 3]) })],
  ])('where no process reports a number %s', (_, change) => {
    for (const id of ['wall_per_unit', 'peak_threads', 'own']) {
      const pairs = samplePairs('none', { metric: id, effect: 0.5 }).map(change);
      expect(judged(pairs, { of: { ...suspect, metric: metricOf(id) } })).toMatchObject({
        verdict: 'not comparable',
        reason: expect.stringMatching(/\w/),
      });
    }
  });

  it('from fewer pairs than a look that may flag asks for, or from looks that were not taken: inconclusive, with a reason', () => {
    fc.assert(
      fc.property(seeds, effect, fc.nat(19), fc.nat(3), (seed, shift, count, looksTaken) => {
        const verdict = judged(samplePairs(`${seed}`, { effect: shift, count, noise: 0.2 }), { looksTaken });
        expect(verdict).toMatchObject({ verdict: 'inconclusive', pairs: count, reason: expect.stringMatching(/\w/) });
      }),
      { seed: 82, numRuns: 80 },
    );
  });

  it('from pairs that do not vary, whatever their calibration loops did', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.5, 0.97, 1, 1.03, 1.2), fc.constantFrom(10, 20, 40), (seed, ratio, count) => {
        const random = seededRandom(`loops ${seed}`);
        const loop = () => ({ loop: 0.01 * (1 + random()) });
        const pairs = Array.from({ length: count }, () => ({ base: pairSample(1, loop()), head: pairSample(ratio, loop()) }));
        expect(judged(pairs)).toMatchObject({
          verdict: 'inconclusive',
          evidence: null,
          reason: expect.stringMatching(count === 40 ? /without any spread/ : /of [24]0 pairs/),
        });
      }),
      { seed: 83, numRuns: 60 },
    );
  });

  it('from a count of fewer than ten pairs, and from one that overlaps', () => {
    const of = { ...suspect, metric: metricOf('peak_threads') };
    const sample = (value: number) => pairSample(value, { metric: of.metric.id });
    const apart = Array.from({ length: 9 }, () => ({ base: sample(4), head: sample(9) }));
    expect(judged(apart, { of })).toMatchObject({ verdict: 'inconclusive', evidence: null, reason: expect.stringMatching(/9 of the 10/) });
    const overlapping = [4, 4, 4, 4, 4, 4, 4, 4, 4, 12].map((base) => ({ base: sample(base), head: sample(9) }));
    expect(judged(overlapping, { of })).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('overlap') });
  });

  it('otherwise because a calibration loop reports what has no logarithm: they do without it', () => {
    fc.assert(
      fc.property(seeds, effect, fc.nat(39), fc.constantFrom(Number.NaN, 0, -1, Number.POSITIVE_INFINITY), (seed, shift, at, odd) => {
        const pairs = samplePairs(`${seed}`, { effect: shift });
        const calibrated = withOne(pairs, at, 'head', (sample) => ({ ...sample, calibration: [odd, odd] }));
        const verdict = judged(calibrated);
        if (verdict === undefined || !('evidence' in verdict) || verdict.evidence === null) throw new Error('no evidence');
        const { control } = verdict.evidence;
        if (at < verdict.evidence.pairs)
          expect(control).toMatchObject({ kind: 'off', reason: expect.stringContaining('not a finite number') });
        const none = judged(withOne(pairs, at, 'head', (sample) => ({ ...sample, calibration: [] })));
        expect(none?.verdict).toBe(verdict.verdict);
      }),
      { seed: 84, numRuns: 40 },
    );
  });
});

describe('a confirmation never decides', () => {
  const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);

  it('from a difference that is no number, wherever it stands within the look', () => {
    fc.assert(
      fc.property(seeds, fc.nat(9), odd, (seed, at, value) => {
        const random = seededRandom(`${seed}`);
        const differences = Array.from({ length: 40 }, (_, index) => (index === at ? value : 0.4 + 0.01 * random()));
        const control = { kind: 'off', reason: 'none' } as const;
        const cells = [{ id: 'odd', threshold: defaultThreshold, differences, control }];
        const final = concludeConfirmation(cells, confirm(cells, 3, defaultDesign), defaultDesign).get('odd');
        expect(final).toMatchObject({
          kind: 'inconclusive',
          estimate: null,
          smallestEffect: null,
          reason: expect.stringContaining('not a finite number'),
        });
      }),
      { seed: 85, numRuns: 40 },
    );
  });
});

describe('stored runs never clear, and never call slower or faster,', () => {
  const drawn = (seed: number, recipe: Partial<CellsRecipe> = {}) => fixtureCells({ seed: `${seed}`, cells: 8, ...recipe });
  const cut = (cell: ScreenCell, runs: number): ScreenCell => ({ ...cell, earlier: cell.earlier.slice(0, runs) });
  const replaced = (values: readonly number[], at: number, value: number) => values.map((each, index) => (index === at ? value : each));
  const shift = fc.constantFrom(0.5, 1, 2);

  it.each<[string, (cell: ScreenCell, value: number) => ScreenCell, readonly string[]]>([
    ['an empty history', (cell) => cut(cell, 0), ['no baseline']],
    ['one stored run', (cell) => cut(cell, 1), ['no baseline']],
    ['two stored runs', (cell) => cut(cell, 2), ['no baseline']],
    [
      'stored runs of two processes',
      (cell) => ({ ...cell, earlier: cell.earlier.map(({ run, values }) => ({ run, values: values.slice(0, 2) })) }),
      ['no baseline'],
    ],
    [
      'stored runs with a figure that leaves no ratio',
      (cell, value) => ({ ...cell, earlier: cell.earlier.map(({ run, values }) => ({ run, values: replaced(values, 1, value) })) }),
      ['no baseline'],
    ],
    ['one process', (cell) => ({ ...cell, next: cell.next.slice(0, 1) }), ['few processes']],
    ['two processes', (cell) => ({ ...cell, next: cell.next.slice(0, 2) }), ['few processes']],
    ['no process', (cell) => ({ ...cell, next: [] }), ['not judged']],
    ['a process whose figure leaves no ratio', (cell, value) => ({ ...cell, next: replaced(cell.next, 2, value) }), ['not judged']],
    [
      'stored runs that do not vary',
      (cell) => ({ ...cell, earlier: cell.earlier.map(({ run }) => ({ run, values: [1, 1, 1] })) }),
      ['no spread'],
    ],
    [
      'figures that never vary',
      (cell) => ({ ...cell, next: [1, 1, 1], earlier: cell.earlier.map(({ run }) => ({ run, values: [1, 1, 1] })) }),
      ['not judged'],
    ],
  ])('by %s', (_, change, words) => {
    const unusable = fc.constantFrom(Number.NaN, 0, -1, Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(seeds, fc.nat(7), shift, unusable, (seed, at, factor, value) => {
        const cells = drawn(seed, { slowdown: () => factor }).map((cell, index) => (index === at ? change(cell, value) : cell));
        const found = screen(cells, { maxSuspects: null, sentinels: true })[at];
        expect(words).toContain(found?.status === 'suspect' ? found.why : found?.status);
        if (found?.status === 'not judged') expect(found.reason.length).toBeGreaterThan(10);
        if (found?.status === 'suspect') expect(found).toMatchObject({ estimate: null, sentinel: false });
      }),
      { seed: 86, numRuns: 20 },
    );
  });
});
