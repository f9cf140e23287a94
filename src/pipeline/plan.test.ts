import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interpretersAtHand } from '../../test/python-environments.ts';
import { readOptions } from '../config/options.ts';
import { UserError } from '../model/user-error.ts';
import { shardMatrix } from '../plan/shards.ts';
import { planRun } from './plan.ts';
import type { Repository } from './surroundings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-'));
  await writeFile(join(folder, 'own.py'), 'def unit(work, i): return i\ndef verify(work, results): pass\n');
});
afterAll(() => rm(folder, { recursive: true }));

function planned(given: Readonly<Record<string, string>>, repository: Repository | null = null) {
  const options = readOptions([{ source: 'input', given: { workloads: './own.py', ...given } }]);
  const progress = { note: () => {}, update: () => {}, end: () => {} };
  const place = {
    environment: process.env,
    home: folder,
    cwd: folder,
    workloadsFolder: join(import.meta.dirname, '..', '..', 'workloads'),
  };
  return planRun(options, { ...place, workflow: null, repository, progress, signal: new AbortController().signal });
}

describe('planRun', () => {
  it('hands what no job can have to the first shard, where the report will find it', async () => {
    const { shards, unavailable } = await planned({ 'python-version': '3.12, 3.13.0, >=3.99' });
    expect(unavailable).toMatchObject([{ requested: '>=3.99' }]);
    const passedOn = shardMatrix(shards, 'x').include.map(({ shard }) => readOptions([{ source: 'input', given: { shard } }]).shard);
    expect(passedOn.map((shard) => shard?.unavailable)).toEqual([unavailable, undefined]);
  });

  it('bounds the cells of the plan without describing a workload', async () => {
    const cells = async (given: Readonly<Record<string, string>>) =>
      (await planned({ 'python-version': '3.12, 3.13', ...given })).shards[0]?.cells;
    expect(await cells({ models: 'threads, uvloop', 'uvloop-version': '0.19-0.22' })).toBe(2 * 20 * (1 + 4));
    expect(await cells({ workloads: 'core, !*, ./own.py' })).toBe(2 * 20 * 8);
  });

  it('plans one interpreter once, however it is called', async () => {
    const interpreter = interpretersAtHand().findLast(({ minor, freeThreaded }) => minor >= 9 && !freeThreaded);
    if (interpreter === undefined) throw new Error('no CPython 3.9 or newer is at hand');
    const { label, executable } = interpreter;
    const { shards, notes } = await planned({ 'python-version': `${label}, ${executable}` });
    expect(shards.map(({ pythons }) => pythons)).toEqual([[[executable, 1]]]);
    expect(notes).toEqual([`One interpreter: ${label}, ${executable}. It is measured once, as ${executable}.`]);
  });

  it.each([
    ['3,13', /"3" is neither a version nor a path.* The same holds for "13"/],
    ['3.1-3.400', /has 392 minor versions/],
    ['3.6-3.8', /No Python to plan for\. 3\.6-3\.8: Python 3\.6-3\.8 is not supported/],
    [Array.from({ length: 257 }, (_, index) => `/python/${index}`).join(' '), /stands for 257 Pythons/],
  ])('fails for %.20s', async (request, message) => {
    const made = planned({ 'python-version': request });
    await expect(made).rejects.toThrow(UserError);
    await expect(made).rejects.toThrow(message);
  });

  it('says that the stored costs could not be read', async () => {
    const unreachable = async (): Promise<never> => {
      throw new UserError('The branch does not answer.', 'Try again.');
    };
    const { signal } = new AbortController();
    const methods = { moment: unreachable, content: unreachable, commit: unreachable, holds: unreachable };
    const branch = (name: string) => ({ name, signal, ...methods });
    const repository = { mergeBase: unreachable, downloadTarball: unreachable, historyOf: unreachable, branch };
    const { unknownCosts, shards } = await planned({ 'python-version': '3.13', 'baseline-store': 'branch' }, repository);
    expect(unknownCosts).toBe('The branch does not answer. Try again.');
    expect(shards).toHaveLength(1);
    expect((await planned({ 'python-version': '3.13' })).unknownCosts).toBeNull();
  });
});
