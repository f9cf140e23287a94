import { describe, expect, test } from 'vitest';
import { ResourceWatch } from './resource-watch.ts';

/** A watch on readings: what the system uses at first and at each look, and what the sample holds. */
function watch({ used, held, limit }: { readonly used: readonly number[]; readonly held: number; readonly limit: number }) {
  const readings = [...used];
  let weighed = 0;
  const memory = {
    resource: 'memory' as const,
    limit,
    used: () => readings.shift() ?? Number.NaN,
    held: () => {
      weighed += 1;
      return held;
    },
  };
  const watched = new ResourceWatch([memory]);
  return { looks: used.slice(1).map(() => watched.exceeded()?.resource ?? null), weighed };
}

describe('a sample', () => {
  test('that takes more than its limit is told by what it took', () => {
    expect(watch({ used: [100, 150, 201], held: 90, limit: 100 }).looks).toEqual([null, 'memory']);
  });

  test('does not gain by what others give back', () => {
    expect(watch({ used: [500, 100, 201], held: 90, limit: 100 }).looks).toEqual([null, 'memory']);
  });

  test('that holds less than half of it leaves the use to others', () => {
    expect(watch({ used: [100, 500], held: 49, limit: 100 }).looks).toEqual([null]);
  });

  test('is not weighed before the system has used that much more', () => {
    expect(watch({ used: [100, 120, 200, 90], held: 1000, limit: 100 }).weighed).toBe(0);
  });
});
