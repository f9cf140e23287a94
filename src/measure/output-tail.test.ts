import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';

import { fenceOutput, harmlessPhrase, readTail, tailLimit } from './output-tail.ts';

const cases: readonly (readonly [string, string])[] = [
  ['', ''],
  ['\n\n', ''],
  ['one\ntwo\n', '| one\n| two'],
  ['::error::x', '| : :error::x'],
  ['  ::error::x', '|   : :error::x'],
  ['a::b', '| a::b'],
  ['x ##[error]y', '| x ## [error]y'],
  ['50 %\r100 %\r\ndone', '| 50 %\n| 100 %\n| done'],
  ['\u001b[31mred', '| ␛[31mred'],
  ['a\u0085::error::x', '| a<U+0085>::error::x'],
  ['a\u2028::error::x', '| a<U+2028>::error::x'],
  ['\u202eevil\ufeff', '| <U+202E>evil<U+FEFF>'],
  ['\ud800half', '| \ufffdhalf'],
];

test.for(cases)('%j is kept as %j', ([output, kept]) => {
  expect(fenceOutput(output)).toBe(kept);
});

/** What the runner takes for a command (actions/runner, ActionCommand.cs). */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith('::') || line.includes('##[');
}

const hostileText = fc
  .array(fc.oneof(fc.string(), fc.constantFrom('::error::', '##[', '#', '[', ':', '\n', '\r', '\u2028', '\ufeff', ' ', '\u000b', '😀')), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

test('whatever is printed, no line is a command and the length is bounded', () => {
  fc.assert(
    fc.property(hostileText, fc.nat(3000), (text, padding) => {
      const kept = fenceOutput('x'.repeat(padding) + text);
      expect(kept.length).toBeLessThanOrEqual(tailLimit);
      expect(kept.split(/[\r\n]/).filter(isCommand)).toEqual([]);
      expect(kept.split('\n').every((line) => kept === '' || line.startsWith('| '))).toBe(true);
      expect(kept.isWellFormed()).toBe(true);
    }),
    { seed: 20261123, numRuns: 500 },
  );
});

test('a phrase is one line, bounded, and no command even where it is wrapped at a blank', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const phrase = harmlessPhrase(text, 50);
      expect(phrase.length).toBeLessThanOrEqual(50);
      expect(phrase.split(/\s/).filter(isCommand)).toEqual([]);
    }),
    { seed: 20261123, numRuns: 500 },
  );
});

test('the tail is the end', () => {
  expect(fenceOutput(`${'a'.repeat(5000)}the end`)).toMatch(/^\| a+the end$/);
});

test('the end of a file is read, with bytes that are no text', () => {
  const folder = mkdtempSync(join(tmpdir(), 'output-tail-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'output');
  writeFileSync(path, Buffer.concat([Buffer.alloc(20_000, 'x'), Buffer.from([0xff, 0x0a]), Buffer.from('last line')]));
  const descriptor = openSync(path, 'r');
  onTestFinished(() => closeSync(descriptor));
  expect(readTail(descriptor)).toHaveLength(4 * tailLimit);
  expect(readTail(descriptor)).toMatch(/x\ufffd\nlast line$/);
});
