import { describe, expect, it } from 'vitest';
import type { MachineCounters } from '../model/machine-counters.ts';
import { clocksAlone, machineCounters } from './machine-counters.fixture.ts';
import { machineEvents } from './machine-events.ts';

const before = machineCounters();

/** What a process of two seconds met, after which the counters read so. */
function during(part: Partial<MachineCounters>) {
  return machineEvents(before, machineCounters({ wall: before.wall + 2, monotonic: before.monotonic + 2, ...part }));
}

const stolen = (share: number) => ({ processors: { stolen: 10 + 1000 * share, idle: 5000, total: 11_000 } });
const settings = (part: Partial<MachineCounters['settings']>) => ({ settings: { ...before.settings, ...part } });

describe('a process', () => {
  it('meets nothing on a machine that is fine', () => {
    expect(during({})).toEqual([]);
  });

  it.each([
    ['a clock that was set back', { wall: before.wall + 1 }, 'clock step', 1],
    ['a machine that stood still', { wall: before.wall + 9 }, 'clock step', 7],
    ['a quota', { throttled: 4.1 }, 'throttled', 0.1],
    ['swapping', { swapped: 9256 }, 'swapped', 256],
    ['waits for memory', { memoryStalled: 1.5 }, 'memory stall', 0.5],
    ['heat', { thermal: 3 }, 'heat', 1],
    ['other guests', stolen(0.1), 'stolen time', 0.1],
    ['fewer processors', settings({ affinity: '0-1' }), 'setting changed', 1],
    ['a new quota', settings({ quota: '50000 100000' }), 'setting changed', 1],
    ['a lower frequency', settings({ affinity: '0', frequency: '800000, powersave' }), 'setting changed', 2],
  ] as const)('meets %s', (_, part, cause, amount) => {
    expect(during(part)).toEqual([{ cause, amount: expect.closeTo(amount, 6) }]);
  });

  it.each([
    ['a clock that is slewed', { wall: before.wall + 2.1 }],
    ['a moment of throttling', { throttled: 4.02 }],
    ['a few pages', { swapped: 9255 }],
    ['a moment of waiting', { memoryStalled: 1.01 }],
    ['the usual noise of a shared host', stolen(0.09)],
    ['counters that were reset', { throttled: 0, swapped: 0, memoryStalled: 0, thermal: 0 }],
    ['a setting that is not told any more', settings({ quota: null })],
  ] as const)('does not meet %s', (_, part) => {
    expect(during(part)).toEqual([]);
  });

  it('may meet several at once', () => {
    expect(during({ swapped: 20_000, thermal: 9 }).map(({ cause }) => cause)).toEqual(['swapped', 'heat']);
  });

  it('meets what its clocks tell where nothing else is told', () => {
    const first = clocksAlone();
    expect(machineEvents(first, clocksAlone({ monotonic: 102, wall: first.wall + 2 }))).toEqual([]);
    expect(machineEvents(first, clocksAlone({ monotonic: 102 }))).toEqual([{ cause: 'clock step', amount: 2 }]);
  });
});
