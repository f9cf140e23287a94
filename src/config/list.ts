import { z } from 'zod';

/** Splits "a, b" or a block of lines into its items; a number is a list of one; anything else is left as it is. */
export function itemsOf(given: unknown): unknown {
  if (typeof given === 'number') return [given];
  return typeof given === 'string' ? given.split(/[\s,]+/).filter((item) => item !== '') : given;
}

/** A list of words, from text or from a list. */
export const list = z.preprocess(itemsOf, z.array(z.coerce.string(), 'is not a list such as "a, b"'));
