import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../model/user-error.ts';
import { encodeResults } from './codec.ts';
import { readComparedFile } from './compared-file.ts';
import { anyResults } from './results.fixture.ts';

const scratch = mkdtempSync(join(tmpdir(), 'compared-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const read = (content: string | Buffer, name = 'side.json') => {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return readComparedFile(path);
};

const suite = (...benchmarks: readonly unknown[]) => JSON.stringify({ version: '1.0', benchmarks });
const benchmark = (metadata: unknown, ...values: readonly unknown[]) => ({ metadata, runs: values.map((each) => ({ values: each })) });

describe('a file of pyperf', () => {
  it('becomes results: a benchmark a cell, a run with values a process', async () => {
    const metadata = { name: 'x', unit: 'byte', python_version: '3.13.1 (64-bit)', python_implementation: 'cpython', cpu_count: 4 };
    const { samples, runtimes, workloads, machine, warnings } = await read(suite(benchmark(metadata, [1, 2], [], [3])));
    expect(samples.map((sample) => (sample.status === 'measured' ? sample.values : null))).toEqual([
      { pyperf_value: [1, 2] },
      { pyperf_value: [3] },
    ]);
    expect(runtimes).toMatchObject([{ id: 'cpython-3.13.1-gil-not recorded', python: '3.13.1', freeThreaded: false }]);
    expect(workloads).toMatchObject([{ id: 'x', gates: { sequential: 'pyperf_value' }, metrics: { pyperf_value: { unit: 'B' } } }]);
    expect(machine.cpus).toBe(4);
    expect(warnings).toEqual([{ code: 'pyperf file', file: 'side.json', benchmarks: 1, withoutPython: 0, empty: 0, mostValues: 2 }]);
  });

  it('is read where nothing but figures is known, and says so', async () => {
    const { runtimes, workloads, created, warnings } = await read(suite({ runs: [{ values: [1] }] }, { runs: [{ warmups: [[1, 2]] }] }));
    expect(workloads.map(({ id }) => id)).toEqual(['benchmark 1']);
    expect(runtimes.map(({ python }) => python)).toEqual(['not recorded']);
    expect(Date.parse(created)).toBeGreaterThan(Date.parse('2020-01-01'));
    expect(warnings).toMatchObject([{ withoutPython: 1, empty: 1 }]);
  });

  it('knows a free-threaded build by how it was configured, and the earliest date', async () => {
    const metadata = { name: 'x', python_version: '3.14.0 (64-bit)', python_config_args: "'--disable-gil'" };
    const runs = ['2026-02-01 10:00:00.5', '2026-01-31 23:00:00'].map((date) => ({ metadata: { date }, values: [1] }));
    const { runtimes, created } = await read(suite({ metadata, runs }));
    expect(runtimes[0]?.freeThreaded).toBe(true);
    expect(created).toBe('2026-01-31T23:00:00.000Z');
  });

  it.each([
    ['another version', JSON.stringify({ version: 6, benchmarks: [] }), /file format 6, and only 1\.0 is read/],
    ['no benchmark', suite(), /It is not a pyperf file: benchmarks/],
    ['a value of zero', suite(benchmark({}, [0])), /It is not a pyperf file: benchmarks\.0\.runs\.0\.values\.0/],
    ['a value that is none', suite(benchmark({}, ['1'])), /It is not a pyperf file/],
    ['an endless value', '{"version":"1.0","benchmarks":[{"runs":[{"values":[1e999]}]}]}', /It is not a pyperf file/],
    ['no value at all', suite({ runs: [{}] }), /without a measured value/],
    ['a name twice', suite(benchmark({ name: 'x' }, [1]), benchmark({ name: 'x' }, [2])), /two benchmarks called x\./],
    ['a reserved name', '{"version":"1.0","benchmarks":[{"metadata":{"__proto__":1},"runs":[]}]}', /reserved name __proto__/],
    ['half a file', suite(benchmark({}, [1])).slice(0, -9), /It is not JSON/],
    ['neither', '{"benchmarks":[]}', /not a results document/],
    ['damaged gzip', gzipSync(suite(benchmark({}, [1]))).subarray(0, 30), /damaged gzip data/],
    ['a bomb', gzipSync(Buffer.alloc(129 * 2 ** 20)), /Unpacked it has more than/],
  ])('is refused by name for %s', async (_what, content, message) => {
    const fault = await read(content).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(UserError);
    expect(String(fault)).toMatch(message);
    expect(String(fault)).toContain(join(scratch, 'side.json'));
  });

  it.each(['constructor', 'toString', 'a/b|c\u202e<b>', '\ud800', '*?', 'x'.repeat(999)])(
    'keeps a benchmark called %j apart',
    async (name) => {
      const { samples, workloads } = await read(suite(benchmark({ name }, [1]), benchmark({ name: 'other' }, [2])));
      expect(new Set(samples.map(({ cell }) => cell.workload))).toEqual(new Set(workloads.map(({ id }) => id)));
      expect(workloads).toHaveLength(2);
      expect(workloads[0]?.id.length).toBeLessThanOrEqual(200);
    },
  );

  it('takes what poses as a cell of this program for what pyperf knows', async () => {
    const posing = ['{', '{"cell":1}', '{"__proto__":{}}', JSON.stringify({ cell: {}, runtime: {} })];
    for (const concurrency_cell of posing) {
      const { workloads } = await read(suite(benchmark({ name: 'x', concurrency_cell }, [1])));
      expect(workloads[0]?.source).toBe('pyperf');
    }
  });
});

describe('a results file', () => {
  it('is read as ever, packed or not', async () => {
    const [results] = fc.sample(anyResults, { seed: 3, numRuns: 1 });
    if (results === undefined) throw new Error('no results');
    const text = encodeResults(results);
    expect(encodeResults(await read(text))).toBe(text);
    expect(encodeResults(await read(gzipSync(text), 'packed'))).toBe(text);
  });

  it('is missed by name', async () => {
    await expect(readComparedFile(join(scratch, 'gone.json'))).rejects.toThrow(/gone\.json cannot be opened: there is no such file/);
  });
});
