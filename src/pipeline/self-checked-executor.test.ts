import { describe, expect, test } from 'vitest';
import { machineCounters } from '../judge/machine-counters.fixture.ts';
import { brokenSample, pairSample } from '../judge/pair.fixture.ts';
import type { Executor, RunRequest } from '../measure/executor.ts';
import { hostileRequest } from '../measure/hostile-worker.fixture.ts';
import type { MachineCounters } from '../model/machine-counters.ts';
import type { Sample } from '../model/sample.ts';
import { selfCheckedExecutor } from './self-checked-executor.ts';

const request: RunRequest = hostileRequest({ executable: '/python', python: '3.13.0', workload: 'honest' });

/** Readings of a machine to which something happens during the starts that are named, counted from 0. */
function readings(starts: (start: number) => boolean, after: (happened: number) => Partial<MachineCounters>): () => MachineCounters {
  let reading = 0;
  let happened = 0;
  return () => {
    const isAfter = reading % 2 === 1;
    if (isAfter && starts(Math.floor(reading / 2))) happened += 1;
    reading += 1;
    return machineCounters(after(happened));
  };
}

/** Whose clock is set. */
const steppingDuring = (starts: (start: number) => boolean) => readings(starts, (happened) => ({ wall: 1_790_000_000 + 2 * happened }));

/** That is throttled, swaps, waits for memory, is hot and shares its host. */
const strainedDuring = (starts: (start: number) => boolean) =>
  readings(starts, (happened) => ({
    ...{ throttled: happened, swapped: 1000 * happened, memoryStalled: happened, thermal: happened },
    processors: { stolen: 500 * happened, idle: 0, total: 1000 * (happened + 1) },
  }));

/** The samples of an executor that gives 1, 2, 3 and so on, after the self-check; and how often it was asked. */
async function samples(count: number, read: () => MachineCounters, sampleOf: (start: number) => Sample = pairSample) {
  let starts = 0;
  const executor: Executor = {
    describe: () => Promise.reject(new Error('nothing is to be described')),
    run: async () => {
      starts += 1;
      return sampleOf(starts);
    },
  };
  const checked = selfCheckedExecutor(executor, read);
  const all: Sample[] = [];
  for (let each = 0; each < count; each += 1) all.push(await checked.run(request));
  return { all, starts };
}

const step = { cause: 'clock step', amount: 2 };

describe('a sample', () => {
  test('that nothing disturbed is as it was measured', async () => {
    expect(
      await samples(
        2,
        steppingDuring(() => false),
      ),
    ).toEqual({ all: [pairSample(1), pairSample(2)], starts: 2 });
  });

  test('that the machine disturbed is measured anew, and says for what', async () => {
    const { all, starts } = await samples(
      1,
      steppingDuring((start) => start < 2),
    );
    expect(all).toEqual([{ ...pairSample(3), setAside: [step, step] }]);
    expect(starts).toBe(3);
  });

  test('that stays disturbed is kept and marked', async () => {
    const { all, starts } = await samples(
      1,
      steppingDuring(() => true),
    );
    expect(all).toEqual([{ ...pairSample(3), disturbances: [step], setAside: [step, step] }]);
    expect(starts).toBe(3);
  });

  test('is not measured anew any more on a machine where that was in vain', async () => {
    const { all, starts } = await samples(
      8,
      steppingDuring(() => true),
    );
    expect(starts).toBe(5 * 3 + 3);
    expect(all.at(-1)).toEqual({ ...pairSample(starts), disturbances: [step] });
  });

  test('that ran while the machine was strained is kept at once, and says so', async () => {
    const { all, starts } = await samples(
      8,
      strainedDuring(() => true),
    );
    expect(starts).toBe(8);
    const causes = ['throttled', 'swapped', 'memory stall', 'heat', 'stolen time'];
    const strains = causes.map((cause) => ({ cause, amount: expect.any(Number) }));
    expect(all).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((value) => ({ ...pairSample(value), strains })));
  });

  test('that is broken is never tried again', async () => {
    const { all, starts } = await samples(
      1,
      steppingDuring(() => true),
      () => brokenSample('lost'),
    );
    expect({ all, starts }).toEqual({ all: [brokenSample('lost')], starts: 1 });
  });

  test('is chosen by the machine alone: whatever was measured, the same starts count', async () => {
    const pattern = (start: number) => start % 3 === 1;
    const kept = async (value: (start: number) => number) => {
      const { all } = await samples(6, steppingDuring(pattern), (start) => ({ ...pairSample(value(start)), round: start }));
      return all.map(({ round }) => round);
    };
    expect(await kept((start) => start)).toEqual(await kept((start) => 1 / start));
  });
});
