import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, textOf } from './lossless-text.ts';

describe('lossless text', () => {
  it('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(bytesOf(textOf(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('reads the lines that are UTF-8 beside one that is not', () => {
    const text = textOf(Buffer.concat([Buffer.from('"ü"\n'), Buffer.from([0x22, 0xff, 0x22]), Buffer.from('\n{"a":"👩‍👩‍👧"}\r\n')]));
    expect(text.split('\n')).toEqual(['"ü"', '"\udcff"', '{"a":"👩‍👩‍👧"}\r', '']);
  });

  it('keeps a byte order mark and UTF-16', () => {
    for (const bytes of [Buffer.from('\ufeff{}\n'), Buffer.from('{"a":1}\n', 'utf16le')]) expect(bytesOf(textOf(bytes))).toEqual(bytes);
  });
});
