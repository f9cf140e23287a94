import { describe, expect, it } from 'vitest';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { median } from '../stats/quantiles.ts';
import { compareResults } from './comparison.ts';

const results = (run: number) => fixtureResults({ run, runtimes: [fixtureRuntime('3.13.0')] });
const [base, head] = [results(50), results(51)];
const rowsOf = (...sides: Parameters<typeof compareResults>) => compareResults(...sides).cells.groups.flatMap(({ rows }) => rows);

describe('pooled medians', () => {
  const plain = rowsOf(base, head);
  const pooled = rowsOf({ ...base, pooled: true }, head);

  it('are those of all values, on the side that pools and in the ratio', () => {
    for (const { cell, metric, base: before, head: now, ratio } of pooled) {
      const values = base.samples.flatMap((sample) =>
        sample.status === 'measured' && JSON.stringify(sample.cell) === JSON.stringify(cell) ? (sample.values[metric.id] ?? []) : [],
      );
      expect(before.value).toBe(median(values));
      expect(ratio).toBe(before.value > 0 && now.value > 0 ? now.value / before.value : null);
    }
    expect(pooled.some(({ base: before }, index) => before.value !== plain[index]?.base.value)).toBe(true);
  });

  it('leave tests, intervals and the other side as they are', () => {
    const rest = (rows: typeof plain) => rows.map(({ outcome, base: before, head: now }) => ({ outcome, spread: before.spread, now }));
    expect(rest(pooled)).toEqual(rest(plain));
  });
});
