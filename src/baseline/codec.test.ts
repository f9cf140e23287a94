import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { decodeResults, encodeResults } from './codec.ts';

const reasonOf = (source: string) => {
  const decoded = decodeResults(source);
  return decoded.ok ? 'accepted' : decoded.reason;
};

describe('the codec', () => {
  it('reads what it wrote', () => {
    const results = resultsDocument();
    expect(decodeResults(encodeResults(results))).toEqual({ ok: true, results });
  });

  it('reads every warning it may hold', () => {
    const warnings = [
      { code: 'no baseline', runtime: '3.13.0', stored: false },
      { code: 'packages changed', runtime: '3.13.0', changes: 'aiohttp 3.13.2 → 3.14.3' },
      { code: 'not stored', reason: 'The disk is full.' },
      { code: 'baseline damaged', file: 'a.jsonl', line: 0, reason: 'It cannot be read.' },
    ] as const;
    const results = resultsDocument({ warnings });
    expect(decodeResults(encodeResults(results))).toEqual({ ok: true, results });
    expect(reasonOf(encodeResults(results).replace(',"stored":false', ''))).toContain('warnings');
  });

  it.each([
    ['', 'not JSON'],
    ['{"schema":1', 'not JSON'],
    ['null', 'not a results document'],
    ['[]', 'not a results document'],
    [JSON.stringify({ ...resultsDocument(), schema: 3 }), 'schema version 3; this program reads up to 2. Update'],
    [JSON.stringify({ ...resultsDocument(), schema: '2' }), 'schema'],
    [JSON.stringify({ ...resultsDocument(), schema: 0 }), 'schema'],
    [JSON.stringify({ ...resultsDocument(), schema: 1, shard: 'x' }), 'shard'],
    [JSON.stringify({ ...resultsDocument(), commit: 'main' }), 'is not a commit id'],
    [JSON.stringify({ ...resultsDocument(), runId: 'a\u0007' }), 'control character'],
    [JSON.stringify({ ...resultsDocument(), extra: 1 }), 'extra'],
    [JSON.stringify({ ...resultsDocument(), workloads: [] }), 'a workload that is not described'],
    [JSON.stringify({ ...resultsDocument(), runtimes: [] }), 'a runtime that is not described'],
    [encodeResults(resultsDocument()).replace('[0.01,0.011]', '[0.01]'), 'differ in length'],
    [encodeResults(resultsDocument()).replace('[0.01,0.011]', '[0.01,null]'), 'calibration'],
    [encodeResults(resultsDocument()).replace('"cpu_per_unit":[', '"__proto__":['), 'not a results document'],
  ])('refuses %s', (source, reason) => {
    expect(reasonOf(source)).toContain(reason);
  });

  it('will not write a number that would read back as null', () => {
    const [sample] = resultsDocument().samples;
    if (sample?.status !== 'measured') throw new Error('the fixture changed');
    const broken = { ...sample, values: { cpu_per_unit: [Number.NaN, 1] } };
    expect(() => encodeResults(resultsDocument({ samples: [broken] }))).toThrow(/cannot be written: samples.*NaN/);
  });

  it('never throws, whatever byte of a document is lost or changed', () => {
    const whole = encodeResults(resultsDocument());
    const damage = fc.record({ at: fc.nat(whole.length - 1), length: fc.integer({ min: 0, max: 40 }), text: fc.string({ maxLength: 6 }) });
    fc.assert(
      fc.property(damage, ({ at, length, text }) => {
        const decoded = decodeResults(whole.slice(0, at) + text + whole.slice(at + length));
        return decoded.ok || decoded.reason.length > 10;
      }),
      { seed: 20_261_123, numRuns: 500 },
    );
  });
});
