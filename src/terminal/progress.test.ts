import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MeasuringState } from '../model/measuring-state.ts';
import { type ProgressText, progressWith } from './progress.ts';

const state: MeasuringState = {
  ...{ done: 3, planned: 40, round: 1, rounds: 5, remainingSeconds: 100, budgetLeftSeconds: 200 },
  ...{ noise: null, current: 'spawn/threads' },
};

const text: ProgressText = {
  lines: ({ done, remainingSeconds }, width) => [`${done} done`.slice(0, width), `${remainingSeconds} s`],
  line: ({ done }) => `${done} done`,
  widthOf: (line) => line.length,
};

function stream(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  const resized: (() => void)[] = [];
  const on = (_: 'resize', listener: () => void) => resized.push(listener);
  return { written, isTTY, columns, on, resize: () => resized.forEach((each) => void each()), write: (line: string) => written.push(line) };
}

let now = 0;

beforeEach(() => {
  now = 0;
  vi.useFakeTimers();
});

afterEach(() => vi.useRealTimers());

describe('progress on a terminal', () => {
  it('draws its lines over the last ones, and leaves nothing at the end', () => {
    const out = stream(true);
    const progress = progressWith(out, text, () => now);
    progress.update(state);
    now += 1;
    progress.update({ ...state, done: 4 });
    progress.end();
    expect(out.written).toEqual(['3 done\n100 s', '\r\u001b[1A\u001b[J4 done\n100 s', '\r\u001b[1A\u001b[J']);
  });

  it('puts a note above them', () => {
    const out = stream(true);
    const progress = progressWith(out, text, () => now);
    progress.note('first');
    progress.update(state);
    progress.note('second');
    expect(out.written).toEqual(['first\n', '3 done\n100 s', '\r\u001b[1A\u001b[J', 'second\n', '3 done\n100 s']);
  });

  it('redraws ten times a second at most', () => {
    const out = stream(true);
    const progress = progressWith(out, text, () => now);
    for (; now < 1; now += 0.01) progress.update(state);
    expect(out.written.length).toBeGreaterThan(5);
    expect(out.written.length).toBeLessThanOrEqual(11);
    progress.end();
  });

  it('counts the times on while nothing else happens, and stops with the end', () => {
    const out = stream(true);
    const progress = progressWith(out, text, () => now);
    progress.update(state);
    now = 2;
    vi.advanceTimersByTime(1000);
    expect(out.written.at(-1)).toContain('98 s');
    progress.end();
    const drawn = out.written.length;
    vi.advanceTimersByTime(5000);
    expect(out.written).toHaveLength(drawn);
  });

  it('redraws when the window changes, over every row that the old lines take by then', () => {
    const out = stream(true, 80);
    progressWith(out, text, () => now).update(state);
    out.columns = 4;
    out.resize();
    // "3 done" takes two rows of four columns, "100 s" two.
    expect(out.written.at(-1)).toBe('\r\u001b[3A\u001b[J3 d\n100 s');
  });
});

describe('progress elsewhere', () => {
  it('writes a plain line now and then, without control characters', () => {
    const out = stream(false);
    const progress = progressWith(out, text, () => now);
    progress.note('first');
    for (; now < 31; now += 1) progress.update(state);
    progress.end();
    expect(out.written).toEqual(['first\n', ...Array(3).fill('3 done\n')]);
  });

  it('waits for the first process', () => {
    const out = stream(false);
    progressWith(out, text, () => now).update({ ...state, done: 0 });
    expect(out.written).toEqual([]);
  });
});
