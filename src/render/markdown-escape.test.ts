import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeAddress, escapeBlockStart, escapeCode, escapeMarkdown, fenceFor } from './markdown-escape.ts';

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
    expect(escapeBlockStart('    code')).toBe('code');
  });

  test('a fence is longer than any run of backticks', () => {
    expect(fenceFor('plain')).toBe('```');
    expect(fenceFor('a ````` b')).toBe('``````');
  });
});

test('an address leads to the web and cannot end the link', () => {
  expect(escapeAddress('https://github.com/o/r/actions/runs/1?a=b&c=d#e')).toBe('https://github.com/o/r/actions/runs/1?a=b&c=d#e');
  expect(escapeAddress('https://x.y/a) [b](c "d"<e>*|\\`')).toBe('https://x.y/a%29%20%5Bb%5D%28c%20%22d%22%3Ce%3E%2A%7C%5C%60');
  expect(escapeAddress('https://x.y/\ud800ü')).toBe('https://x.y/%EF%BF%BD%C3%BC');
  for (const other of ['javascript:alert(1)', 'data:text/html,x', '//x.y', 'https:', 'https:///x', ' https://x.y', 'ftp://x.y']) {
    expect(escapeAddress(other), other).toBeNull();
  }
});

test('names of emoji are left as text, and times of day as they are', () => {
  expect(escapeMarkdown(':tada: :+1: :100: a::b:')).toBe(':\u200btada: :\u200b+1: :\u200b100: a::\u200bb:');
  expect(escapeMarkdown('at 12:30:15')).toBe('at 12:30:15');
});
