import { describe, expect, it } from 'vitest';
import type { Shard } from '../model/shard.ts';
import { readOptions } from './options.ts';
import { baseOfShard, headOfShard, optionsOfShard } from './shard-choice.ts';
import type { WorkloadChoice } from './workload-choice.ts';

const choice = (...names: readonly string[]): WorkloadChoice => ({
  chosen: names.map((name) => ({ file: `/project/${name}.py`, depth: 'core' })),
  packages: ['aiohttp'],
  unusable: [{ file: '/project/bad name.py', reason: 'No.' }],
});
const shard = (part: Partial<Shard> = {}): Shard => ({
  run: 'r',
  index: 1,
  pythons: [['3.13', 2]],
  workloads: ['chat'],
  cells: 24,
  ...part,
});
const names = ({ chosen }: WorkloadChoice) => chosen.map(({ file }) => file);

describe('headOfShard', () => {
  it('keeps the workloads of the shard, and everything that is installed', () => {
    const ours = headOfShard(choice('chat', 'web', 'spawn'), shard());
    expect(ours).toEqual({ ...choice('chat') });
  });

  it('keeps all of them without a shard', () => {
    expect(headOfShard(choice('chat', 'web'), null)).toEqual(choice('chat', 'web'));
  });

  it('refuses a checkout that lacks a workload of the plan', () => {
    expect(() => headOfShard(choice('web'), shard({ workloads: ['chat', 'spawn'] }))).toThrow(
      /The plan has chat, spawn, and this checkout/,
    );
  });

  it('takes a workload that cannot be used for one that is there: it is refused by its own reason', () => {
    expect(headOfShard(choice('web'), shard({ workloads: ['bad name'] })).chosen).toEqual([]);
  });
});

describe('baseOfShard', () => {
  const head = choice('chat', 'web');
  const base = choice('chat', 'web', 'gone');

  it('gives the workloads that head has no more to the first shard of a Python', () => {
    expect(names(baseOfShard(base, head, shard()))).toEqual(['/project/chat.py', '/project/gone.py']);
    expect(names(baseOfShard(base, head, shard({ index: 2, workloads: ['web'] })))).toEqual(['/project/web.py']);
    expect(baseOfShard(base, head, null)).toBe(base);
  });
});

describe('optionsOfShard', () => {
  it('asks for the Python of the shard alone', () => {
    const given = {
      shard: JSON.stringify(
        shard({
          index: 2,
          pythons: [
            ['3.12', 1],
            ['3.14t', 1],
          ],
        }),
      ),
      'python-version': '3.12, 3.14t',
    };
    expect(optionsOfShard(readOptions([{ source: 'input', given }]))['python-version']).toEqual(['3.14t']);
    expect(optionsOfShard(readOptions([]))['python-version']).toEqual([]);
  });
});
