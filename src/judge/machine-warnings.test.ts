import { describe, expect, it } from 'vitest';
import type { PairsOfRun } from '../model/pairs-of-run.ts';
import { machineCounters } from './machine-counters.fixture.ts';
import { eventWarnings, isRunDisturbed, loadWarnings, measuredProcesses } from './machine-warnings.ts';
import { brokenSample, pairSample, pairSuspect, pairsOutcome } from './pair.fixture.ts';

const step = (amount: number) => ({ cause: 'clock step', amount }) as const;
const changed = { cause: 'setting changed', amount: 2 } as const;
const throttled = (amount: number) => ({ cause: 'throttled', amount }) as const;
const calm = pairSample(1);
const none: PairsOfRun = { kind: 'not needed' };

describe('the processes of a run', () => {
  it('are those of its rounds and of its pairs that measured', () => {
    const outcome = pairsOutcome({ a: [{ base: pairSample(2), head: pairSample(3) }] });
    const base = { commit: null, origin: 'x', notes: [] };
    const plan = { suspects: [], lone: [], notComparable: [] };
    const run = { base, plan, series: [{ suspects: [pairSuspect('a')], outcome }], movedFamilies: [], seconds: 1 };
    expect(measuredProcesses([calm, brokenSample('x')], none)).toEqual([calm]);
    expect(measuredProcesses([calm], { kind: 'pairs', run })).toHaveLength(3);
  });
});

describe('processes that met something', () => {
  it('are counted by what disturbed them, apart where they were measured anew', () => {
    const processes = [
      { ...calm, disturbances: [step(0.5), changed] },
      { ...calm, setAside: [step(1.5)], disturbances: [step(0.2)] },
      calm,
    ];
    expect(eventWarnings(processes)).toEqual([
      { code: 'disturbed', cause: 'clock step', kept: 2, repeated: 1, of: 3, most: 1.5 },
      { code: 'disturbed', cause: 'setting changed', kept: 1, repeated: 0, of: 3, most: 2 },
    ]);
    expect(eventWarnings([calm])).toEqual([]);
  });

  it('are counted by what strained the machine', () => {
    const processes = [{ ...calm, strains: [throttled(0.5)] }, { ...calm, strains: [throttled(1.5)] }, calm];
    expect(eventWarnings(processes)).toEqual([{ code: 'strained', cause: 'throttled', processes: 2, of: 3, most: 1.5 }]);
  });

  it('make a run disturbed where they are more than a fifth', () => {
    const disturbed = (kept: number) => ({ code: 'disturbed', cause: 'clock step', kept, repeated: 9, of: 10, most: 1 }) as const;
    const strained = (processes: number) => ({ code: 'strained', cause: 'heat', processes, of: 10, most: 1 }) as const;
    expect(isRunDisturbed([])).toBe(false);
    expect([2, 3].map((count) => isRunDisturbed([disturbed(count)]))).toEqual([false, true]);
    expect([2, 3].map((count) => isRunDisturbed([strained(count)]))).toEqual([false, true]);
  });
});

describe('what else used the processors', () => {
  const before = machineCounters();
  const warnings = (stolen: number, used: number, own: number) =>
    loadWarnings(
      before,
      machineCounters({ processors: { stolen: 10 + stolen, idle: 5000 + 1000 - used - stolen, total: 11_000 }, own: 300 + own }),
    );

  it('is told from a tenth of the time on, without our own', () => {
    expect(warnings(0, 500, 401)).toEqual([]);
    expect(warnings(0, 500, 400)).toEqual([{ code: 'busy machine', share: 0.1 }]);
  });

  it('is told where other guests took some', () => {
    expect(warnings(4, 0, 0)).toEqual([]);
    expect(warnings(5, 0, 0)).toEqual([{ code: 'stolen time', share: 0.005 }]);
  });

  it('is not known where the kernel does not say', () => {
    expect(loadWarnings(before, machineCounters({ processors: null }))).toEqual([]);
    expect(loadWarnings(before, machineCounters({ processors: { stolen: 10, idle: 0, total: 20_000 }, own: null }))).toEqual([]);
    expect(loadWarnings(before, before)).toEqual([]);
  });
});
