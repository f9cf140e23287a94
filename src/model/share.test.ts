import { describe, expect, it } from 'vitest';
import { shareFrom, shareText } from './share.ts';

describe('shareFrom', () => {
  it.each([
    ['10%', 0.1],
    ['7.5 %', 0.075],
    [' 0.2 ', 0.2],
    ['0', 0],
    ['300%', 3],
  ])('reads %j', (text, share) => {
    expect(shareFrom(text)).toBeCloseTo(share, 12);
  });

  it.each(['', '%', 'ten', '-1%', '1e-2', '.1', '10%%', '10 per cent', 'NaN'])('is null for %j', (text) => {
    expect(shareFrom(text)).toBeNull();
  });
});

describe('shareText', () => {
  it.each([
    [0.1, '10 %'],
    [0.005, '0.5 %'],
    [0.07, '7 %'],
    [0, '0 %'],
  ])('shows %d', (share, text) => {
    expect(shareText(share)).toBe(text);
  });
});
