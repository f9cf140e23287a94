import { expect, test } from 'vitest';
import { criticalValue } from './critical-value.ts';

test('gives the same quantile the first and the second time', () => {
  // tq(.975, 9) = 2.262157 (tables).
  expect(criticalValue(0.975, 9)).toBeCloseTo(2.262157, 6);
  expect(criticalValue(0.975, 9)).toBeCloseTo(2.262157, 6);
  expect(criticalValue(0.99, 9)).toBeGreaterThan(criticalValue(0.975, 9));
  expect(criticalValue(0.975, 8)).toBeGreaterThan(criticalValue(0.975, 9));
});
