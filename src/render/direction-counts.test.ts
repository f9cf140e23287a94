import { expect, test } from 'vitest';
import type { ComparedChange } from '../model/change.ts';
import { metricOf } from '../model/metric.ts';
import { directionCounts } from './direction-counts.ts';

function change(ratio: number, metric: string): ComparedChange {
  const cell = { workload: 'w', model: 'threads', runtime: 'r', params: '' } as const;
  const bounds = { kind: 'interval', low: ratio * 0.9, high: ratio * 1.1 } as const;
  return {
    status: 'compared',
    cell,
    metric: metricOf(metric),
    base: 1,
    head: ratio,
    ratio: { value: ratio, bounds },
    basis: { kind: 'runs', runs: 3 },
  };
}

const [slower, faster] = [change(2, 'wall_per_unit'), change(0.5, 'latency_p50')];

test.each([
  [[slower, slower, faster], '2 cells slower and 1 faster'],
  [[slower], '1 cell slower'],
  [[faster, faster], '2 cells faster'],
  [[slower, change(0.5, 'memory_per_unit')], '1 cell worse and 1 better'],
  [[change(0.5, 'overlap')], '1 cell worse'],
])('%# directions are counted apart, in the words of the metrics', (changes, words) => {
  expect(directionCounts(changes, 'cell')).toBe(words);
});
