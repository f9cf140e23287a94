import { describe, expect, it } from 'vitest';
import {
  bounds,
  falseRate,
  negativeControlFlags,
  pairsOf,
  power,
  runsBeforeSentinels,
  shareOf,
  silentlyMissed,
} from '../simulate/bounds.ts';
import { pooledMannWhitney } from '../simulate/peers.ts';
import { guest, type Scenario, scenarios } from '../simulate/scenario.ts';
import { runStudy, type StudyPlan } from '../simulate/study.ts';
import { projectSize } from '../simulate/suite.ts';

const shipped = { alpha: 0.01, sentinels: true, control: false, baselineRuns: projectSize.baselineRuns };

function study(scenario: Scenario, part: Partial<StudyPlan> = {}) {
  return runStudy({
    scenario,
    change: { kind: 'nothing' },
    pullRequests: 100,
    cells: projectSize.cells,
    storedRuns: projectSize.baselineRuns,
    rule: shipped,
    peers: [],
    seed: 'unit',
    ...part,
  });
}

const tenPercent: Partial<StudyPlan> = { change: { kind: 'some cells', slowdown: 0.1, cells: projectSize.slowedCells }, pullRequests: 50 };

describe.each(scenarios)('$name', (scenario) => {
  const bound = bounds[scenario.name];
  if (bound === undefined) throw new Error(`no bounds for ${scenario.name}`);

  it('stays silent when nothing changed, where the negative control does not', () => {
    const found = study(scenario, { peers: [pooledMannWhitney] });
    // At the accepted rate more than three (hostile: five) of 100 would be one chance in 50 or less.
    expect(found.falselyFlagged).toBeLessThanOrEqual(scenario.name === 'hostile' ? 5 : 3);
    expect(runsBeforeSentinels(found)).toBeLessThanOrEqual(bound.processRuns);
    expect(shareOf(found.peers[0]?.falselyFlagged ?? 0, found)).toBeGreaterThan(negativeControlFlags);
  });

  it('catches slowdowns of 10 %', () => {
    const found = study(scenario, tenPercent);
    // 200 slowed cells: three standard deviations of chance below the bound.
    expect(power(found)).toBeGreaterThan(bound.caught - 3 * Math.sqrt((bound.caught * (1 - bound.caught)) / found.changed));
    expect(silentlyMissed(found)).toBeLessThan(bound.silentlyMissed + 0.04);
  });
});

describe('the bounds', () => {
  const [quiet, , hosted] = scenarios;
  if (quiet === undefined || hosted === undefined) throw new Error('a scenario is missing');

  it('are missed by a careless rule where the margin does not help: alpha of a half', () => {
    const careless = { rule: { ...shipped, alpha: 0.5 }, pullRequests: 30 };
    expect(falseRate(study(guest, careless))).toBeGreaterThan(0.2);
  });

  it('are missed by stored runs alone: they catch a third at most on machines that differ', () => {
    const found = study(hosted, tenPercent);
    expect(found.suspectedOnly / found.changed).toBeLessThan(0.33);
  });

  it('need sentinels to see all cells slow down', () => {
    const allCells = { change: { kind: 'all cells', slowdown: 0.1 }, pullRequests: 20 } as const;
    expect(study(quiet, allCells).flagged).toBe(20);
    expect(study(quiet, { ...allCells, rule: { ...shipped, sentinels: false } }).flagged).toBeLessThan(3);
  });
});

describe('the control variate', () => {
  it('halves the pairs of CPU-like cells where the CPU changes speed, and stays silent', () => {
    const few = { pullRequests: 40 };
    const off = study(guest, few);
    const on = study(guest, { ...few, rule: { ...shipped, control: true } });
    expect(pairsOf(on, 'CPU-like')).toBeLessThan(pairsOf(off, 'CPU-like') / 2);
    expect(on.falselyFlagged).toBeLessThanOrEqual(3);
  });
});
