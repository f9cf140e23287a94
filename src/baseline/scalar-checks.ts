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

/** A list of figures in base units. A loop for each kind of list: a check that is handed in costs ten times as much. */
export function areFigures(value: unknown, longest: number): value is readonly number[] {
  if (!Array.isArray(value) || value.length > longest) return false;
  for (let index = 0; index < value.length; index += 1) if (!isFigure(value[index])) return false;
  return true;
}

/** A list of figures, some of which may be null. */
export function areFiguresOrNull(value: unknown, longest: number): value is readonly (number | null)[] {
  if (!Array.isArray(value) || value.length > longest) return false;
  for (let index = 0; index < value.length; index += 1) if (value[index] !== null && !isFigure(value[index])) return false;
  return true;
}

/** A list of seconds. */
export function areSeconds(value: unknown, longest: number): value is readonly number[] {
  if (!Array.isArray(value) || value.length > longest) return false;
  for (let index = 0; index < value.length; index += 1) if (!isSeconds(value[index])) return false;
  return true;
}
