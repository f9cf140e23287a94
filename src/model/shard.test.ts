import { expect, test } from 'vitest';
import { recordedShard, shardName, shardPlace } from './shard.ts';

const shard = { run: 'r', index: 1, pythons: [['3.13', 2] as const, ['3.14', 1] as const], workloads: ['spawn'], cells: 8 };

test('results remember a shard without what no job could have', () => {
  expect(recordedShard({ ...shard, unavailable: [{ requested: '>=3.15', reason: 'None.' }] })).toEqual(shard);
  expect(recordedShard(shard)).toEqual(shard);
});

test('a shard is called by its Python, and by its part where that has several', () => {
  expect([1, 2, 3].map((index) => shardName(shard.pythons, index))).toEqual([
    'Python 3.13 (1 of 2)',
    'Python 3.13 (2 of 2)',
    'Python 3.14',
  ]);
  expect(() => shardPlace(shard.pythons, 4)).toThrow(RangeError);
});
