import { describe, expect, it } from 'vitest';
import type { Sample } from '../model/sample.ts';
import type { PairsOutcome, SideName } from '../model/sample-pair.ts';
import { measurePairs, type PairsRequest } from './pairs.ts';

const cell = { workload: 'w', model: 'threads', runtime: 'r', params: '' } as const;
const ran = (round: number, value = 1): Sample => ({
  status: 'measured',
  cell,
  round,
  values: { wall_per_unit: [value] },
  calibration: [0.01],
  units: 1,
  ideal: null,
  phases: { total: 1, startup: 0, peers: 0, measured: 1 },
});
const broke = (round: number): Sample => ({ status: 'broken', cell, round, kind: 'crash', message: 'it died', output: '' });

/** Measures and notes the order of the processes as "a:base:0 a:head:0 …". */
async function measure(change: Partial<PairsRequest> = {}) {
  const log: string[] = [];
  const run = change.run ?? (async (_: string, side: SideName, round: number) => ran(round, side === 'base' ? 1 : 2));
  const outcome = await measurePairs({
    suspects: ['a', 'b'],
    looks: [2, 4],
    order: (open) => open,
    baseFirst: () => true,
    keeps: () => true,
    decide: ({ pairs }) => [...pairs.keys()],
    mayStart: () => true,
    mustStop: () => false,
    onPair: () => {},
    signal: new AbortController().signal,
    ...change,
    run: (suspect, side, round) => {
      log.push(`${suspect}:${side}:${round}`);
      return run(suspect, side, round);
    },
  });
  return { log: log.join(' '), outcome };
}
const counts = ({ pairs }: PairsOutcome) => Object.fromEntries([...pairs].map(([suspect, all]) => [suspect, all.length]));

describe('measurePairs', () => {
  it('runs both sides of a pair right after each other, in the order of its coin', async () => {
    const { log, outcome } = await measure({ looks: [2], baseFirst: (suspect, round) => (suspect === 'a') === (round === 0) });
    expect(log).toBe('a:base:0 a:head:0 b:head:0 b:base:0 a:head:1 a:base:1 b:base:1 b:head:1');
    for (const pairs of outcome.pairs.values())
      for (const { base, head } of pairs) expect([base.values['wall_per_unit'], head.values['wall_per_unit']]).toEqual([[1], [2]]);
    expect(outcome).toMatchObject({ looksTaken: 1, processes: 8, endedBy: 'schedule' });
  });

  it('never runs two processes at once', async () => {
    let running = 0;
    let most = 0;
    await measure({
      run: async (_, __, round) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running -= 1;
        return ran(round);
      },
    });
    expect(most).toBe(1);
  });

  it('asks at every look what stays open, and measures nothing else further', async () => {
    const asked: unknown[] = [];
    const { outcome } = await measure({
      decide: (soFar) => {
        asked.push([soFar.looksTaken, counts(soFar)]);
        return ['b'];
      },
    });
    expect(asked).toEqual([
      [1, { a: 2, b: 2 }],
      [2, { a: 2, b: 4 }],
    ]);
    expect(counts(outcome)).toEqual({ a: 2, b: 4 });
  });

  it('ends as soon as nothing is open', async () => {
    const { outcome } = await measure({ decide: () => [] });
    expect(outcome).toMatchObject({ looksTaken: 1, endedBy: 'schedule' });
    expect(counts(outcome)).toEqual({ a: 2, b: 2 });
  });

  it.each(['base', 'head'] as const)('ends a suspect whose %s broke, and keeps the other', async (side) => {
    const { log, outcome } = await measure({
      looks: [2],
      run: async (suspect, at, round) => (suspect === 'a' && at === side && round === 1 ? broke(round) : ran(round)),
    });
    expect(outcome.broken.get('a')).toMatchObject({ side, sample: { message: 'it died' } });
    expect(counts(outcome)).toEqual({ a: 1, b: 2 });
    expect(log).toContain('a:head:1');
  });

  it.each(['base', 'head'] as const)('blames head for what is broken on both sides, with %s first', async (first) => {
    const { log, outcome } = await measure({
      looks: [2],
      baseFirst: () => first === 'base',
      run: async (suspect, _side, round) => (suspect === 'a' ? broke(round) : ran(round)),
    });
    expect(outcome.broken.get('a')?.side).toBe('head');
    expect(log.includes('a:base:0')).toBe(first === 'base');
  });

  it('ends a suspect of which a pair is not worth more', async () => {
    expect(counts((await measure({ keeps: (suspect) => suspect !== 'a' })).outcome)).toEqual({ a: 1, b: 4 });
  });

  it('goes on with what an order leaves out once the others are done, where it was', async () => {
    const asked: unknown[] = [];
    const { log, outcome } = await measure({
      looks: [2, 3],
      order: (open, round) => (round === 1 ? open.slice(0, 1) : open),
      decide: (soFar) => {
        asked.push([soFar.looksTaken, counts(soFar)]);
        return ['b'];
      },
    });
    expect(log.replaceAll(/ ?\w:head:\d/g, '')).toBe('a:base:0 b:base:0 a:base:1 b:base:1 b:base:2');
    expect(asked).toEqual([
      [1, { a: 2, b: 1 }],
      [1, { a: 2, b: 2 }],
      [2, { a: 2, b: 3 }],
    ]);
    expect(outcome).toMatchObject({ looksTaken: 2, endedBy: 'schedule' });
  });

  it('ends when an order says that nothing more fits', async () => {
    let orders = 0;
    const { outcome } = await measure({ order: (open, round) => (round === 1 ? open.slice(0, orders++ === 0 ? 1 : 0) : open) });
    expect(counts(outcome)).toEqual({ a: 4, b: 1 });
    expect(outcome.endedBy).toBe('budget');
  });

  it('starts no round that does not fit, told of the pairs in it and what each takes', async () => {
    const asked: number[] = [];
    const { outcome } = await measure({
      mayStart: (pairs, seconds) => {
        asked.push(pairs);
        expect(seconds).toBeGreaterThanOrEqual(0);
        return asked.length < 2;
      },
    });
    expect(asked).toEqual([2, 2]);
    expect(outcome).toMatchObject({ looksTaken: 1, endedBy: 'budget' });
  });

  it('cuts the round that is running when no time is left, between pairs', async () => {
    let asked = 0;
    const { outcome } = await measure({ mustStop: () => ++asked > 3 });
    expect(outcome).toMatchObject({ looksTaken: 0, processes: 6, endedBy: 'budget' });
    expect(counts(outcome)).toEqual({ a: 2, b: 1 });
  });

  it('keeps whole pairs when it is interrupted within one', async () => {
    const control = new AbortController();
    const { outcome } = await measure({
      signal: control.signal,
      run: async (suspect, side, round) => {
        if (suspect === 'b' && side === 'head') {
          control.abort();
          throw new DOMException('interrupted', 'AbortError');
        }
        return ran(round);
      },
    });
    expect(outcome.endedBy).toBe('interrupt');
    expect(counts(outcome)).toEqual({ a: 1 });
  });

  it('does not swallow a fault of the machine', async () => {
    await expect(measure({ run: () => Promise.reject(new Error('disk full')) })).rejects.toThrow('disk full');
  });
});
