import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeResults, encodeResults } from './codec.ts';
import { anyResults } from './results.fixture.ts';

const options = { seed: 4, numRuns: 400 };

it('reads back whatever it wrote', () => {
  fc.assert(
    fc.property(anyResults, (results) => {
      expect(decodeResults(encodeResults(results))).toEqual({ ok: true, results });
    }),
    options,
  );
});

it('writes equal results as equal text, in whatever order their keys were put', () => {
  fc.assert(
    fc.property(anyResults, (results) => {
      const text = encodeResults(results);
      expect(encodeResults({ ...reversed(results), schema: 2 })).toBe(text);
      const read = decodeResults(text);
      expect(read.ok && encodeResults(read.results)).toBe(text);
    }),
    options,
  );
});

/** The same document with its own keys the other way round. */
function reversed<T extends object>(document: T): T {
  return Object.assign(
    Object.create(Object.prototype),
    ...Object.entries(document)
      .toReversed()
      .map(([key, value]) => ({ [key]: value })),
  );
}
