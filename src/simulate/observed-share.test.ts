import { describe, expect, it } from 'vitest';
import { observedShare } from './observed-share.ts';

describe('observedShare', () => {
  // Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives Wilson’s interval of %i in %i', (count, of, low, high) => {
    const share = observedShare(count, of);
    expect(share.low).toBeCloseTo(low, 4);
    expect(share.high).toBeCloseTo(high, 4);
  });

  it('stays within 0 and 1', () => {
    expect(observedShare(0, 7).low).toBe(0);
    expect(observedShare(7, 7).high).toBe(1);
  });
});
