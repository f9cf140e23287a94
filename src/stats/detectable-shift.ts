import { criticalValue } from './critical-value.ts';

/** Chance that an effect of the stated size is seen. */
const detectionPower = 0.9;

/** Degrees of freedom at which Student's t is the normal distribution to six digits. */
const nearlyNormal = 1e6;

/** How far a statistic of unit error lies, in nine cases of ten, at most below its expectation. */
export const powerReach = criticalValue(detectionPower, nearlyNormal);

/**
 * The shift, in standard errors, at which a one-sided t test rejects nine times of ten: t (1 - 1/(4 df)) + z sqrt(1 +
 * t^2/(2 df)), the normal approximation of the noncentral t (Johnson and Welch, Biometrika 31, 1940). t + t(0.9), which is
 * often used, is too small where df is: at 11 degrees of freedom and a level of 2e-4 such a shift is seen eight times of ten.
 *
 * @param level of the test, in (0, 0.5); @param df degrees of freedom, > 0
 */
export function detectableShift(level: number, df: number): number {
  const t = criticalValue(1 - level, df);
  return t * (1 - 1 / (4 * df)) + powerReach * Math.sqrt(1 + (t * t) / (2 * df));
}
