import { chmodSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { historyRun } from '../../test/fixtures/baseline-history.ts';
import { fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { warningText } from '../model/warning.ts';
import { UnreadableFiles } from './baseline-files.ts';
import { fileStore } from './file-store.ts';
import { folderFiles, largestBaselineFile } from './folder-files.ts';
import { readEach } from './read-each.ts';

let folder = '';
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'baseline-')), 'deep');
});

const set = (name: string, text: string | null) => () => new Map([[name, text]]);
const run = (at: number) => historyRun({ cells: 3, run: at });
const store = () => fileStore(folder, condensedRun);
const stored = () => store().read(run(0).machine, fixtureRuntime('3.13.0'));

describe('the files of a folder', () => {
  it('are none before the first is written', async () => {
    expect(await folderFiles(folder).list()).toEqual([]);
    expect(await folderFiles(folder).read(['a.jsonl'])).toEqual(new Map());
    await folderFiles(folder).change('nothing', ['a.jsonl'], () => new Map());
    expect(await readdir(folder)).toEqual([]);
  });

  it('are written, read, listed and removed', async () => {
    await folderFiles(folder).change('add', ['b.jsonl'], set('b.jsonl', 'b\n'));
    await folderFiles(folder).change('add', ['a.jsonl'], set('a.jsonl', 'a\n'));
    expect(await folderFiles(folder).list()).toEqual(['a.jsonl', 'b.jsonl']);
    expect(await folderFiles(folder).read(['b.jsonl', 'c.jsonl'])).toEqual(new Map([['b.jsonl', 'b\n']]));
    await folderFiles(folder).change('remove', ['a.jsonl'], set('a.jsonl', null));
    expect(await readdir(folder)).toEqual(['b.jsonl']);
  });

  it('keep their bytes, whatever they are, and are not touched where nothing changes', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x0a, 0xff, 0xfe, 0x00, 0x0d, 0x0a]);
    await mkdir(folder);
    await writeFile(join(folder, 'a.jsonl'), bytes);
    const { ino } = await stat(join(folder, 'a.jsonl'));
    await folderFiles(folder).change('same', ['a.jsonl'], (now) => new Map([['a.jsonl', now.get('a.jsonl') ?? '']]));
    expect((await stat(join(folder, 'a.jsonl'))).ino).toBe(ino);
    await folderFiles(folder).change('more', ['a.jsonl'], (now) => new Map([['a.jsonl', `${now.get('a.jsonl')}ü\n`]]));
    expect(await readFile(join(folder, 'a.jsonl'))).toEqual(Buffer.concat([bytes, Buffer.from('ü\n')]));
  });

  it('leave nothing of a writer that died behind', async () => {
    await mkdir(folder);
    const leftover = `a.jsonl.${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}.tmp`;
    await writeFile(join(folder, leftover), 'half');
    expect(await folderFiles(folder).list()).toEqual([]);
    await folderFiles(folder).change('add', ['a.jsonl'], set('a.jsonl', 'a\n'));
    expect(await readdir(folder)).toEqual(['a.jsonl']);
  });

  it.each(['../a', 'a/b', '..', '.', '', 'a\\b', 'a\0'])('are never outside of it: %j', async (name) => {
    await expect(folderFiles(folder).read([name])).rejects.toThrow(RangeError);
  });
});

describe('a file that cannot be read', () => {
  const makeUnreadable: readonly (readonly [string, RegExp, (path: string) => Promise<void>])[] = [
    ['a folder', /no regular file/, async (path) => void (await mkdir(path, { recursive: true }))],
    [
      'a larger one than is read',
      /bytes, and at most/,
      async (path) => {
        await mkdir(folder, { recursive: true });
        await writeFile(path, '');
        await truncate(path, largestBaselineFile + 1);
      },
    ],
  ];

  it.each(makeUnreadable)('because it is %s costs only itself and is named', async (_, reason, make) => {
    const other = { ...run(1), runtimes: [fixtureRuntime('3.9.18')], samples: [] };
    await store().append([run(0), other]);
    const [name = ''] = (await folderFiles(folder).list()).filter((each) => each.includes('3.13'));
    await folderFiles(folder).change('remove', [name], set(name, null));
    await make(join(folder, name));
    const { runs, warnings } = await stored();
    expect([runs, warnings.map(warningText)]).toEqual([[], [expect.stringMatching(reason)]]);
    expect((await store().readNewest(null)).map(({ runId }) => runId)).toEqual([other.runId]);
    const next = { ...other, runId: 'next' };
    await expect(store().append([run(2), next])).rejects.toThrow(/3\.13.*cannot be read.*others? runtimes? (were|was) stored/);
    expect((await store().read(other.machine, fixtureRuntime('3.9.18'))).runs).toHaveLength(2);
  });

  it('is named beside all others that cannot be read, and the rest is read', async () => {
    for (const name of ['a.jsonl', 'b.jsonl']) await mkdir(join(folder, name), { recursive: true });
    await folderFiles(folder).change('add', ['c.jsonl'], set('c.jsonl', 'c\n'));
    const failed = folderFiles(folder).read(['a.jsonl', 'b.jsonl', 'c.jsonl']);
    await expect(failed).rejects.toThrow(UnreadableFiles);
    await expect(failed).rejects.toThrow(/a\.jsonl cannot be read: .*b\.jsonl cannot be read: .*Repair, move or remove/);
    const { texts, faults } = await readEach(folderFiles(folder), ['a.jsonl', 'b.jsonl', 'c.jsonl']);
    expect([[...texts], faults.map(({ name }) => name)]).toEqual([[['c.jsonl', 'c\n']], ['a.jsonl', 'b.jsonl']]);
  });

  it.skipIf(process.getuid?.() === 0)('because nobody may is told from one that is not there', async () => {
    await store().append([run(0)]);
    const [name = ''] = await folderFiles(folder).list();
    chmodSync(join(folder, name), 0o000);
    expect((await stored()).warnings.map(warningText)).toEqual([expect.stringMatching(/permission denied/)]);
  });

  it('in a place that is no folder is a fault, not an empty baseline', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'file'), '');
    const files = folderFiles(join(folder, 'file'));
    await expect(files.list()).rejects.toThrow(/cannot be read/);
    await expect(files.read(['a.jsonl'])).rejects.toThrow(/^The folder .* cannot be read: ENOTDIR/);
    await expect(files.change('add', ['a'], set('a', 'b'))).rejects.toThrow(/cannot be written/);
  });
});

describe('writers at once', () => {
  const program = join(import.meta.dirname, '../../test/fixtures/append-runs.ts');
  const write = (first: number, count: number) => execa('node', [program, folder, String(first), String(count)]);

  it('lose nothing: four processes, six runs each', async () => {
    await Promise.all([0, 6, 12, 18].map((first) => write(first, 6)));
    const { runs, warnings } = await stored();
    expect(warnings).toEqual([]);
    expect(runs.map(({ runId }) => runId)).toEqual(Array.from({ length: 24 }, (_, at) => run(at).runId));
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('take over the lock of one that was killed while it wrote', async () => {
    await mkdir(folder);
    const victim = execa('node', [program, folder, 'hold', '1'], { reject: false });
    await victim.stdout[Symbol.asyncIterator]().next();
    expect(await readdir(folder)).toEqual(['.lock']);
    victim.kill('SIGKILL');
    await victim;
    await Promise.all([write(0, 3), write(3, 3), write(6, 3)]);
    expect((await stored()).runs).toHaveLength(9);
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('take over a lock of another machine only when it is old', async () => {
    await mkdir(folder);
    const lock = join(folder, '.lock');
    await writeFile(lock, JSON.stringify({ token: 'elsewhere', pid: 1, host: 'elsewhere' }));
    const appended = store().append([run(0)]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await readdir(folder)).toEqual(['.lock']);
    await utimes(lock, 0, 0);
    await appended;
    expect((await stored()).runs).toHaveLength(1);
  });
});
