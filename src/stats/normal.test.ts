import { expect, test } from 'vitest';
import { normalUpperTail } from './normal.ts';

test.each([
  // scipy.stats.norm.sf
  [0, 0.5],
  [0.5, 0.3085375387259869],
  [1, 0.15865525393145707],
  [2.9999, 0.001350341282954925],
  [3, 0.0013498980316300933],
  [3.0001, 0.0013494549132607172],
  [5, 2.866515718791933e-7],
  [8, 6.22096057427174e-16],
  [20, 2.7536241186061556e-89],
  [37, 5.7255712225239266e-300],
])('P(Z > %d) = %d, far in the tail too', (z, expected) => {
  expect(normalUpperTail(z) / expected).toBeCloseTo(1, 12);
});

test('is symmetric, and refuses what is no number', () => {
  for (const z of [0.1, 1, 4]) expect(normalUpperTail(-z)).toBeCloseTo(1 - normalUpperTail(z), 14);
  expect(normalUpperTail(Number.POSITIVE_INFINITY)).toBe(0);
  expect(normalUpperTail(Number.NEGATIVE_INFINITY)).toBe(1);
  expect(() => normalUpperTail(Number.NaN)).toThrow('NaN');
});
