import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { UserError } from '../model/user-error.ts';
import { type BaselineFiles, namesOf, UnreadableFiles } from './baseline-files.ts';
import { baselineStore } from './baseline-store.ts';
import { folderFiles } from './folder-files.ts';
import { inventory } from './inventory.ts';
import { type MemoryFiles, memoryFiles } from './memory-files.fixture.ts';
import { prune } from './prune.ts';
import { chartedFiles, type DrawTrend } from './trend-files.ts';
import { isTrendFile, trendFileName } from './trend-names.ts';
import { trendReader } from './trend-source.ts';
import { verify } from './verify.ts';

const start = '<!doctype html>ours';

/** A chart for each workload, which names the runs that it is drawn from. */
const draw: DrawTrend = ({ files, leftOutFiles }) => {
  const runs = files.flat();
  const workloads = new Set(runs.flatMap((run) => run.workloads.map(({ id }) => id)));
  const named = `${runs.map(({ runId }) => runId).join(' ')}, ${leftOutFiles} left out`;
  return new Map([...[...workloads].map((id) => [trendFileName(id), named] as const), ['index.html', `${start} ${named}`]]);
};

const [threads] = resultsDocument().samples;
const runOf = (runId: string, python = '3.13.0') => {
  const runtimes = resultsDocument().runtimes.map((runtime) => ({ ...runtime, python, id: `cpython-${python}-gil-00000000` }));
  const samples = threads === undefined ? [] : [{ ...threads, cell: { ...threads.cell, runtime: runtimes[0]?.id ?? '' } }];
  return resultsDocument({ runId, runtimes, samples, leftOut: [] });
};
const storeOf = (files: BaselineFiles, drawing = draw) => baselineStore(chartedFiles(files, drawing, start), condensedRun);
const chartIn = (files: MemoryFiles) => files.texts.get('trend-spawn.svg');

describe('a baseline with charts', () => {
  it('draws what is stored with this change, of all runtimes, in the same change', async () => {
    const files = memoryFiles();
    expect(await storeOf(files).append([runOf('one')])).toEqual([]);
    expect(files.writes).toBe(1);
    expect(chartIn(files)).toBe('one, 0 left out');
    await storeOf(files).append([runOf('two', '3.12.1')]);
    expect(files.writes).toBe(2);
    expect(chartIn(files)?.split(',')[0]?.split(' ').toSorted()).toEqual(['one', 'two']);
  });

  it('writes nothing where no run is new', async () => {
    const files = memoryFiles();
    for (let time = 0; time < 2; time += 1) await storeOf(files).append([runOf('one')]);
    expect(files.writes).toBe(1);
  });

  it('draws anew what is left after a prune, and removes charts of what is not there any more', async () => {
    const files = memoryFiles({ 'trend-gone.svg': 'old', 'trend-NOT.svg': 'kept', 'notes.txt': 'kept' });
    for (const run of ['one', 'two']) await storeOf(files).append([runOf(run)]);
    await prune(chartedFiles(files, draw, start), { runIds: ['one'] });
    expect(chartIn(files)).toBe('two, 0 left out');
    expect([...files.texts.keys()].filter((name) => !name.endsWith('.jsonl')).toSorted()).toEqual(
      ['index.html', 'notes.txt', 'trend-NOT.svg', 'trend-spawn.svg'].toSorted(),
    );
    expect(await verify(files)).toEqual([]);
    expect((await inventory(files)).files).toHaveLength(1);
  });

  it('leaves a page alone that somebody else wrote', async () => {
    const files = memoryFiles({ 'index.html': '<!doctype html>theirs' });
    await storeOf(files).append([runOf('one')]);
    expect(files.texts.get('index.html')).toBe('<!doctype html>theirs');
    expect(chartIn(files)).toBe('one, 0 left out');
  });

  it('stores the run where nothing can be drawn, and says why', async () => {
    const files = memoryFiles();
    const broken = storeOf(files, () => {
      throw new RangeError('a step lies outside its history');
    });
    expect(await broken.append([runOf('one')])).toEqual([{ code: 'not drawn', reason: 'a step lies outside its history' }]);
    expect([...files.texts.keys()]).toHaveLength(1);
  });

  it('draws without a file that cannot be read, and counts it', async () => {
    const files = memoryFiles();
    await storeOf(files).append([runOf('one', '3.12.1')]);
    const [bad = ''] = [...files.texts.keys()].filter((name) => name.endsWith('.jsonl'));
    expect(await storeOf(withUnreadable(files, bad)).append([runOf('two')])).toEqual([]);
    expect(chartIn(files)).toBe('two, 1 left out');
  });

  it('stores the run where reading for charts fails, and keeps the charts that are there', async () => {
    const files = memoryFiles();
    await storeOf(files).append([runOf('one', '3.12.1')]);
    const [warning] = await storeOf(withFault(files)).append([runOf('two')]);
    expect(warning).toEqual({ code: 'not drawn', reason: 'GitHub answered 502. Try again.' });
    expect(chartIn(files)).toBe('one, 0 left out');
    expect([...files.texts.keys()].filter((name) => name.endsWith('.jsonl'))).toHaveLength(2);
  });

  it('does not store where the file itself cannot be had', async () => {
    const files = memoryFiles();
    await expect(storeOf(withFault(files, 0)).append([runOf('one')])).rejects.toThrow('GitHub answered 502');
    expect(files.texts.size).toBe(0);
  });

  it('hands on what the medium itself warns of, and each change its own warnings', async () => {
    const files = memoryFiles();
    const warned: BaselineFiles = {
      ...files,
      change: async (...change) => {
        await files.change(...change);
        await Promise.resolve();
        return [{ code: 'not stored', reason: change[0] }];
      },
    };
    let drawings = 0;
    const broken: DrawTrend = (stored) => {
      drawings += 1;
      if (drawings === 1) throw new RangeError('too early');
      return draw(stored);
    };
    const charted = chartedFiles(warned, broken, start);
    const [text = ''] = await storedTexts('one');
    const store = (name: string) => charted.change(name, [`${name}.jsonl`], () => new Map([[`${name}.jsonl`, text]]));
    const found = await Promise.all([store('a'), store('b')]);
    expect(found.map((warnings) => warnings.map(({ code }) => code))).toEqual([['not stored', 'not drawn'], ['not stored']]);
  });

  it('keeps its charts and says so where no run fits', async () => {
    const files = memoryFiles();
    await storeOf(files).append([runOf('one')]);
    const charted = chartedFiles(files, draw, start, trendReader(10));
    expect(await baselineStore(charted, condensedRun).append([runOf('two')])).toEqual([
      { code: 'not drawn', reason: expect.stringContaining('No run of 1 file could be read or was short enough to be drawn') },
    ]);
    expect(chartIn(files)).toBe('one, 0 left out');
  });

  it('stores the run where a page cannot be read', async () => {
    const files = memoryFiles();
    const [warning] = await storeOf(withUnreadable(files, 'index.html')).append([runOf('one')]);
    expect(warning).toMatchObject({ code: 'not drawn', reason: 'index.html cannot be read. Repair it.' });
    expect([...files.texts.keys()]).toHaveLength(1);
  });

  it('does not store in a file that cannot be read', async () => {
    const files = memoryFiles();
    await storeOf(files).append([runOf('one')]);
    const [bad = ''] = [...files.texts.keys()].filter((name) => name.endsWith('.jsonl'));
    const change = chartedFiles(withUnreadable(files, bad), draw, start).change('add', [bad], () => new Map([[bad, 'over']]));
    await expect(change).rejects.toThrow(UnreadableFiles);
  });
});

async function storedTexts(...runs: readonly string[]): Promise<readonly string[]> {
  const files = memoryFiles();
  for (const run of runs) await baselineStore(files, condensedRun).append([runOf(run)]);
  return [...files.texts.values()];
}

/** A medium that answers for no more than so many files at once. */
function withFault(files: MemoryFiles, most = 1): BaselineFiles {
  return {
    ...files,
    change: async (summary, choice, edit) => {
      const asked = namesOf(choice, await files.list());
      if (asked.length > most) throw new UserError('GitHub answered 502.', 'Try again.');
      return files.change(summary, asked, edit);
    },
  };
}

function withUnreadable(files: MemoryFiles, bad: string): BaselineFiles {
  const check = (names: readonly string[]) => {
    if (names.includes(bad)) throw new UnreadableFiles(new Map([[bad, `${bad} cannot be read.`]]), 'Repair it.');
  };
  return {
    ...files,
    read: async (names) => {
      check(names);
      return files.read(names);
    },
    change: async (summary, choice, edit) => {
      const there = await files.list();
      check(typeof choice === 'function' ? choice(there) : choice);
      return files.change(summary, choice, edit);
    },
  };
}

describe('in a folder', () => {
  it('a chart that stays the same is not written again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'charts-'));
    const same: DrawTrend = () => new Map([['trend-spawn.svg', 'always the same']]);
    await storeOf(folderFiles(folder), same).append([runOf('one')]);
    const before = await stat(join(folder, 'trend-spawn.svg'));
    await storeOf(folderFiles(folder), same).append([runOf('two')]);
    expect((await stat(join(folder, 'trend-spawn.svg'))).ino).toBe(before.ino);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('a folder in the place of a chart costs the charts and not the run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'charts-'));
    await mkdir(join(folder, 'trend-spawn.svg'));
    await writeFile(join(folder, 'notes.txt'), 'kept');
    const [warning] = await storeOf(folderFiles(folder)).append([runOf('one')]);
    expect(warning).toMatchObject({ code: 'not drawn', reason: expect.stringContaining('trend-spawn.svg cannot be read') });
    expect((await folderFiles(folder).list()).filter((name) => name.endsWith('.jsonl'))).toHaveLength(1);
    expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('kept');
  });
});

describe('the name of a chart', () => {
  it.each(['spawn', 'web_scraping'])('of %s says so', (workload) => {
    expect(trendFileName(workload)).toBe(`trend-${workload}.svg`);
  });

  it('is safe, and another for every other workload', () => {
    const workloads = [
      'a',
      'A',
      '../../etc',
      'a b',
      'a-b',
      'ä',
      'ö',
      '',
      '.',
      '__proto__',
      'x'.repeat(300),
      `${'x'.repeat(300)}y`,
      '<script>',
    ];
    const names = workloads.map(trendFileName);
    expect(new Set(names).size).toBe(workloads.length);
    for (const name of names) {
      expect(isTrendFile(name)).toBe(true);
      expect(name.length).toBeLessThan(110);
    }
  });
});
