import { describe, expect, test } from 'vitest';
import { displayWidth, padded, wrapped } from './display-width.ts';
import { code, heading, lineBreak, paragraph, table, text } from './document.ts';
import { manyLines, shortened, singleLine, utf8Bytes } from './plain-text.ts';
import { terminalOf } from './terminal.ts';

describe('display width', () => {
  test('counts columns, not units', () => {
    expect(displayWidth('abc')).toBe(3);
    expect(displayWidth('日本')).toBe(4);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(padded('日', 4)).toBe('日  ');
  });

  test('wraps at blanks, keeps a number with its unit, breaks a word that is too long', () => {
    expect(wrapped('threads 30.5 ms, asyncio 2 ms', 12)).toEqual(['threads', '30.5 ms,', 'asyncio 2 ms']);
    expect(wrapped('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrapped('holds [12]', 7)).toEqual(['holds [', '12]']);
  });
});

describe('plain text', () => {
  test('is one line, visible, and cut between characters', () => {
    expect(singleLine('a\r\nb\tc\u202ed\u0007')).toBe('a b c\ufffdd\ufffd');
    expect(shortened('😀😀😀', 2)).toBe('😀…');
    expect(manyLines('a\u001b[31m\r\nb')).toEqual(['a\ufffd[31m', 'b']);
    expect(utf8Bytes('aµ…😀')).toBe(1 + 2 + 3 + 4);
  });
});

describe('terminal document', () => {
  test('aligns columns and separates rows of several lines', () => {
    const rows = [
      [[text('one')], [text('1')]],
      [[code('two'), lineBreak, text('more')], [text('22')]],
    ];
    expect(terminalOf([heading(1, 'T'), table(['Name', 'n'], rows)], { width: 60 })).toBe(
      'T\n═\n\nName  n\n────  ──\none   1\n\ntwo   22\nmore\n',
    );
  });

  test('writes a table row by row when its columns do not fit', () => {
    const columns = Array.from({ length: 9 }, (_, index) => `c${index}`);
    const output = terminalOf([table(columns, [columns.map((column) => [text(`value ${column}`)])])], { width: 40 });
    expect(output.split('\n')[0]).toBe('c0: value c0');
  });

  test('names what is folded away', () => {
    expect(terminalOf([paragraph(text('a')), { kind: 'fold', summary: 'All', blocks: [] }], { width: 60 })).toBe(
      'a\n\nIn the report file: All.\n',
    );
  });

  test('an empty cell or a row of another length is a fault', () => {
    expect(() => table(['a', 'b'], [[[text('x')], []]])).toThrow('a table cell is empty');
    expect(() => table(['a', 'b'], [[[text('x')]]])).toThrow('a row of 1 cells');
  });
});
