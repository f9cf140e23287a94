import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findWorkloadFiles, type WorkloadPlaces } from './workload-files.ts';

let places: WorkloadPlaces;
const choose = (...items: string[]) => findWorkloadFiles(items, places);
const find = async (...items: string[]) => (await choose(...items)).chosen.map(({ file }) => basename(file, '.py'));

beforeAll(async () => {
  const root = await mkdtemp(join(tmpdir(), 'workloads-'));
  places = { bundled: join(root, 'bundled'), workingDirectory: join(root, 'project') };
  await mkdir(join(places.bundled, 'worker'), { recursive: true });
  await mkdir(join(places.workingDirectory, 'bench'), { recursive: true });
  for (const name of ['spawn', 'file_reading', 'file_reading_slow']) await writeFile(join(places.bundled, `${name}.py`), '');
  for (const name of ['client', 'server', 'spawn']) await writeFile(join(places.workingDirectory, 'bench', `${name}.py`), '');
});

describe('findWorkloadFiles', () => {
  it.each([
    [['bundled'], ['file_reading', 'file_reading_slow', 'spawn']],
    [['file_*'], ['file_reading', 'file_reading_slow']],
    [['bundled', '!file_*'], ['spawn']],
    [['!spawn'], ['file_reading', 'file_reading_slow']],
    [
      ['bench/client.py', 'file_reading'],
      ['client', 'file_reading'],
    ],
    [['./bench/*.py'], ['client', 'server', 'spawn']],
    [['bench/*.py', '!bench/s*.py'], ['client']],
    [['spawn', 'spawn'], ['spawn']],
  ])('%j gives %j', async (items, names) => {
    expect(await find(...items)).toEqual(names);
  });

  it.each([
    [['spam'], /no workload "spam".*file_reading.*\.\/spam\.py/],
    [['bench/none.py'], /no workload "bench\/none\.py".*working-directory/],
    [['spawn', '!spawn'], /leaves no workload/],
  ])('%j is refused', async (items, message) => {
    await expect(find(...items)).rejects.toThrow(message);
  });

  it('measures the first of two files with one name and names the other', async () => {
    const { chosen, unusable } = await choose('bench/*.py', 'spawn');
    expect(chosen.map(({ file }) => basename(file))).toEqual(['client.py', 'server.py', 'spawn.py']);
    expect(unusable).toMatchObject([
      { file: join(places.bundled, 'spawn.py'), reason: expect.stringMatching(/shares the name "spawn".*Rename/) },
    ]);
  });

  it.each(['not-a-module', 'two words', 'x'.repeat(101), 'new\nline'])('names a file called %j', async (name) => {
    await writeFile(join(places.workingDirectory, 'bench', `${name}.py`), '');
    const { unusable } = await choose('bench/*.py');
    expect(unusable).toMatchObject([{ reason: expect.stringMatching(/no name of a Python module/) }]);
    await rm(join(places.workingDirectory, 'bench', `${name}.py`));
  });

  it('names a file in a folder that PYTHONPATH cannot hold', async () => {
    await mkdir(join(places.workingDirectory, 'a:b'));
    await writeFile(join(places.workingDirectory, 'a:b', 'own.py'), '');
    expect((await choose('a:b/own.py')).unusable).toMatchObject([{ reason: expect.stringMatching(/PYTHONPATH cannot hold/) }]);
  });

  it.each([
    [['core'], ['core', 'core', 'core']],
    [['bundled'], ['core', 'core', 'core']],
    [['full'], ['full', 'full', 'full']],
    [
      ['core', 'spawn'],
      ['core', 'core', 'full'],
    ],
    [
      ['full', 'core'],
      ['full', 'full', 'full'],
    ],
    [['bench/client.py'], ['full']],
  ])('%j are measured at depth %j', async (items, depths) => {
    expect((await choose(...items)).chosen.map(({ depth }) => depth)).toEqual(depths);
  });

  it('says so when the bundled workloads are not there', async () => {
    await expect(findWorkloadFiles(['bundled'], { ...places, bundled: '/nowhere' })).rejects.toThrow(/complete checkout/);
  });
});
