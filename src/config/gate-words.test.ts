import { describe, expect, it } from 'vitest';
import { gateWords } from '../model/verdict.ts';
import { gateWordList, pairFailOn } from './gate-words.ts';

const fault = (given: unknown) => gateWordList.safeParse(given).error?.issues[0]?.message;

describe('gateWordList', () => {
  it.each([
    ['regression,broken', ['regression', 'broken']],
    ['regression\ninconclusive\n', ['regression', 'inconclusive']],
    [
      ['missing', 'new'],
      ['missing', 'new'],
    ],
    ['new new', ['new']],
    ['none', []],
    [['none', 'none'], []],
    [gateWords.join(' '), [...gateWords]],
  ])('reads %j', (given, words) => {
    expect(gateWordList.parse(given)).toEqual(words);
  });

  it.each([
    ['regresion, brokn', /"regresion", "brokn" is no word of the gate; choose from regression, broken, .*, or none/],
    ['none, regression', /"none" stands alone/],
    ['not comparable', /"not", "comparable" is no word/],
    [',', /holds no word; choose from/],
    [[], /holds no word; choose from/],
    [false, /is not a list of words; choose from/],
  ])('refuses %j', (given, message) => {
    expect(fault(given)).toMatch(message);
  });
});

describe('pairFailOn', () => {
  it('leaves out what no comparison of two trees can say', () => {
    expect(pairFailOn(['regression', 'missing-baseline', 'new'])).toEqual(['regression', 'new']);
    expect(pairFailOn([])).toEqual([]);
  });

  it('refuses a gate that could never fail though words were given', () => {
    expect(() => pairFailOn(['missing-baseline'])).toThrow(/Only "missing-baseline".*Set "fail-on" to regression, broken, .*, or none/);
  });
});
