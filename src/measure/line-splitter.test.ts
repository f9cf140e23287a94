import fc from 'fast-check';
import { expect, test } from 'vitest';

import { LineSplitter, protocolLimitBytes } from './line-splitter.ts';
import { lineLimitBytes } from './worker-protocol.ts';

test('lines are the same however the bytes are cut', () => {
  const text = fc.array(
    fc.string({ unit: 'grapheme' }).filter((line) => !line.includes('\n')),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(text, fc.array(fc.nat(40)), (lines, cuts) => {
      const bytes = Buffer.from(`${lines.map((line) => `${line}\n`).join('')}rest`);
      const splitter = new LineSplitter();
      const heard: string[] = [];
      let from = 0;
      for (const cut of [...cuts, bytes.length]) {
        heard.push(...splitter.push(bytes.subarray(from, from + cut)).lines);
        from += cut;
      }
      expect(heard).toEqual(lines);
    }),
    { seed: 20261123 },
  );
});

test('a line may be as long as the limit and not longer', () => {
  expect(new LineSplitter().push(Buffer.alloc(lineLimitBytes, 'x')).fault).toBeNull();
  expect(new LineSplitter().push(Buffer.alloc(lineLimitBytes + 1, 'x')).fault).toMatch(/longer than 65536/);
});

test('the whole is bounded too', () => {
  const splitter = new LineSplitter();
  const block = Buffer.from(`${'x'.repeat(1023)}\n`);
  for (let sent = 0; sent < protocolLimitBytes; sent += block.length) expect(splitter.push(block).fault).toBeNull();
  expect(splitter.push(block)).toEqual({ lines: [], fault: 'it sent more than 4194304 bytes over the protocol' });
});
