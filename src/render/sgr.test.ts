import { describe, expect, it } from 'vitest';
import { displayWidth, wrapped } from './display-width.ts';
import { emphasised, withoutEmphasis } from './sgr.ts';
import { leadingVerdict, proseWithGate, strongWithVerdicts } from './verdict-emphasis.ts';

/** Codes as words, so that they can be read. */
const shown = (text: string) =>
  text
    .replaceAll('\u001b[0m', '>')
    .replaceAll('\u001b[1;31m', '<bad ')
    .replaceAll('\u001b[32m', '<good ')
    .replaceAll('\u001b[33m', '<doubtful ')
    .replaceAll('\u001b[1m', '<strong ');

describe('emphasis', () => {
  it('takes no columns and goes away without a trace', () => {
    expect(displayWidth(emphasised('abc', 'bad'))).toBe(3);
    expect(withoutEmphasis(`a ${emphasised('b c', 'strong')} d`)).toBe('a b c d');
    expect(emphasised('', 'strong')).toBe('');
  });

  it('ends with each line and begins again in the next', () => {
    const text = `one ${emphasised('two three', 'strong')} four`;
    expect(wrapped(text, 7).map(shown)).toEqual(['one <strong two>', '<strong three>', 'four']);
    expect(wrapped(emphasised('abcdefgh', 'strong'), 3).map(shown)).toEqual(['<strong abc>', '<strong def>', '<strong gh>']);
  });

  it('breaks lines where they break without it', () => {
    const text = `threads ${emphasised('30.5 ms', 'strong')}, asyncio ${emphasised('2', 'good')} ms`;
    for (let width = 3; width < 40; width += 1)
      expect(wrapped(text, width).map(withoutEmphasis)).toEqual(wrapped(withoutEmphasis(text), width));
  });
});

describe('verdicts', () => {
  it.each([
    [
      '2 regressions among 43 cells; 1 improvement, 3 inconclusive.',
      '<bad 2 regressions><strong  among 43 cells; ><good 1 improvement><strong , ><doubtful 3 inconclusive><strong .>',
    ],
    ['No confirmed regression among 16 cells', '<strong No confirmed regression><strong  among 16 cells>'],
    ['3 of 16 cells broken', '<bad 3 of 16 cells broken>'],
    ['my-regression-suite', '<strong my-regression-suite>'],
  ])('in strong words: %s', (text, expected) => expect(shown(strongWithVerdicts(text))).toBe(expected));

  it.each([
    ['improvement: faster by 3 %', '<good improvement>: faster by 3 %'],
    ['inconclusive', '<doubtful inconclusive>'],
    ['no change', 'no change'],
    ['a regression', 'a regression'],
  ])('at the beginning of a cell: %s', (text, expected) => expect(shown(leadingVerdict(text))).toBe(expected));

  it('of the gate, unless the pass rests on nothing', () => {
    expect(shown(proseWithGate(' The gate fails, so do not merge'))).toBe(' <bad The gate fails>, so do not merge');
    expect(shown(proseWithGate(' The gate passes: nothing'))).toBe(' <good The gate passes>: nothing');
    expect(shown(proseWithGate(' The gate passes because there is nothing to fail on'))).toBe(
      ' The gate passes because there is nothing to fail on',
    );
  });
});
