import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { acceptedOf, acceptedStart, startOfHistory } from './history-start.ts';
import type { StoredRun } from './screen-history.ts';

const seed = 20_261_101;
const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString();
const commit = (number: number) => number.toString(16).padStart(40, '0');

/** Runs of ascending commits and days, some of the commits measured twice. */
const histories = fc
  .array(fc.record({ step: fc.integer({ min: 0, max: 2 }), cpuModel: fc.constantFrom('A', 'B') }), { maxLength: 30 })
  .map((entries) => {
    let last = 0;
    return entries.map(({ step, cpuModel }, index): StoredRun => {
      last += step;
      return { run: `run ${index}`, commit: commit(last), created: day(index), cpuModel, values: [1] };
    });
  });

const shifts = fc
  .record({ at: fc.integer({ min: 0, max: 70 }), accepted: fc.integer({ min: 0, max: 40 }) })
  .map(({ at, accepted }): AcceptedShift => ({ cells: ['*'], commit: commit(at), by: 'someone', why: 'meant', created: day(accepted) }));

const steps = fc.option(fc.nat({ max: 29 }), { nil: null });

/** A step at that place of the whole history; none where there is no such place. */
function stepped(runs: readonly StoredRun[], index: number | null) {
  return { series: runs, steps: index === null || index >= runs.length ? [] : [{ index, shift: 0.2, p: 0.0005 }] };
}

describe('the start of a history', () => {
  it('is the later of the last step and the last accepted shift, in whatever order these are kept', () => {
    fc.assert(
      fc.property(histories, steps, fc.array(shifts, { maxLength: 4 }), (runs, step, accepted) => {
        const start = startOfHistory(runs, stepped(runs, step), accepted);
        const expected = [step !== null && step < runs.length ? step : 0, ...accepted.map((shift) => acceptedStart(runs, shift))];
        expect(start.index).toBe(Math.max(...expected));
        expect(startOfHistory(runs, stepped(runs, step), accepted.toReversed())).toEqual(start);
      }),
      { seed },
    );
  });

  it('leaves no run of the accepted commit out, and none before it in', () => {
    fc.assert(
      fc.property(histories, shifts, (runs, shift) => {
        const start = acceptedStart(runs, shift);
        const [before, since] = [runs.slice(0, start), runs.slice(start)];
        expect(before.every((run) => run.commit !== shift.commit)).toBe(true);
        if (runs.some((run) => run.commit === shift.commit)) expect(since[0]?.commit).toBe(shift.commit);
        else expect(since.every(({ created }) => created > shift.created)).toBe(true);
      }),
      { seed },
    );
  });

  it('says what lies before it', () => {
    fc.assert(
      fc.property(histories, steps, fc.array(shifts, { maxLength: 2 }), (runs, step, accepted) => {
        const { index, after } = startOfHistory(runs, stepped(runs, step), accepted);
        expect(after === 'nothing').toBe(index === 0);
        if (after === 'step') expect(index).toBe(step);
        if (after === 'accepted shift') expect(accepted.map((shift) => acceptedStart(runs, shift))).toContain(index);
      }),
      { seed },
    );
  });
});

describe('acceptedOf', () => {
  const accepted = (...cells: readonly string[]): AcceptedShift => ({ cells, commit: commit(1), by: 'b', why: 'w', created: day(1) });

  it.each([
    ['chat_server/asyncio/cpython-3.13.0', true],
    ['chat_server[n=100]/asyncio/x', false],
    ['chat_server/threads/x', false],
    ['spawn/threads/x', true],
  ])('of %s: %s', (id, applies) => {
    expect(acceptedOf(id, [accepted('chat_server/asyncio/*', 'spawn/*')])).toHaveLength(applies ? 1 : 0);
  });
});
