import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Disturbance, Strain } from '../model/disturbance.ts';
import type { SamplePair, SideName } from '../model/sample-pair.ts';
import { seededRandom } from '../stats/random.ts';
import { defaultDesign } from './confirm-design.ts';
import { undisturbedPairs, whyWithheld } from './disturbed-pairs.ts';
import { pairRules, pairSample, pairSuspect, pairsOutcome, samplePairs } from './pair.fixture.ts';
import { openSuspects, pairVerdicts } from './pair-verdict.ts';

const stepped: readonly Disturbance[] = [{ cause: 'clock step', amount: 9 }];
const swapped: readonly Strain[] = [{ cause: 'swapped', amount: 900 }];
const suspect = pairSuspect('a');

interface Marking {
  readonly side?: SideName;
  readonly marks?: Partial<Pick<SamplePair['base'], 'disturbances' | 'setAside' | 'strains'>>;
}

/** Marks the first `count` pairs on one side. */
function disturb(pairs: readonly SamplePair[], count: number, marking: Marking = {}): readonly SamplePair[] {
  const { side = 'head', marks = { disturbances: stepped } } = marking;
  return pairs.map((pair, index) => (index < count ? { ...pair, [side]: { ...pair[side], ...marks } } : pair));
}

function verdictOn(pairs: readonly SamplePair[], looksTaken = 3, design = defaultDesign) {
  const outcome = pairsOutcome({ [suspect.id]: pairs }, { looksTaken });
  return pairVerdicts({ ...pairRules, design, suspects: [suspect], outcome }).get(suspect.id);
}

const slower = samplePairs('slower', { effect: Math.log(1.3) });

describe('pairs that a machine disturbed', () => {
  it('are not used, and the others are', () => {
    const huge = pairSample(5);
    const odd = { base: pairSample(0.002), head: { ...huge, disturbances: stepped } };
    const calm = samplePairs('calm', { count: 8 });
    const verdict = verdictOn([odd, odd, ...calm], 1);
    expect(verdict).toMatchObject({ verdict: 'no change', evidence: { pairs: 8 } });
    expect(verdict).toEqual(verdictOn(calm, 1, { ...defaultDesign, looks: [8, 20, 40] }));
  });

  it.each([
    [1, 20],
    [4, 20],
    [1, 40],
    [8, 40],
  ])('do not take the look from a clear slowdown: %i of %i', (disturbed, count) => {
    const pairs = disturb(samplePairs('slower', { effect: Math.log(1.3), count }), disturbed);
    const verdict = verdictOn(pairs, 1, { ...defaultDesign, looks: [count] });
    expect(verdict).toMatchObject({ verdict: 'regression', evidence: { pairs: count - disturbed } });
  });

  it('count with the others until a look is reached, so that none is taken early or late', () => {
    const calm = samplePairs('calm', { count: 20 });
    expect(verdictOn(disturb(calm, 1).slice(0, 9), 1)).toMatchObject({ verdict: 'inconclusive', reason: '9 of 10 pairs were measured' });
    expect(verdictOn(disturb(calm, 1).slice(0, 10), 1)).toMatchObject({ evidence: { pairs: 9 } });
  });

  it('make nobody incomparable', () => {
    const backwards = { base: pairSample(1), head: { ...pairSample(-1), disturbances: stepped } };
    expect(verdictOn([backwards, ...slower])).toMatchObject({ verdict: 'regression' });
  });

  it.each(['base', 'head'] as const)('on more than a fifth of the pairs withhold the verdict, whichever side they are on: %s', (side) => {
    expect(verdictOn(disturb(slower, 2, { side }))).toMatchObject({ verdict: 'regression' });
    const reason =
      'the machine disturbed 9 of 40 pairs, counting those that were measured anew: while they ran, the clock of the machine was set, or the machine stood still';
    expect(verdictOn(disturb(slower, 9, { side }))).toEqual({ verdict: 'inconclusive', evidence: null, pairs: 40, reason });
  });

  it('withhold it too where they were measured anew, so that this hides nothing', () => {
    const marks = { setAside: stepped };
    expect(verdictOn(disturb(slower, 8, { marks }))).toMatchObject({ verdict: 'regression' });
    expect(verdictOn(disturb(slower, 9, { marks }))).toMatchObject({ verdict: 'inconclusive', evidence: null });
  });

  it('are not those of a strained machine, however many: a slowdown that makes it swap is found', () => {
    const marks = { strains: swapped };
    expect(verdictOn(disturb(slower, 40, { marks }))).toEqual(verdictOn(slower));
  });

  it('keep a suspect from being cleared too: the change may be in what they hid', () => {
    const calm = samplePairs('calm', { noise: 0.005 });
    expect(verdictOn(calm)).toMatchObject({ verdict: 'no change' });
    expect(verdictOn(disturb(calm, 9))).toMatchObject({ verdict: 'inconclusive' });
  });

  it('leave a suspect open where they are few, and end it where they are many', () => {
    const noisy = samplePairs('noisy', { noise: 0.3, count: 10 });
    const open = (count: number) => {
      const outcome = pairsOutcome({ [suspect.id]: disturb(noisy, count) }, { looksTaken: 1 });
      return openSuspects({ ...pairRules, suspects: [suspect], outcome });
    };
    expect([open(2), open(3)]).toEqual([[suspect.id], []]);
  });
});

describe('which pairs are set aside', () => {
  const marks = fc.array(fc.record({ base: fc.boolean(), head: fc.boolean() }), { minLength: 1, maxLength: 30 });
  const values = fc.array(fc.double({ min: 0.001, max: 10, noNaN: true }), { minLength: 60, maxLength: 60 });
  const pairsOf = (all: readonly { readonly base: boolean; readonly head: boolean }[], of: readonly number[]): readonly SamplePair[] =>
    all.map(({ base, head }, index) => ({
      base: { ...pairSample(of[index] ?? 1), ...(base ? { disturbances: stepped } : {}) },
      head: { ...pairSample(of[index + 30] ?? 1), ...(head ? { disturbances: stepped } : {}) },
    }));
  const kept = (pairs: readonly SamplePair[]) => undisturbedPairs(pairs).map((pair) => pairs.indexOf(pair));
  const turned = (pairs: readonly SamplePair[]) => pairs.map(({ base, head }) => ({ base: head, head: base }));

  it('does not depend on what they measured, nor on the side, so that equal sides stay as likely to lean either way', () => {
    fc.assert(
      fc.property(marks, values, values, (all, one, other) => {
        const pairs = pairsOf(all, one);
        expect(kept(pairsOf(all, other))).toEqual(kept(pairs));
        expect(kept(turned(pairs))).toEqual(kept(pairs));
        expect(whyWithheld(turned(pairs))).toEqual(whyWithheld(pairs));
      }),
      { seed: 20261126 },
    );
  });
});

describe('the rate of false flags', () => {
  /** Share of null cells, five per cent noise, that are flagged at a level of 10 %, so that few cells show it; `chance` of marks. */
  function flagged(chance: number, cells: number): number {
    const design = { ...defaultDesign, alpha: 0.1 };
    const wide = { ...pairRules.threshold, margin: 0.0001 };
    const random = seededRandom(`marks ${chance}`);
    let flags = 0;
    for (let cell = 0; cell < cells; cell += 1) {
      const pairs = samplePairs(`null ${chance} ${cell}`, { noise: 0.05 }).map((pair) =>
        random() < chance ? { ...pair, head: { ...pair.head, disturbances: stepped } } : pair,
      );
      const outcome = pairsOutcome({ [suspect.id]: pairs });
      const { verdict } = pairVerdicts({ design, threshold: wide, suspects: [suspect], outcome }).get(suspect.id) ?? {};
      if (verdict === 'regression' || verdict === 'improvement') flags += 1;
    }
    return flags / cells;
  }

  it.each([0, 0.05, 0.15])('stays below its bound where a share of %d of the pairs is disturbed', (chance) => {
    const cells = 1500;
    const deviations = 3 * Math.sqrt((0.1 * 0.9) / cells);
    expect(flagged(chance, cells)).toBeLessThan(0.1 + deviations);
    expect(flagged(chance, cells)).toBeGreaterThan(0.02);
  });
});
