import { mean, standardDeviation } from '../../src/stats/quantiles.ts';
import { studentQuantile } from '../../src/stats/student-t.ts';

/** Student's t of two sets of the same size, base - head, as pyperf computes it, and the |t| that it calls significant. */
export interface PooledT {
  readonly t: number;
  readonly limit: number;
}

/** The pooled t (pyperf's `tscore`) at 95 %; null where it has none: sizes differ, fewer than two values, or no spread. */
export function pooledT(base: readonly number[], head: readonly number[]): PooledT | null {
  if (base.length !== head.length || base.length < 2) return null;
  const error = Math.sqrt((standardDeviation(base) ** 2 + standardDeviation(head) ** 2) / base.length);
  if (error === 0) return null;
  return { t: (mean(base) - mean(head)) / error, limit: studentQuantile(0.975, 2 * base.length - 2) };
}
