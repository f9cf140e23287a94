import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapInParallel } from './map-in-parallel.ts';

test.each([1, 2, 3])('results keep the order of the items, and no more than %i run at once', async (atOnce) => {
  let running = 0;
  let most = 0;
  const results = await mapInParallel([30, 1, 20, 1, 10], { atOnce }, async (delay) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(delay);
    running -= 1;
    return delay * 2;
  });
  expect(results).toEqual([60, 2, 40, 2, 20]);
  expect(most).toBe(atOnce);
});

test('a failure is thrown after what was started has ended, and nothing more is started', async () => {
  const ended: number[] = [];
  const work = async (item: number): Promise<void> => {
    if (item === 0) throw new Error('first');
    await sleep(20);
    ended.push(item);
  };
  await expect(mapInParallel([0, 1, 2, 3], { atOnce: 2 }, work)).rejects.toThrow('first');
  expect(ended).toEqual([1]);
});

test('no items, no results', async () => {
  expect(await mapInParallel([], { atOnce: 2 }, async () => 1)).toEqual([]);
});
