import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

const whole = {
  run: 'run-1',
  index: 2,
  pythons: [
    ['3.12', 1],
    ['3.13t', 1],
  ],
  workloads: ['chat_server'],
  size: 8,
};
const read = (shard: unknown) => readOptions([{ source: 'input', given: { shard } }]).shard;

describe('the option shard', () => {
  it('reads what a plan made', () => {
    expect(read(JSON.stringify(whole))).toEqual(whole);
  });

  it.each([
    ['text', '2/7'],
    ['a place outside the plan', { ...whole, index: 3 }],
    ['place 0', { ...whole, index: 0 }],
    ['no Python', { ...whole, pythons: [] }],
    ['no workload', { ...whole, workloads: [] }],
    ['a key of somebody else', { ...whole, also: 1 }],
    ['a reserved key', '{"__proto__": {}, "run": "x"}'],
    ['a number', 2],
  ])('refuses %s', (_, given) => {
    const text = typeof given === 'object' ? JSON.stringify(given) : given;
    expect(() => read(text)).toThrow(/input "shard": is no shard of a plan; pass on "matrix.shard"/);
  });
});
