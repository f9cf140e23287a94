import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasReservedKey } from './json-text.ts';
import { isMeasuredSample } from './quick-sample.ts';
import { measured } from './sample.fixture.ts';
import { measuredSample } from './sample-schema.ts';

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(0, 1, -1, 0.5, Number.POSITIVE_INFINITY, 1e301, 2 ** 53, '', 'a\u0007', 'n=?', null, [], [1, null], {}),
);

/** Objects as JSON makes them: a key named __proto__ is one of their own. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A sample with one part of it, at whatever depth, put in another's place. */
const changed = fc
  .tuple(measured, fc.nat(), odd, fc.constantFrom('replace', 'add', 'remove', 'rename'))
  .map(([sample, pick, value, how]) => {
    const copy = plain(sample);
    const places = placesIn(copy);
    const [object, key] = places[pick % places.length] ?? [];
    if (object === undefined || key === undefined) throw new Error('a sample has parts');
    const hostile = ['__proto__', 'constructor', 'prototype', 'x'][pick % 4] ?? 'x';
    if (how === 'replace') object[key] = value;
    if (how === 'add') Object.defineProperty(object, hostile, { value, enumerable: true, configurable: true, writable: true });
    if (how === 'remove' || how === 'rename') delete object[key];
    if (how === 'rename') Object.defineProperty(object, hostile, { value: [1], enumerable: true, configurable: true, writable: true });
    return plain(copy);
  });

function placesIn(value: unknown): readonly (readonly [object: Record<string, unknown>, key: string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const object: Record<string, unknown> = value as Record<string, unknown>;
  return Object.keys(object).flatMap((key) => [[object, key] as const, ...placesIn(object[key])]);
}

describe('the quick look at a sample', () => {
  it('takes nearly every sample that a process delivers', () => {
    const samples = fc.sample(measured, { seed: 1, numRuns: 200 }).map(plain);
    expect(samples.filter(isMeasuredSample).length).toBeGreaterThan(50);
  });

  it('never takes what the schema refuses, nor a name that reaches a prototype', () => {
    let taken = 0;
    fc.assert(
      fc.property(changed, (value) => {
        if (!isMeasuredSample(value)) return;
        taken += 1;
        expect(measuredSample.safeParse(value).success).toBe(true);
        expect(hasReservedKey(value)).toBe(false);
      }),
      { seed: 7, numRuns: 5000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
