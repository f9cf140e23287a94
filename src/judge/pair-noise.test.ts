import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricOf } from '../model/metric.ts';
import type { MeasuredSample } from '../model/sample.ts';
import type { SamplePair } from '../model/sample-pair.ts';
import { standardDeviation } from '../stats/quantiles.ts';
import { seededRandom } from '../stats/random.ts';
import { trimmedMean } from '../stats/trimmed-t.ts';
import { confirm } from './confirm.ts';
import { pairSample, pairSuspect, samplePairs } from './pair.fixture.ts';
import { type PairNoise, pairNoise, spreadUncertainty, statedPairs, statedSuspects, visibility, visibleEffect } from './pair-noise.ts';
import { defaultThreshold } from './threshold.ts';

const suspect = pairSuspect('w');

function normals(seed: string): () => number {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function measured(noise: PairNoise) {
  if (noise.kind === 'unknown') throw new Error(noise.reason);
  return noise;
}

describe('pairNoise', () => {
  it('finds the spreads that pairs were made with', () => {
    const noise = measured(pairNoise(suspect, samplePairs('spreads', { noise: 0.05, speed: 0, count: 2000 })));
    // The error of a trimmed mean is 1.06 times that of a mean, and a difference has the spread of two.
    expect(noise.spread.processes).toBeCloseTo(0.05 * 1.06, 2);
    expect(noise.spread.pairs).toBeCloseTo(0.05 * Math.SQRT2 * 1.06, 2);
    expect(noise.center).toBeCloseTo(0.002, 4);
    expect(noise.pairs).toBe(2000);
  });

  it('takes out what the calibration loop sees, and no more', () => {
    const { spread, visible } = measured(pairNoise(suspect, samplePairs('speed', { noise: 0.02, speed: 0.15, count: 400 })));
    if (spread.controlled.kind === 'off') throw new Error(spread.controlled.reason);
    expect(spread.controlled.pairs).toBeLessThan(spread.pairs / 5);
    expect(spread.controlled.pairs).toBeGreaterThan(0.02);
    expect(spread.controlled.coefficient).toBeCloseTo(1, 1);
    const estimate = { error: spread.controlled.pairs / Math.sqrt(400), pairs: 400, control: { ...spread.controlled } };
    expect(visible).toEqual(statedPairs.map((pairs) => ({ pairs, effect: visibleEffect(estimate, pairs) })));
  });

  it('says why the control variate is off', () => {
    const ofMemory = pairSuspect('w', { metric: metricOf('peak_rss') });
    const { spread } = measured(pairNoise(ofMemory, samplePairs('memory', { metric: 'peak_rss' })));
    expect(spread.controlled).toEqual({ kind: 'off', reason: expect.stringContaining('does not follow the speed') });
  });

  it.each([
    ['too few pairs', samplePairs('few', { count: 5 }), /5 of the 6 pairs/],
    ['no pairs', [], /0 of the 6 pairs/],
    ['a figure of zero', [...samplePairs('zero'), { base: pairSample(0), head: pairSample(1) }], /reported 0 as wall time/],
    ['no spread', Array.from({ length: 20 }, () => ({ base: pairSample(1), head: pairSample(1) })), /without any spread/],
  ])('does not make up noise from %s', (_, pairs, reason) => {
    expect(pairNoise(suspect, pairs)).toEqual({ kind: 'unknown', suspect, reason: expect.stringMatching(reason) });
  });

  it('depends neither on the unit of time nor on which side is called head', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (seed, factor) => {
        const pairs = samplePairs(seed, { count: 12 });
        const { spread } = measured(pairNoise(suspect, pairs));
        const scaled = measured(pairNoise(suspect, pairs.map(both((sample) => times(sample, factor))))).spread;
        const turned = measured(
          pairNoise(
            suspect,
            pairs.map(({ base, head }) => ({ base: head, head: base })),
          ),
        ).spread;
        for (const other of [scaled, turned]) {
          expect(other.pairs).toBeCloseTo(spread.pairs, 9);
          expect(other.processes).toBeCloseTo(spread.processes, 9);
        }
      }),
      { seed: 4, numRuns: 40 },
    );
  });
});

function both(change: (sample: MeasuredSample) => MeasuredSample) {
  return ({ base, head }: SamplePair): SamplePair => ({ base: change(base), head: change(head) });
}

function times(sample: MeasuredSample, factor: number): MeasuredSample {
  return { ...sample, values: { wall_per_unit: (sample.values['wall_per_unit'] ?? []).map((value) => value * factor) } };
}

describe('the uncertainty of a spread', () => {
  it.each([10, 20, 40])('is what simulation shows, for %i pairs', (pairs) => {
    const normal = normals(`uncertainty ${pairs}`);
    const spreads = Array.from({ length: 3000 }, () => {
      const trimmed = trimmedMean(Array.from({ length: pairs }, normal));
      return trimmed.kind === 'none' ? Number.NaN : trimmed.error * Math.sqrt(pairs);
    });
    const center = spreads.reduce((sum, spread) => sum + spread, 0) / spreads.length;
    expect(Math.abs(standardDeviation(spreads) / center / spreadUncertainty(pairs) - 1)).toBeLessThan(0.1);
  });
});

describe('visibleEffect', () => {
  const control = { kind: 'off', reason: 'none' } as const;

  /** Share of confirmations that flag one slowed cell among `statedSuspects`, looking up to `pairs` pairs. */
  function flaggedShare({ deviation, effect, pairs, runs }: { deviation: number; effect: number; pairs: number; runs: number }): number {
    const normal = normals(`power ${pairs} ${deviation}`);
    const looks = [10, 20, 40, 80].filter((look) => look <= pairs);
    let flagged = 0;
    for (let run = 0; run < runs; run += 1) {
      const cells = Array.from({ length: statedSuspects }, (_, index) => ({
        id: String(index),
        threshold: defaultThreshold,
        differences: Array.from({ length: pairs }, () => (index === 0 ? Math.log1p(effect) : 0) + deviation * normal()),
        control,
      }));
      flagged += confirm(cells, looks.length, { alpha: 0.01, looks }).get('0')?.kind === 'regression' ? 1 : 0;
    }
    return flagged / runs;
  }

  // Standard error over 400 confirmations: 1.5 %.
  it.each(statedPairs.flatMap((pairs) => [0.02, 0.15].map((deviation) => [pairs, deviation] as const)))(
    'is what the confirmation flags nine times of ten: %i pairs that scatter by %f',
    (pairs, deviation) => {
      const effect = visibleEffect({ error: (1.06 * deviation) / Math.sqrt(pairs), pairs, control }, pairs);
      const share = flaggedShare({ deviation, effect, pairs, runs: 400 });
      expect(share).toBeGreaterThan(0.86);
      expect(share).toBeLessThan(0.95);
      expect(flaggedShare({ deviation, effect: effect * 0.6, pairs, runs: 100 })).toBeLessThan(0.6);
    },
  );

  it('never lies below the margin, however quiet the machine', () => {
    const effect = visibleEffect({ error: 1e-9, pairs: 20, control }, 80);
    expect(effect).toBeGreaterThanOrEqual(defaultThreshold.margin);
    expect(effect).toBeCloseTo(defaultThreshold.margin, 6);
  });

  it('falls with the number of pairs and grows with their spread', () => {
    const at = (error: number, pairs: number) => visibleEffect({ error, pairs: 20, control }, pairs);
    expect(at(0.02, 20)).toBeGreaterThan(at(0.02, 40));
    expect(at(0.02, 40)).toBeGreaterThan(at(0.02, 80));
    expect(at(0.04, 40)).toBeGreaterThan(at(0.02, 40));
  });
});

describe('visibility', () => {
  it('counts the cells in which a slowdown would be seen, of those that are known', () => {
    const noise = [
      pairNoise(suspect, samplePairs('quiet', { noise: 0.01 })),
      pairNoise(suspect, samplePairs('noisy', { noise: 0.4 })),
      pairNoise(suspect, []),
    ];
    expect(visibility(noise, { slowdown: 0.1, pairs: 40 })).toEqual({ slowdown: 0.1, pairs: 40, seen: 1, cells: 2 });
    expect(visibility(noise, { slowdown: 0.01, pairs: 40 }).seen).toBe(0);
    expect(visibility(noise, { slowdown: 5, pairs: 40 }).seen).toBe(2);
  });
});
