import { describe, expect, it } from 'vitest';
import { shardsOf, wholeRun } from '../../test/fixtures/sharded-run.ts';
import type { Results } from '../model/results.ts';
import { checkLooks, checkParts } from './check-parts.ts';

const whole = wholeRun();
const shards = shardsOf(whole, 2);
const files = (parts: readonly Results[]) => parts.map((results, index) => ({ file: `${index}.json`, results }));
const change = (index: number, part: Partial<Results>) => files(shards.map((each, at) => (at === index ? { ...each, ...part } : each)));
const shardOf = (index: number) => {
  const shard = shards[index]?.shard;
  if (shard === null || shard === undefined) throw new Error('the fixture has no such shard');
  return shard;
};

describe('checkParts', () => {
  it('puts shards in the order of the plan', () => {
    const { parts, missing } = checkParts(files(shards).toReversed());
    expect(parts.map(({ results }) => results.shard?.index)).toEqual([1, 2, 3, 4]);
    expect(missing).toEqual([]);
  });

  it('names the shards that are not there', () => {
    expect(checkParts(files(shards.slice(1, 3))).missing).toEqual(['Python 3.12 (1 of 2)', 'Python 3.13 (2 of 2)']);
  });

  it('takes the jobs of a matrix without a plan, and misses none', () => {
    const parts = shardsOf(whole, 1).map((each) => ({ ...each, shard: null }));
    expect(checkParts(files(parts)).missing).toEqual([]);
  });

  it.each([
    ['another commit', change(1, { commit: 'c'.repeat(40) }), /0\.json is of commit aa+\w*, 1\.json of cc+/],
    ['another plan', change(1, { shard: { ...shardOf(1), run: 'other' } }), /of the plan run-40, 1\.json of the plan other/],
    ['a shard beside a whole run', change(1, { shard: null }), /only one is a shard/],
    ['a plan of another size', change(1, { shard: { ...shardOf(1), pythons: [['3.12', 4]] } }), /do not agree on the shards/],
    [
      'the same shard twice',
      files([...shards, shards[0] ?? whole]),
      /0\.json and 4\.json are both shard 1 of 4 \(Python 3\.12 \(1 of 2\)\)/,
    ],
    ['the same cell twice', change(1, { samples: shards[0]?.samples ?? [] }), /The cell .* is in 0\.json and in 1\.json/],
  ])('refuses %s', (_, parts, message) => {
    expect(() => checkParts(parts)).toThrow(message);
  });

  it('refuses files in which nothing was measured: a report on nothing would pass', () => {
    expect(() => checkParts(files([{ ...whole, samples: [] }]))).toThrow(/No cell was measured in 0\.json/);
  });
});

describe('checkLooks', () => {
  it('takes pairs that were looked at as they are judged', () => {
    expect(() => checkLooks(files(shards), [10, 20, 40])).not.toThrow();
  });

  it('refuses pairs that were looked at otherwise, and names the shard', () => {
    expect(() => checkLooks(files(shards), [20])).toThrow(/shard 1 of 4 .* "confirm-pairs: 10, 20, 40", and this report judges by 20/);
  });

  it('asks nothing of a part without pairs', () => {
    const comparison = { baseline: { used: [], leftOut: [], accepted: [] }, pairs: { kind: 'not needed' } as const, looks: [5] };
    expect(() =>
      checkLooks(
        files([
          { ...whole, comparison },
          { ...whole, comparison: null },
        ]),
        [20],
      ),
    ).not.toThrow();
  });
});
