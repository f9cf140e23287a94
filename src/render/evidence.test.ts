import { expect, test } from 'vitest';
import { metricOf } from '../model/metric.ts';
import { excludedText, pText, ratioWords, worseningText } from './evidence.ts';

const [wall, memory] = [metricOf('wall_per_unit'), metricOf('memory_per_unit')];

test.each([
  [wall, 0.1, 'a slowdown of 10 %'],
  [wall, 0.1934, 'a slowdown of 19.3 %'],
  [wall, 1.35, 'a slowdown to ×2.35'],
  [memory, 0.1, 'a worsening by 10 %'],
  [memory, 1.35, '×2.35 of before'],
  [null, 0.0025, 'a slowdown of 0.25 %'],
])('%# a worsening is worded by its metric and size', (metric, share, words) => {
  expect(worseningText(metric, share)).toBe(words);
  expect(excludedText(metric, share)).toBe(`${words} or more is excluded`);
});

test.each([
  [0.0004123, '0.00041'],
  [1e-9, '< 0.000001'],
  [null, 'all apart'],
])('p of %d is %s', (p, words) => {
  expect(pText(p)).toBe(words);
});

test('a change never reads as a percentage above 100, and names its interval where there is one', () => {
  const bounds = { kind: 'interval', low: 2.1, high: 2.7 } as const;
  expect(ratioWords(wall, { value: 2.4, bounds })).toBe('slower, ×2.4 (×2.1 to ×2.7)');
  expect(ratioWords(wall, { value: 1.124, bounds: { kind: 'none', reason: 'r' } })).toBe('slower by 12.4 %');
});
