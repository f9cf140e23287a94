import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metrics } from '../model/metric.ts';
import { defaultThreshold } from './threshold.ts';
import { isDeterministic, judgeDeterministic } from './threshold-deterministic.ts';

const judge = (base: readonly number[], head: readonly number[], better: 'lower' | 'higher' = 'lower') =>
  judgeDeterministic({ head, base, better, threshold: defaultThreshold });

describe('judgeDeterministic', () => {
  it.each([
    [[100, 101, 100], [112, 111, 112], 'regression'],
    [[112, 111, 112], [100, 101, 100], 'improvement'],
    [[100, 101, 100], [104, 105, 104], 'no change'],
    [[100, 100], [100, 100], 'no change'],
    [[100, 130, 100], [112, 111, 112], 'inconclusive'],
  ])('%j to %j is %s', (base, head, kind) => {
    expect(judge(base, head).kind).toBe(kind);
  });

  it('turns around where more is better: an overlap factor that falls from 5 to 1', () => {
    expect(judge([5, 5, 4.9], [1, 1, 1], 'higher')).toEqual({ kind: 'regression', worsening: 4 });
    expect(judge([1, 1, 1], [5, 5, 4.9], 'higher').kind).toBe('improvement');
  });

  it.each([
    [[1], [2, 2]],
    [[], []],
    [
      [0, 0],
      [5, 5],
    ],
    [
      [1, 1],
      [Number.NaN, 2],
    ],
    [
      [1, 1],
      [2, Number.POSITIVE_INFINITY],
    ],
  ])('gives a reason instead of a verdict: %j to %j', (base, head) => {
    const found = judge(base, head);
    expect(found.kind).toBe('none');
    expect(found.kind === 'none' && found.reason.length).toBeGreaterThan(10);
  });

  it('does not depend on order or unit, and turns over with the sides', () => {
    const side = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 6 });
    const mirror = { regression: 'improvement', improvement: 'regression' } as Readonly<Record<string, string>>;
    fc.assert(
      fc.property(side, side, (base, head) => {
        const { kind } = judge(base, head);
        expect(judge(base.toReversed(), head.toReversed()).kind).toBe(kind);
        expect(
          judge(
            base.map((v) => v * 1024),
            head.map((v) => v * 1024),
          ).kind,
        ).toBe(kind);
        expect(judge(head, base).kind).toBe(mirror[kind] ?? kind);
      }),
      { seed: 31 },
    );
  });

  it('knows which metrics are counts of what the program does', () => {
    expect(metrics.filter(isDeterministic).map(({ id }) => id)).toEqual([
      'overlap',
      'peak_threads',
      'memory_per_unit',
      'virtual_memory_per_unit',
    ]);
  });
});
