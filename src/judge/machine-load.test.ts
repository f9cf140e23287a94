import { describe, expect, it } from 'vitest';
import { machineCounters } from './machine-counters.fixture.ts';
import { hostSharing, othersShare, ownLoad, stolenShare } from './machine-load.ts';

describe('stolenShare', () => {
  it('is the share of what passed between two readings', () => {
    expect(stolenShare({ stolen: 100, total: 1000 }, { stolen: 130, total: 1600 })).toBeCloseTo(0.05, 12);
  });

  it.each([
    ['one reading is missing', null, { stolen: 1, total: 2 }],
    ['the other is', { stolen: 1, total: 2 }, null],
    ['the counter did not advance', { stolen: 1, total: 2 }, { stolen: 1, total: 2 }],
    ['the counter was reset', { stolen: 100, total: 1000 }, { stolen: 0, total: 10 }],
  ])('is unknown where %s', (_, before, after) => {
    expect(stolenShare(before, after)).toBeNull();
  });

  it('is no share below 0 or above 1, whatever a kernel counts', () => {
    expect(stolenShare({ stolen: 5, total: 10 }, { stolen: 4, total: 20 })).toBe(0);
    expect(stolenShare({ stolen: 5, total: 10 }, { stolen: 50, total: 20 })).toBe(1);
  });
});

describe('what the load says', () => {
  it.each([
    [null, 'unknown'],
    [0, 'not seen'],
    [0.0049, 'not seen'],
    [0.005, 'shared'],
    [0.4, 'shared'],
  ] as const)('%s of the time stolen: %s', (stolen, said) => {
    expect(hostSharing({ stolen, average: null })).toBe(said);
  });

  it.each([
    [null, 'unknown'],
    [{ before: 0.1, after: 1.2 }, 'idle'],
    [{ before: 0.5, after: 0.9 }, 'busy'],
  ] as const)('a load of %j: %s', (average, said) => {
    expect(ownLoad({ stolen: null, average })).toBe(said);
  });
});

describe('othersShare', () => {
  const processors = { stolen: 0, idle: 1000, total: 2000 };
  const before = machineCounters({ processors, own: 100 });

  it('is what was neither idle, nor stolen, nor our own', () => {
    const after = machineCounters({ processors: { stolen: 100, idle: 1300, total: 3000 }, own: 500 });
    expect(othersShare(before, after)).toBeCloseTo(0.2, 12);
  });

  it('is nothing where the kernel counts our own before it counts the processor', () => {
    expect(othersShare(before, machineCounters({ processors: { stolen: 0, idle: 1990, total: 3000 }, own: 500 }))).toBe(0);
  });
});
