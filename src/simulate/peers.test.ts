import { describe, expect, it } from 'vitest';
import { criticalValue } from '../stats/critical-value.ts';
import { mean, standardDeviation } from '../stats/quantiles.ts';
import { drawsOf } from './draws.ts';
import { type PeerView, peerRules, peerRuns, peerViews, pooledMannWhitney } from './peers.ts';
import { drawPullRequest } from './pull-request.ts';
import { scenarios } from './scenario.ts';

const [double, tenth, pyperf, asv, bencher, rustcPerf] = peerRules;
if (!double || !tenth || !pyperf || !asv || !bencher || !rustcPerf) throw new Error('a rule is missing');

/** 25 values around a level, the same relative scatter for every level. */
function values(level: number, seed = 'values', scatter = 0.01): readonly number[] {
  const draws = drawsOf(seed);
  return Array.from({ length: 25 }, () => level * Math.exp(scatter * draws.normal()));
}

function view(head: readonly number[], stored: readonly (readonly number[])[]): PeerView {
  return { head, stored };
}

describe('the rules of the peers', () => {
  it('ratio to the last run: the mean, the last run alone, more than the limit', () => {
    const stored = [[1000], [1, 3]];
    expect(double.flags(view([4, 4.1], stored))).toBe(true);
    expect(double.flags(view([4, 4], stored))).toBe(false);
    expect(tenth.flags(view([2.21, 2.21], stored))).toBe(true);
    expect(tenth.flags(view([2.19, 2.19], stored))).toBe(false);
  });

  it('pyperf: 1.96 and more standard errors of all values, slowdowns only', () => {
    const base = values(1, 'base');
    const error = Math.sqrt((2 * standardDeviation(base) ** 2) / base.length);
    const shifted = (errors: number) => base.map((value) => value + errors * error);
    const limit = criticalValue(0.975, 48);
    expect(pyperf.flags(view(shifted(limit + 0.01), [base]))).toBe(true);
    expect(pyperf.flags(view(shifted(limit - 0.01), [base]))).toBe(false);
    expect(pyperf.flags(view(shifted(-5), [base]))).toBe(false);
  });

  it('asv: needs both the factor and the test', () => {
    const base = values(1, 'base');
    expect(asv.flags(view(values(1.2), [base]))).toBe(true);
    expect(asv.flags(view(values(1.08), [base])), 'significant, below the factor').toBe(false);
    expect(asv.flags(view([1.2, 1.25, 1.3], [[0.9, 1, 1.1]])), 'above the factor, three values prove nothing').toBe(false);
  });

  it('Bencher: one new mean against a prediction limit of the stored means', () => {
    const stored = Array.from({ length: peerRuns }, (_, run) => [1 + 0.01 * Math.sin(run)]);
    const means = stored.map(mean);
    const limit = mean(means) + criticalValue(0.99, peerRuns - 1) * standardDeviation(means) * Math.sqrt(1 + 1 / peerRuns);
    expect(bencher.flags(view([limit + 1e-9], stored))).toBe(true);
    expect(bencher.flags(view([limit - 1e-9], stored))).toBe(false);
  });

  it('rustc-perf: a change of the minimum beyond the fence of the changes before it', () => {
    // Minima that go up and down by 1 %, two of 29 changes by more: hinges of 1 % and a fence a little above it.
    const levels = Array.from({ length: peerRuns }, (_, run) => (run % 2 === 0 ? 1 : 1.01));
    const stored = levels.map((level) => [level, 5]);
    const last = levels.at(-1) ?? 1;
    expect(rustcPerf.flags(view([last * 1.02, 9], stored))).toBe(true);
    expect(rustcPerf.flags(view([last * 1.009, 9], stored))).toBe(false);
    expect(rustcPerf.flags(view([last * 0.5, 9], stored))).toBe(false);
  });

  it('the negative control takes values of one process for independent evidence', () => {
    const process = [1.01, 1.011, 1.012, 1.013, 1.014];
    const stored = Array.from({ length: 10 }, () => values(1, 'stored', 0.002));
    expect(pooledMannWhitney.flags(view(process, stored))).toBe(true);
    expect(
      pooledMannWhitney.flags(
        view(
          process.map((value) => value - 0.02),
          stored,
        ),
      ),
      'faster',
    ).toBe(false);
  });

  it('see every value of every run, none of our own summaries', () => {
    const [scenario] = scenarios;
    if (scenario === undefined) throw new Error('there is no scenario');
    const pull = drawPullRequest(scenario, { cells: 3, storedRuns: 4 }, { kind: 'nothing' }, drawsOf('views'));
    const views = peerViews(pull);
    expect(views).toHaveLength(3);
    for (const { head, stored } of views) {
      expect(stored).toHaveLength(4);
      for (const run of [head, ...stored]) expect(run).toHaveLength(scenario.processes * scenario.values);
    }
    expect(views[1]?.head[0]).toBe(Math.exp(pull.head.inner[scenario.processes * scenario.values] ?? 0));
  });
});
