import { incompleteBeta } from './incomplete-beta.ts';

/**
 * P(T <= t) for Student's t with `df` > 0 degrees of freedom, not necessarily whole.
 * By the incomplete beta function: Abramowitz and Stegun 1964, 26.7.1 with 26.5.27. Infinite `t` is allowed.
 */
export function studentCumulative(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) throw new RangeError(`Student's t needs a number and df > 0, got t = ${t}, df = ${df}`);
  const tail = upperTail(Math.abs(t), df);
  return t > 0 ? 1 - tail : tail;
}

/**
 * The t with P(T <= t) = p, for p in (0, 1) and `df` > 0 degrees of freedom, not necessarily whole.
 * By bisection of the tail: slow and sure, right to about 1e-12 relative.
 */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile needs p in (0, 1), got ${p}`);
  if (!(df > 0)) throw new RangeError(`Student's t needs df > 0, got ${df}`);
  if (p === 0.5) return 0;
  const size = quantileOfTail(Math.min(p, 1 - p), df);
  return p > 0.5 ? size : -size;
}

function quantileOfTail(tail: number, df: number): number {
  let low = 0;
  let high = 1;
  while (upperTail(high, df) > tail) high *= 2;
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (upperTail(middle, df) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(T > t) for t >= 0. */
function upperTail(t: number, df: number): number {
  if (t === Number.POSITIVE_INFINITY) return 0;
  return incompleteBeta({ x: df / (df + t * t), rest: 1 / (1 + df / (t * t)) }, df / 2, 1 / 2) / 2;
}
