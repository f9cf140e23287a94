import { expect, test } from 'vitest';
import { lastLine, printable } from './printable.ts';

test.each([
  ['one\n  two\r\n\tthree', 'one two three'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['a\u0000b\u2028c', 'a b c'],
  ['::error::x\n::add-mask::y', '::error::x ::add-mask::y'],
  ['see https://user:secret@index.example/simple now', 'see https://***@index.example/simple now'],
])('%j becomes one harmless line', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('long text is cut', () => {
  expect(printable('x'.repeat(5000))).toHaveLength(300);
});

test('the last line that says something', () => {
  expect(lastLine('first\nlast\n\n  \n')).toBe('last');
  expect(lastLine('')).toBe('');
});
