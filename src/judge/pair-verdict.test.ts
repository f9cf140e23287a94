import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricOf } from '../model/metric.ts';
import type { PairSuspect } from '../model/pair-suspect.ts';
import type { PairsOutcome, SamplePair } from '../model/sample-pair.ts';
import { brokenSample, pairRules, pairRuntime, pairSample, pairSuspect, pairsOutcome, samplePairs } from './pair.fixture.ts';
import { pairedCell, whyNoDifference } from './pair-differences.ts';
import { openSuspects, pairVerdicts } from './pair-verdict.ts';
import { defaultThreshold } from './threshold.ts';

const wall = metricOf('wall_per_unit');

function judged(suspect: PairSuspect, pairs: readonly SamplePair[], part: Partial<PairsOutcome> = {}) {
  const outcome = pairsOutcome({ [suspect.id]: pairs }, part);
  const verdict = pairVerdicts({ ...pairRules, suspects: [suspect], outcome }).get(suspect.id);
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

describe('pairedCell', () => {
  it('has one difference of logarithms a pair, from the process values, larger worse', () => {
    const pair = { base: pairSample(2), head: pairSample(3) };
    expect(pairedCell(pairSuspect('a'), [pair], defaultThreshold).differences[0]).toBeCloseTo(Math.log(1.5), 12);
    const overlap = metricOf('cpu_per_wall');
    const higher = { base: pairSample(2, { metric: overlap.id }), head: pairSample(3, { metric: overlap.id }) };
    expect(pairedCell(pairSuspect('a', { metric: overlap }), [higher], defaultThreshold).differences[0]).toBeCloseTo(-Math.log(1.5), 12);
  });

  it('hands the calibration loop on for times of one interpreter build, and says why not elsewhere', () => {
    const pairs = [{ base: pairSample(2, { loop: 0.01 }), head: pairSample(3, { loop: 0.02 }) }];
    const { control } = pairedCell(pairSuspect('a'), pairs, defaultThreshold);
    expect(control.kind === 'on' && control.differences[0]).toBeCloseTo(Math.LN2, 12);
    const runtimes = { base: pairRuntime('0.22.1', 'aaaaaaaa'), head: pairRuntime('0.22.1', 'bbbbbbbb') };
    expect(pairedCell(pairSuspect('a', { runtimes }), pairs, defaultThreshold).control).toEqual({
      kind: 'off',
      reason: 'the interpreters of the sides differ',
    });
    const rss = metricOf('peak_rss');
    expect(pairedCell(pairSuspect('a', { metric: rss }), pairs, defaultThreshold).control).toMatchObject({ kind: 'off' });
  });
});

describe('whyNoDifference', () => {
  it.each([
    ['nothing', { base: pairSample(1), head: pairSample(1) }, null],
    ['zero', { base: pairSample(0), head: pairSample(1) }, 'a process of base reported 0'],
    ['below zero', { base: pairSample(1), head: pairSample(-1) }, 'a process of head reported -1'],
    ['a missing metric', { base: pairSample(1), head: pairSample(1, { metric: 'own' }) }, 'a process of head did not report wall time'],
    ['other sizes', { base: pairSample(1, { units: 5 }), head: pairSample(1, { units: 6 }) }, '6 units of work on head and 5 on base'],
  ])('finds %s', (_, pair, reason) => {
    const found = whyNoDifference(pair, wall);
    if (reason === null) expect(found).toBeNull();
    else expect(found).toContain(reason);
  });
});

describe('pairVerdicts', () => {
  it('calls a slowdown a regression, with the figures it rests on', () => {
    const verdict = judged(pairSuspect('slow'), samplePairs('slow', { effect: Math.log(1.2), count: 20 }), { looksTaken: 2 });
    if (verdict.verdict !== 'regression') throw new Error(verdict.verdict);
    expect(verdict.p).toBeLessThan(0.0025);
    const { ratio, figures, pairs, smallestEffect } = verdict.evidence;
    expect(ratio.value).toBeGreaterThan(1.15);
    expect(ratio.bounds).toMatchObject({ kind: 'interval' });
    expect(figures.head / figures.base).toBeCloseTo(ratio.value, 1);
    expect(pairs).toBe(20);
    expect(smallestEffect).toBeLessThan(0.1);
  });

  it('turns the sign back where more is better', () => {
    const metric = metricOf('cpu_per_wall');
    const pairs = samplePairs('more', { effect: Math.log(1.2), metric: metric.id });
    const verdict = judged(pairSuspect('more', { metric }), pairs);
    expect(verdict).toMatchObject({ verdict: 'improvement' });
    if (verdict.verdict !== 'improvement') return;
    expect(verdict.evidence.ratio.value).toBeGreaterThan(1.1);
    const { bounds } = verdict.evidence.ratio;
    expect(bounds.kind === 'interval' && bounds.low < verdict.evidence.ratio.value && verdict.evidence.ratio.value < bounds.high).toBe(
      true,
    );
  });

  it('sees through the speed of the machine by the calibration loop', () => {
    const pairs = samplePairs('speed', { effect: Math.log(1.12), speed: 0.3 });
    expect(judged(pairSuspect('speed'), pairs).verdict).toBe('regression');
    const runtimes = { base: pairRuntime('0.22.1', 'aaaaaaaa'), head: pairRuntime('0.22.1', 'bbbbbbbb') };
    expect(judged(pairSuspect('speed', { runtimes }), pairs).verdict).toBe('inconclusive');
  });

  it('clears what did not change, and is inconclusive with the smallest effect where noise hides everything', () => {
    expect(judged(pairSuspect('same'), samplePairs('same')).verdict).toBe('no change');
    const noisy = judged(pairSuspect('noisy'), samplePairs('noisy', { noise: 0.5 }));
    expect(noisy).toMatchObject({ verdict: 'inconclusive', pairs: 40 });
    expect(noisy.verdict === 'inconclusive' && noisy.evidence?.smallestEffect).toBeGreaterThan(0.2);
  });

  it.each<[string, readonly SamplePair[], Partial<PairsOutcome>]>([
    ['without a pair', [], { looksTaken: 0 }],
    ['with too few pairs for a look', samplePairs('few', { effect: 1, count: 9 }), { looksTaken: 0 }],
    ['with a look it did not reach', samplePairs('few', { effect: 1, count: 9 }), { looksTaken: 1 }],
    ['without any spread', Array.from({ length: 40 }, () => ({ base: pairSample(1), head: pairSample(2) })), {}],
  ])('never decides %s', (_, pairs, part) => {
    expect(judged(pairSuspect('few'), pairs, part)).toMatchObject({ verdict: 'inconclusive', evidence: null, pairs: pairs.length });
  });

  it('keeps the estimate of the last look a suspect reached when the time ends between two', () => {
    const verdict = judged(pairSuspect('noisy'), samplePairs('noisy', { noise: 0.5, count: 13 }), { looksTaken: 3 });
    expect(verdict).toMatchObject({ verdict: 'inconclusive', pairs: 13, evidence: { pairs: 10 } });
  });

  it('is not comparable once a figure leaves no ratio, whatever the other pairs say', () => {
    const pairs = [...samplePairs('slow', { effect: 1 }), { base: pairSample(0.002), head: pairSample(0) }];
    expect(judged(pairSuspect('zero'), pairs)).toMatchObject({
      verdict: 'not comparable',
      reason: expect.stringContaining('head reported 0'),
    });
  });

  it('is broken once a process broke, and names the side', () => {
    const suspect = pairSuspect('broke');
    const broken = new Map([[suspect.id, { side: 'head' as const, sample: brokenSample('lost message 7') }]]);
    expect(judged(suspect, samplePairs('slow', { effect: 1 }), { broken })).toMatchObject({
      verdict: 'broken',
      side: 'head',
      kind: 'wrong result',
      message: 'lost message 7',
    });
  });

  it('holds counts and sizes against the target, without a test', () => {
    const metric = metricOf('memory_per_unit');
    const pairs = (head: number) =>
      Array.from({ length: 10 }, () => ({ base: pairSample(100, { metric: metric.id }), head: pairSample(head, { metric: metric.id }) }));
    const verdict = (head: number) => judged(pairSuspect('memory', { metric }), pairs(head), { looksTaken: 1 });
    expect(verdict(120)).toMatchObject({ verdict: 'regression', p: null, evidence: { pairs: 10, smallestEffect: null } });
    expect(verdict(80).verdict).toBe('improvement');
    expect(verdict(104).verdict).toBe('no change');
  });

  it('decides no plain threshold by fewer than ten pairs, and measures until there are', () => {
    const metric = metricOf('memory_per_unit');
    const suspect = pairSuspect('memory', { metric });
    const pairs = (count: number) =>
      Array.from({ length: count }, () => ({ base: pairSample(100, { metric: metric.id }), head: pairSample(200, { metric: metric.id }) }));
    expect(judged(suspect, pairs(9))).toMatchObject({
      verdict: 'inconclusive',
      evidence: null,
      reason: '9 of the 10 pairs that a plain threshold needs',
    });
    expect(judged(suspect, pairs(10)).verdict).toBe('regression');
    const open = (count: number) =>
      openSuspects({ ...pairRules, suspects: [suspect], outcome: pairsOutcome({ [suspect.id]: pairs(count) }, { looksTaken: 1 }) });
    expect(open(2)).toEqual([suspect.id]);
    expect(open(10)).toEqual([]);
  });

  it('holds a count of the user’s own against the target where it does not vary, and tests it where it does', () => {
    const metric = metricOf('queries');
    const suspect = pairSuspect('counts', { metric });
    const sample = (value: number) => pairSample(value, { metric: metric.id });
    const same = Array.from({ length: 10 }, () => ({ base: sample(10), head: sample(100) }));
    expect(judged(suspect, same)).toMatchObject({ verdict: 'regression', p: null, evidence: { ratio: { value: expect.closeTo(10, 9) } } });
    const varying = Array.from({ length: 10 }, (_, index) => ({ base: sample(10 + index), head: sample(100 + 3 * index) }));
    expect(judged(suspect, varying).verdict).toBe('inconclusive');
    const time = Array.from({ length: 10 }, () => ({ base: pairSample(0.001), head: pairSample(0.01) }));
    expect(judged(pairSuspect('time'), time)).toMatchObject({ verdict: 'inconclusive', evidence: null });
  });

  it('says that a clock went backwards, and compares nothing', () => {
    const pairs = [...samplePairs('slow', { effect: 1, count: 39 }), { base: pairSample(0.002), head: pairSample(-0.001) }];
    expect(judged(pairSuspect('clock'), pairs)).toEqual({
      verdict: 'not comparable',
      reason:
        'a process of head reported -0.0015 as wall time per unit, which leaves no ratio: its clock went backwards, or the workload reports it',
    });
  });

  it('clears nothing by a loop that moved itself: what slows it may be the change', () => {
    const slow = samplePairs('thread left running', { effect: 0.2, noise: 0.005 }).map(({ base, head }) => ({
      base,
      head: { ...head, calibration: head.calibration.map((seconds) => seconds * 1.2) },
    }));
    expect(judged(pairSuspect('a'), slow)).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('loop itself ran at another speed'),
      evidence: { control: { kind: 'on', loop: 'moved' } },
    });
    const still = samplePairs('thread left running', { effect: 0.2, noise: 0.005 });
    expect(judged(pairSuspect('a'), still)).toMatchObject({ verdict: 'regression', evidence: { control: { loop: 'still' } } });
  });

  it('corrects for every suspect that is tested, and for no other', () => {
    const slow = pairSuspect('slow');
    const pairs = samplePairs('slow', { effect: Math.log(1.2), noise: 0.05, count: 20 });
    const p = (others: readonly PairSuspect[]) => {
      const outcome = pairsOutcome(
        { [slow.id]: pairs, ...Object.fromEntries(others.map(({ id }) => [id, samplePairs(id)])) },
        { looksTaken: 2 },
      );
      const verdict = pairVerdicts({ ...pairRules, suspects: [slow, ...others], outcome }).get(slow.id);
      return verdict?.verdict === 'regression' ? (verdict.p ?? Number.NaN) : Number.NaN;
    };
    const others = ['a', 'b', 'c'].map((name) => pairSuspect(name));
    expect(p(others) / p([])).toBeCloseTo(4, 9);
    expect(p([pairSuspect('plain', { metric: metricOf('memory_per_unit') })])).toBe(p([]));
  });
});

describe('pairVerdicts, properties', () => {
  const mirrored: Readonly<Record<string, string>> = { regression: 'improvement', improvement: 'regression' };
  const scaled = (pairs: readonly SamplePair[], factor: number): readonly SamplePair[] => {
    const times = ({ values, ...rest }: SamplePair['base']) => ({
      ...rest,
      values: Object.fromEntries(Object.entries(values).map(([id, all]) => [id, all.map((value) => value * factor)])),
    });
    return pairs.map(({ base, head }) => ({ base: times(base), head: times(head) }));
  };

  it('turn over with the sides and do not depend on the unit of time', () => {
    const effects = fc.constantFrom(0, 0.03, 0.08, 0.15, -0.15);
    fc.assert(
      fc.property(fc.nat(1_000_000), effects, fc.constantFrom(0.02, 0.1), (seed, effect, noise) => {
        const pairs = samplePairs(String(seed), { effect, noise, speed: 0.05 });
        const { verdict } = judged(pairSuspect('a'), pairs);
        const turned = pairs.map(({ base, head }) => ({ base: head, head: base }));
        expect(judged(pairSuspect('a'), turned).verdict).toBe(mirrored[verdict] ?? verdict);
        expect(judged(pairSuspect('a'), scaled(pairs, 1000)).verdict).toBe(verdict);
      }),
      { seed: 43, numRuns: 100 },
    );
  });
});

describe('openSuspects', () => {
  it('keeps what is not decided, and nothing that broke or has no ratio', () => {
    const [noisy, same, broke, zero] = ['noisy', 'same', 'broke', 'zero'].map((name) => pairSuspect(name));
    if (noisy === undefined || same === undefined || broke === undefined || zero === undefined) throw new Error('no suspects');
    const outcome = pairsOutcome(
      {
        [noisy.id]: samplePairs('noisy', { noise: 0.5, count: 10 }),
        [same.id]: samplePairs('same', { count: 10 }),
        [zero.id]: [{ base: pairSample(0), head: pairSample(1) }],
      },
      { looksTaken: 1, broken: new Map([[broke.id, { side: 'base', sample: brokenSample('x') }]]) },
    );
    expect(openSuspects({ ...pairRules, suspects: [noisy, same, broke, zero], outcome })).toEqual([noisy.id]);
  });
});
