import { describe, expect, it } from 'vitest';
import { pyperfResults } from './pyperf-results.ts';

const source = { file: 'side.json', written: '2026-02-01T00:00:00.000Z' };
const none: ReadonlyMap<string, unknown> = new Map();

/** A suite of benchmarks, each with so many runs of the same values. */
function suite(names: readonly string[], values: readonly number[] = [1], runs = 1) {
  const run = { metadata: none, values: [...values] };
  const benchmarks = names.map((name) => ({ metadata: new Map([['name', name]]), runs: new Array<typeof run>(runs).fill(run) }));
  return { version: '1.0' as const, metadata: none, benchmarks };
}

describe('pyperfResults', () => {
  it('takes as many runs as the format may have, of several benchmarks', () => {
    const read = pyperfResults(suite(['a', 'b'], [1, 2, 3], 70_000), source);
    expect(read).toMatchObject({ ok: true, results: { warnings: [{ benchmarks: 2, mostValues: 3 }] } });
    expect(read.ok && read.results.samples.length).toBe(140_000);
  });

  it('names the first benchmark whose name is taken', () => {
    const reason = 'It is a pyperf file with two benchmarks called b.';
    expect(pyperfResults(suite(['a', 'b', 'c', 'b', 'a']), source)).toEqual({ ok: false, reason });
  });
});
