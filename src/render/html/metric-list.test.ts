import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeIntervalText, percentText } from '../number.ts';
import { shortRatio } from './metric-list.ts';

test('a quotient is shortened, and reads as the whole number does', () => {
  const ratio = fc.oneof(fc.double({ min: 0.001, max: 1000, noNaN: true }), fc.double({ min: 0.999, max: 1.001, noNaN: true }));
  fc.assert(
    fc.property(ratio, ratio, (one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const shown = { kind: 'interval', low: shortRatio(low), high: shortRatio(high) } as const;
      expect(changeIntervalText(shown)).toBe(changeIntervalText({ kind: 'interval', low, high }));
      expect(percentText(shortRatio(one))).toBe(percentText(one));
    }),
    { seed: 9, numRuns: 2000 },
  );
  expect([1.12400001, 1.15246, 1.0000023].map(shortRatio)).toEqual([1.124, 1.15246, 1.000002]);
});
