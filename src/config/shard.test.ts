import { describe, expect, it } from 'vitest';
import { planShards, shardMatrix } from '../plan/shards.ts';
import { readOptions } from './options.ts';

const whole = {
  run: 'run-1',
  index: 2,
  pythons: [
    ['3.12', 1],
    ['3.13t', 1],
  ],
  workloads: ['chat_server'],
  cells: 64,
};
const read = (shard: unknown) => readOptions([{ source: 'input', given: { shard } }]).shard;

describe('the option shard', () => {
  it('reads what a plan made', () => {
    expect(read(JSON.stringify(whole))).toEqual(whole);
    const first = { ...whole, index: 1, unavailable: [{ requested: '>=3.15', reason: 'None is at hand.' }] };
    expect(read(JSON.stringify(first))).toEqual(first);
  });

  it('reads whatever a plan makes of hostile requests', () => {
    const request = { run: 'run-1', cells: 1, secondsPerShard: 1, most: 1 };
    const pythons = [{ python: '/x'.padEnd(400, 'y'), workloads: [{ id: 'x'.repeat(200), seconds: null }] }];
    const unavailable = [{ requested: '`<b>`', reason: '\u2028@team' }];
    const [shard] = planShards({ ...request, pythons, unavailable });
    expect(read(shardMatrix(shard === undefined ? [] : [shard], '<b>').include[0]?.shard)).toEqual(shard);
  });

  it.each([
    ['text', '2/7'],
    ['a place outside the plan', { ...whole, index: 3 }],
    ['place 0', { ...whole, index: 0 }],
    ['no Python', { ...whole, pythons: [] }],
    ['no workload', { ...whole, workloads: [] }],
    ['no bound of its cells', { ...whole, cells: 0 }],
    ['a reason that is none', { ...whole, unavailable: [{ requested: '3.15', reason: '' }] }],
    ['a key of somebody else', { ...whole, also: 1 }],
    ['a reserved key', '{"__proto__": {}, "run": "x"}'],
    ['a number', 2],
  ])('refuses %s', (_, given) => {
    const text = typeof given === 'object' ? JSON.stringify(given) : given;
    expect(() => read(text)).toThrow(/input "shard": is no shard of a plan; pass on "matrix.shard"/);
  });
});
