import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import type { Results } from '../model/results.ts';
import type { Shard } from '../model/shard.ts';
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

  const planOf = (part: Partial<Shard>): Partial<Results> => ({
    shard: { run: 'plan', index: 1, pythons: [['3.13', 2]], workloads: ['spawn'], cells: 2, ...part },
  });
  const pythons = (count: number, shards: number) => Array.from({ length: count }, (_, at) => [`3.${at}`, shards] as const);

  it.each<readonly [string, Partial<Shard>, string]>([
    ['more Pythons than a workflow has jobs', { pythons: pythons(257, 1) }, 'shard.pythons'],
    ['a Python with more shards', { pythons: [['3.13', 257]] }, 'shard.pythons.0.1'],
    ['more shards in all', { pythons: pythons(129, 2) }, 'shard: is of a plan with more shards than a workflow has jobs'],
    ['a Python without a shard', { pythons: [['3.13', 0]] }, 'shard.pythons.0.1'],
    ['a place outside', { index: 3 }, 'shard: lies outside its plan'],
    ['a Python in two lines', { pythons: [['3.13\n::error::', 2]] }, 'shard.pythons.0.0: holds a control character'],
    ['a Python without a name', { pythons: [['', 2]] }, 'shard.pythons.0.0'],
    ['a name in two lines', { run: 'a\nb' }, 'shard.run: holds a control character'],
  ])('refuses a plan of %s', (_, part, reason) => {
    expect(reasonOf(JSON.stringify(resultsDocument(planOf(part))))).toContain(reason);
  });

  it('reads the largest plan', () => {
    expect(reasonOf(encodeResults(resultsDocument(planOf({ index: 256, pythons: pythons(256, 1) }))))).toBe('accepted');
  });

  const { runtimes, workloads, leftOut } = resultsDocument();
  const none: Partial<Results> = { runtimes: [], workloads: [], leftOut: [], samples: [] };

  it.each<readonly [string, Partial<Results>]>([
    ['a workload', { workloads: workloads.map((each) => ({ ...each, id: 'spa*n' })) }],
    ['a runtime', { runtimes: runtimes.map((each) => ({ ...each, id: 'cpython-3.13.?' })) }],
    ['the workload of a cell that was left out', { leftOut: leftOut.map((each) => ({ ...each, workload: '*' })) }],
    ['the runtime of a cell that was left out', { leftOut: leftOut.map((each) => ({ ...each, runtime: '?' })) }],
    ['a workload of a plan', planOf({ workloads: ['spaw?'] })],
  ])('refuses a name of %s that would stand for others in a pattern', (_, part) => {
    expect(reasonOf(JSON.stringify(resultsDocument({ ...none, ...part })))).toContain('holds a * or ?');
  });

  it.each([
    ['workload', '"workload":"spawn"', '"workload":"spa*n"'],
    ['runtime', '"runtime":"cpython-', '"runtime":"?python-'],
    ['parameter', '"params":""', '"params":"n=?"'],
  ])('refuses a cell whose %s would stand for others in a pattern', (_, name, other) => {
    const whole = encodeResults(resultsDocument({ leftOut: [] }));
    expect(whole).toContain(name);
    expect(reasonOf(whole.replace(name, other))).toMatch(/samples\.0\.cell.*holds a \* or \?/);
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
