import { gammaln } from 'simple-statistics';

/** Where the continued fraction stops: near the resolution of a double. */
const precision = 1e-15;

/** Far more steps than any degrees of freedom used here need; the fraction converges in O(sqrt(max(a, b))). */
const mostSteps = 10_000;

/** Stands in for zero in a denominator of the continued fraction (Lentz's method). */
const tiny = 1e-300;

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
  return incompleteBeta(df / (df + t * t), df / 2, 1 / 2) / 2;
}

/** The regularised incomplete beta function I_x(a, b), x in [0, 1]; the symmetric form where the fraction converges faster. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22) by the modified Lentz algorithm. */
function betaFraction(x: number, a: number, b: number): number {
  let numerator = 1;
  let denominator = inverse(1 - ((a + b) * x) / (a + 1));
  let fraction = denominator;
  for (let step = 1; step <= mostSteps; step += 1) {
    const even = (step * (b - step) * x) / ((a + 2 * step - 1) * (a + 2 * step));
    denominator = inverse(1 + even * denominator);
    numerator = awayFromZero(1 + even / numerator);
    fraction *= denominator * numerator;
    const odd = (-(a + step) * (a + b + step) * x) / ((a + 2 * step) * (a + 2 * step + 1));
    denominator = inverse(1 + odd * denominator);
    numerator = awayFromZero(1 + odd / numerator);
    fraction *= denominator * numerator;
    if (Math.abs(denominator * numerator - 1) < precision) return fraction;
  }
  throw new RangeError(`the incomplete beta function did not converge for x = ${x}, a = ${a}, b = ${b}`);
}

function inverse(value: number): number {
  return 1 / awayFromZero(value);
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
