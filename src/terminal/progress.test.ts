import { describe, expect, it } from 'vitest';
import { durationText, type MeasuringState, progressOn } from './progress.ts';

const state: MeasuringState = { done: 3, planned: 40, round: 1, rounds: 5, remainingSeconds: 100.4, current: 'spawn/threads on 3.13.0' };

function stream(isTTY: boolean, columns = 200) {
  const written: string[] = [];
  return { written, isTTY, columns, write: (text: string) => written.push(text) };
}

describe('progress', () => {
  it('redraws one line on a terminal, cut to its width', () => {
    const out = stream(true, 30);
    const progress = progressOn(out);
    progress.update(state);
    progress.end();
    expect(out.written).toEqual(['\r\u001b[Kround 1 of 5 · 3 of 40 proces', '\r\u001b[K']);
  });

  it('writes a plain line now and then elsewhere, without control characters', () => {
    const out = stream(false);
    let now = 0;
    const progress = progressOn(out, () => now);
    for (; now < 31; now += 1) progress.update(state);
    expect(out.written).toEqual(Array(3).fill('round 1 of 5 · 3 of 40 processes · 1 min 40 s left · spawn/threads on 3.13.0\n'));
  });

  it('says when the end is not known yet', () => {
    const out = stream(false);
    progressOn(out).update({ ...state, remainingSeconds: null });
    expect(out.written.join('')).toContain('time left not known yet');
  });

  it.each([
    [0.2, '0 s'],
    [59.6, '1 min 0 s'],
    [125, '2 min 5 s'],
  ])('%d seconds read %s', (seconds, text) => expect(durationText(seconds)).toBe(text));
});
