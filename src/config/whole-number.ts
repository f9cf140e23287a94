import { z } from 'zod';

/** A whole number within bounds, as a number or in digits. */
export function wholeNumber(least: number, most: number) {
  const message = `is not a whole number from ${least} to ${most}`;
  const given = (value: unknown) => (typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value);
  return z.preprocess(given, z.int(message).min(least, message).max(most, message));
}
