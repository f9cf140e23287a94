import { largestFigure } from './schema-scalars.ts';

// What the schemas of the same scalars say, told within nanoseconds: a file holds millions of them. None of these is ever
// true for what its schema refuses.

/** A figure in base units. */
export function isFigure(value: unknown): value is number {
  return typeof value === 'number' && value <= largestFigure && value >= -largestFigure;
}

/** Seconds, finite and not negative. */
export function isSeconds(value: unknown): value is number {
  return isFigure(value) && value >= 0;
}

/** A whole number that is not negative. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** A name; any that is not plainly harmless is left to the schema. */
export function isPlainName(value: unknown): value is string {
  return typeof value === 'string' && (value === '' || /^[\w.=,+ -]{1,200}$/.test(value));
}

/** A name that values are found by; see `isPlainName`. */
export function isPlainKey(value: string): boolean {
  return isPlainName(value) && value !== 'constructor' && value !== 'prototype' && value !== '__proto__';
}

/** A list that is not longer than `longest` and whose every item passes. */
export function isListOf(value: unknown, longest: number, isItem: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= longest && value.every(isItem);
}
