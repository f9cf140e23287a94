import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeBlockStart, escapeCode, escapeMarkdown, fenceFor } from './markdown-escape.ts';

/** What a reader sees: references resolved, separators gone. */
function shown(markdown: string): string {
  return markdown.replaceAll(/&#(\d+);/g, (_, point: string) => String.fromCharCode(Number(point))).replaceAll('\u200b', '');
}

describe('escaping', () => {
  test('shows visible text exactly and leaves no markup in it', () => {
    const plain = fc.string({ unit: 'grapheme-ascii', maxLength: 60 });
    fc.assert(
      fc.property(plain, (content) => {
        const escaped = escapeMarkdown(content);
        expect(shown(escaped)).toBe(content);
        expect(escaped.replaceAll(/&#\d+;/g, '')).not.toMatch(/[\\`*[\]<>|~$]/);
        expect(escaped).not.toMatch(/@[^\u200b]/);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  test('keeps plain words readable in the source', () => {
    expect(escapeMarkdown("fan_out & the loop's p99: 3.2 ms (a < b)")).toBe("fan_out & the loop's p99: 3.2 ms (a &#60; b)");
    expect(escapeMarkdown('&lt; &#60;')).toBe('&#38;lt; &#38;#\u200b60;');
  });

  test('code is a span when nothing can end it, else an element', () => {
    expect(escapeCode('fan_out')).toBe('`fan_out`');
    expect(escapeCode('a|b')).toBe('<code>a&#124;b</code>');
    expect(escapeCode('`')).toBe('<code>&#96;</code>');
    expect(escapeCode('')).toBe('<code></code>');
  });

  test('nothing opens a list or a heading at the start of a block', () => {
    expect(escapeBlockStart('- x')).toBe('&#45; x');
    expect(escapeBlockStart('1. x')).toBe('&#49;. x');
    expect(escapeBlockStart('12) x')).toBe('&#49;2) x');
    expect(escapeBlockStart('# x')).toBe('&#35; x');
    expect(escapeBlockStart('3.13 works')).toBe('&#51;.13 works');
  });

  test('a fence is longer than any run of backticks', () => {
    expect(fenceFor('plain')).toBe('```');
    expect(fenceFor('a ````` b')).toBe('``````');
  });
});
