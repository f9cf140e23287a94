import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from './name-pattern.ts';

describe('matchesPattern', () => {
  it.each([
    ['chat_server', 'chat_server'],
    ['chat*', 'chat_server'],
    ['*server', 'chat_server'],
    ['c*r', 'chat_server'],
    ['*e*e*', 'chat_server'],
    ['*', ''],
    ['**', 'x'],
    ['chat_server*', 'chat_server'],
    ['async?o', 'asyncio'],
    ['*3.14', 'cpython-3.14'],
    ['*', '*'],
  ])('%j fits %j', (pattern, name) => {
    expect(matchesPattern(pattern, name)).toBe(true);
  });

  it.each([
    ['chat', 'chat_server'],
    ['server', 'chat_server'],
    ['', 'x'],
    ['?', ''],
    ['asyncio?', 'asyncio'],
    ['3.1?', '3x14'],
    ['3[0-9]', '31'],
    ['c*x', 'chat_server'],
    ['(a', 'a'],
  ])('%j does not fit %j', (pattern, name) => {
    expect(matchesPattern(pattern, name)).toBe(false);
  });

  it('agrees with a regular expression of the same meaning', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, name, (given, text) => {
        const expression = given.replaceAll('.', '\\.').replaceAll(/\*+/g, '.*').replaceAll('?', '.');
        expect(matchesPattern(given, text)).toBe(new RegExp(`^${expression}$`).test(text));
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  it('answers at once where a backtracking expression would not', () => {
    const started = performance.now();
    expect(matchesPattern(`${'*a'.repeat(40)}b`, 'a'.repeat(5000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
