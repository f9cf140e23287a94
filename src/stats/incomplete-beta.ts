import { gammaln } from 'simple-statistics';

/** Where the continued fraction stops: near the resolution of a double. */
const precision = 1e-15;

/** Far more steps than any degrees of freedom used here need; the fraction converges in O(sqrt(max(a, b))). */
const mostSteps = 10_000;

/** Stands in for zero in a denominator of the continued fraction (Lentz's method). */
const tiny = 1e-300;

/**
 * The regularised incomplete beta function I_x(a, b), x in [0, 1]; the symmetric form where the fraction converges faster.
 *
 * @param rest 1 - x, by itself: where x rounds to 1 it holds what is left of a small t
 */
export function incompleteBeta({ x, rest }: { readonly x: number; readonly rest: number }, a: number, b: number): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const logs = x < rest ? ([Math.log(x), Math.log1p(-x)] as const) : ([Math.log1p(-rest), Math.log(rest)] as const);
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * logs[0] + b * logs[1]);
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(rest, b, a)) / b;
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
