import { describe, expect, it } from 'vitest';
import { readPairOptions } from './pair-options.ts';

describe('readPairOptions', () => {
  it('fills every default', () => {
    expect(readPairOptions({}, false)).toEqual({
      looks: [10, 20, 40],
      target: 0.1,
      margin: 0.05,
      alpha: 0.01,
      failOn: ['regression', 'broken'],
    });
  });

  it.each([
    ['10%', 0.1],
    ['7.5 %', 0.075],
    ['0.2', 0.2],
    ['0', 0],
  ])('reads the share %s', (margin, expected) => {
    expect(readPairOptions({ margin }, false).margin).toBeCloseTo(expected, 12);
  });

  it('reads looks, and lets the flag win over the other options', () => {
    expect(readPairOptions({ 'confirm-pairs': '10,20 80' }, false).looks).toEqual([10, 20, 80]);
    expect(readPairOptions({}, true).failOn).toEqual([]);
    expect(readPairOptions({ 'fail-on': 'regression' }, true).failOn).toEqual(['regression']);
    expect(readPairOptions({ 'fail-on': 'none' }, false).failOn).toEqual([]);
  });

  it.each([
    [{ target: '10' }, /"target": must be below 100%; write 10% or 0\.1/],
    [{ target: 'ten' }, /"target": is not a share/],
    [{ alpha: '-1%' }, /"alpha"/],
    [{ 'confirm-pairs': '10,many' }, /"confirm-pairs": is a list of numbers/],
    [{ 'fail-on': 'regresion' }, /only "regression", "broken" and "none"/],
  ])('refuses %j', (flags, message) => {
    expect(() => readPairOptions(flags, false)).toThrow(message);
  });
});
