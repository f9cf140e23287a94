import { describe, expect, it } from 'vitest';
import type { Cell } from '../model/cell.ts';
import type { Sample } from '../model/sample.ts';
import { measureRounds, type RoundsRequest } from './rounds.ts';

const cells: readonly Cell[] = ['a', 'b', 'c'].map((workload) => ({ workload, model: 'threads', runtime: 'r', params: '' }));
const ran = (cell: Cell, round: number): Sample => ({
  status: 'measured',
  cell,
  round,
  values: { wall_per_unit: [1] },
  calibration: [0.01],
  units: 1,
  ideal: null,
  phases: { total: 1, startup: 0, peers: 0, measured: 1 },
});

function measure(change: Partial<RoundsRequest> = {}) {
  return measureRounds({
    rounds: 3,
    order: (round) => (round % 2 === 0 ? cells : [...cells].reverse()),
    run: async (cell, round) => ran(cell, round),
    mayStart: () => true,
    mustStop: () => false,
    onSample: () => {},
    signal: new AbortController().signal,
    ...change,
  });
}
const order = (samples: readonly Sample[]) => samples.map(({ cell, round }) => `${cell.workload}${round}`).join(' ');

describe('measureRounds', () => {
  it('runs every round in its own order', async () => {
    const outcome = await measure();
    expect(order(outcome.samples)).toBe('a0 b0 c0 c1 b1 a1 a2 b2 c2');
    expect(outcome).toMatchObject({ completeRounds: 3, endedBy: 'schedule' });
  });

  it('never runs two processes at once', async () => {
    let running = 0;
    let most = 0;
    await measure({
      run: async (cell, round) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running -= 1;
        return ran(cell, round);
      },
    });
    expect(most).toBe(1);
  });

  it('starts no round that does not fit, so that every cell has the same count', async () => {
    let asked = 0;
    const outcome = await measure({ mayStart: () => ++asked < 2 });
    expect(order(outcome.samples)).toBe('a0 b0 c0 c1 b1 a1');
    expect(outcome).toMatchObject({ completeRounds: 2, endedBy: 'budget' });
  });

  it('always tries the first round and cuts it when no time is left', async () => {
    let asked = 0;
    const outcome = await measure({ mayStart: () => false, mustStop: () => ++asked > 2 });
    expect(order(outcome.samples)).toBe('a0 b0');
    expect(outcome).toMatchObject({ completeRounds: 0, endedBy: 'budget' });
  });

  it('does not run a broken cell again', async () => {
    const broken = (cell: Cell, round: number): Sample => ({ status: 'broken', cell, round, kind: 'crash', message: 'died', output: '' });
    const outcome = await measure({ run: async (cell, round) => (cell.workload === 'b' ? broken(cell, round) : ran(cell, round)) });
    expect(order(outcome.samples)).toBe('a0 b0 c0 c1 a1 a2 c2');
  });

  it('keeps what was measured when it is interrupted', async () => {
    const control = new AbortController();
    const outcome = await measure({
      signal: control.signal,
      run: async (cell, round) => {
        if (round === 1) {
          control.abort();
          throw new DOMException('interrupted', 'AbortError');
        }
        return ran(cell, round);
      },
    });
    expect(order(outcome.samples)).toBe('a0 b0 c0');
    expect(outcome).toMatchObject({ completeRounds: 1, endedBy: 'interrupt' });
  });

  it('passes a fault of the machine on: it is no verdict', async () => {
    await expect(measure({ run: async () => Promise.reject(new Error('disk full')) })).rejects.toThrow('disk full');
  });
});
