/** Below this the power series needs fewer terms, above it the continued fraction does; both hold 14 digits around it. */
const seriesUntil = 3;

/** Enough for 15 digits on either side of `seriesUntil`; the loops stop earlier by themselves. */
const mostTerms = 200;

const rootTwoPi = Math.sqrt(2 * Math.PI);

/**
 * P(Z > z) for the standard normal distribution, right to about 1e-13 relative in the upper tail too, where a
 * correction for many comparisons needs it. Abramowitz and Stegun 1964: the series 26.2.11 near zero, the continued
 * fraction 26.2.14 beyond.
 */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) throw new RangeError('the normal distribution needs a number, got NaN');
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z === Number.POSITIVE_INFINITY) return 0;
  const density = Math.exp((-z * z) / 2) / rootTwoPi;
  return z < seriesUntil ? 1 / 2 - density * centralSeries(z) : density * tailFraction(z);
}

/** (P(Z < z) - 1/2) / density: z + z^3/3 + z^5/15 + … */
function centralSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let index = 1; index < mostTerms && term > sum * Number.EPSILON; index += 1) {
    term *= (z * z) / (2 * index + 1);
    sum += term;
  }
  return sum;
}

/** P(Z > z) / density = 1/(z + 1/(z + 2/(z + 3/(z + …)))), from the far end back to the first term. */
function tailFraction(z: number): number {
  let below = z;
  for (let index = mostTerms; index >= 1; index -= 1) below = z + index / below;
  return 1 / below;
}
