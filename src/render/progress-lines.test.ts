import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MeasuringState } from '../model/measuring-state.ts';
import { displayWidth } from './display-width.ts';
import { durationText } from './duration.ts';
import { progressLine, progressLines } from './progress-lines.ts';
import { withoutEmphasis } from './sgr.ts';

const state: MeasuringState = {
  ...{ done: 143, planned: 570, round: 2, rounds: 5, remainingSeconds: 100.4, budgetLeftSeconds: 170 },
  ...{ noise: 0.0123, current: 'web_scraping/asyncio on 3.13.0' },
};

describe('progressLines', () => {
  it.each([
    [
      100,
      '█████░░░░░░░░░░░░░░░ · round 2 of 5 · 143 of 570 processes · 1 min 40 s left',
      'web_scraping/asyncio on 3.13.0 · noise 1.2 % · budget 2 min 50 s left',
    ],
    [60, 'round 2 of 5 · 143 of 570 processes · 1 min 40 s left', 'web_scraping/asyncio on 3.13.0 · noise 1.2 %'],
    [40, 'round 2 of 5 · 1 min 40 s left', 'web_scraping/asyncio on 3.13.0'],
    [16, '1 min 40 s left', 'web_scraping/as…'],
  ])('drops whole parts in their order at %d columns', (width, first, second) => {
    expect(progressLines(state, { width })).toEqual([first, second]);
  });

  it('says what is not known yet', () => {
    const lines = progressLines({ ...state, remainingSeconds: null, noise: null }, { width: 120 });
    expect(lines.join('\n')).toMatch(/time left not known yet\n.* noise not known yet/);
  });

  it('fits every width, in colours as without, and never cuts a number', () => {
    const names = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((name) => !/\p{C}|\n/u.test(name));
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 200 }), names, fc.integer({ min: 0, max: 999_999 }), (width, current, done) => {
        const given = { ...state, current, done, planned: 999_999 };
        const plain = progressLines(given, { width });
        expect(progressLines(given, { width, colors: true }).map(withoutEmphasis)).toEqual(plain);
        for (const line of plain) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        const [first = ''] = plain;
        expect(first).toMatch(/1 min 40 s left$/);
        if (first.includes('processes')) expect(first).toContain(`${done} of 999999 processes`);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('progressLine', () => {
  it('has everything but the bar', () => {
    expect(progressLine(state)).toBe(
      'round 2 of 5 · 143 of 570 processes · 1 min 40 s left · web_scraping/asyncio on 3.13.0 · noise 1.2 % · budget 2 min 50 s left',
    );
  });
});

describe('durationText', () => {
  it.each([
    [0.2, '0 s'],
    [59.6, '1 min 0 s'],
    [125, '2 min 5 s'],
    [7500, '2 h 5 min'],
  ])('%d seconds read %s', (seconds, text) => expect(durationText(seconds)).toBe(text));
});
