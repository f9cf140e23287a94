import { describe, expect, it } from 'vitest';
import { historyRun } from '../../test/fixtures/baseline-history.ts';
import { fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import type { Results } from '../model/results.ts';
import { UserError } from '../model/user-error.ts';
import { UnreadableFiles } from './baseline-files.ts';
import { baselineStore } from './baseline-store.ts';
import { exportBaseline } from './export.ts';
import { importBaseline } from './import.ts';
import { inventory } from './inventory.ts';
import { type MemoryFiles, memoryFiles } from './memory-files.fixture.ts';
import { prune } from './prune.ts';
import { keptRuns } from './store.ts';
import { verify } from './verify.ts';

const cells = 9;
const run = (at: number): Results => historyRun({ cells, run: at });
const on39 = (at: number): Results => historyRun({ cells, run: at, runtime: fixtureRuntime('3.9.18') });
const shift = { cells: ['*'], commit: 'b'.repeat(40), by: 'octocat', why: 'Meant.', created: '2026-01-01T00:00:00.000Z' };

async function baselineOf(runs: readonly Results[]): Promise<MemoryFiles> {
  const files = memoryFiles();
  await baselineStore(files, condensedRun).append(runs);
  return files;
}

const runIds = async (files: MemoryFiles) => (await inventory(files)).files.map(({ runs }) => runs.map(({ runId }) => runId));
const ids = (runs: readonly Results[]) => runs.map(({ runId }) => runId);

describe('the inventory', () => {
  it('of nothing is empty', async () => {
    expect(await inventory(memoryFiles())).toEqual({ where: 'memory', files: [], accepted: 0, bytes: 0, boundBytes: 0 });
  });

  it('says what each file holds', async () => {
    const files = await baselineOf([run(1), run(0), on39(0)]);
    await baselineStore(files, condensedRun).accept(shift);
    const found = await inventory(files);
    expect(found.files.map(({ name, runs }) => [name.includes('3.13'), runs.length])).toEqual([
      [true, 2],
      [false, 1],
    ]);
    const { runId, commit, created, machine } = run(0);
    const runtime = fixtureRuntime('3.13.0').id;
    expect(found.files[0]?.runs[0]).toMatchObject({ runId, commit, created, cpuModel: machine.cpuModel, runtime, shard: null, cells });
    expect(found.accepted).toBe(1);
    expect(found.bytes).toBe([...files.texts.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0));
  });

  it('foresees what a file grows to, and no file outgrows it', async () => {
    const files = await baselineOf([run(0)]);
    const { boundBytes } = await inventory(files);
    for (let at = 1; at < 2 * keptRuns; at += 1) await baselineStore(files, condensedRun).append([{ ...run(at), runId: `run-${at}` }]);
    const { bytes } = await inventory(files);
    expect(bytes).toBeGreaterThan(0.8 * boundBytes);
    expect(bytes).toBeLessThan(1.05 * boundBytes);
    expect((await inventory(files)).boundBytes).toBeLessThan(1.1 * bytes);
  });

  it('counts damaged lines and names a file that cannot be read', async () => {
    const files = await baselineOf([run(0), on39(0)]);
    const [first = '', second = ''] = files.texts.keys();
    files.texts.set(first, `torn\n${files.texts.get(first)}`);
    const shut = {
      ...files,
      read: async (names: readonly string[]) => {
        if (names.includes(second)) throw new UnreadableFiles(new Map([[second, 'It is too large.']]), 'Remove it.');
        return files.read(names);
      },
    };
    const found = (await inventory(shut)).files.map(({ damaged, unreadable }) => [damaged, unreadable]);
    expect(found).toContainEqual([1, null]);
    expect(found).toContainEqual([0, expect.stringContaining('too large')]);
    expect((await verify(shut)).map(({ file, line }) => [file, line])).toEqual([
      [second, null],
      [first, 1],
    ]);
  });
});

describe('pruning', () => {
  it.each([
    ['nothing is named', {}, [0, 1, 2, 3]],
    ['the newest are kept', { keep: 2 }, [2, 3]],
    ['none is kept', { keep: 0 }, null],
    ['a day is named', { olderThan: run(2).created }, [2, 3]],
    ['a commit is named', { commits: ['0'.repeat(40), (run(1).commit ?? '').slice(0, 40)] }, [0, 2, 3]],
    ['too few digits are named', { commits: ['cccccc'] }, [0, 1, 2, 3]],
    ['a run is named', { runIds: [run(3).runId] }, [0, 1, 2]],
  ])('when %s', async (_, choice, left) => {
    const all = [run(0), run(1), run(2), run(3)];
    const files = await baselineOf(all);
    const removed = await prune(files, choice);
    expect(await runIds(files)).toEqual(left === null ? [] : [ids(left.map((at) => run(at)))]);
    expect(removed.runs).toHaveLength(4 - (left?.length ?? 0));
    expect(await verify(files)).toEqual([]);
  });

  it('drops what only the removed runs referred to', async () => {
    const files = await baselineOf([run(0), run(1)]);
    await prune(files, { keep: 1 });
    expect([...files.texts.values()].join('')).not.toContain(run(0).machine.cpuModel);
  });

  it('removes damaged lines only when that is asked for', async () => {
    const files = await baselineOf([run(0), run(1)]);
    for (const [name, text] of files.texts) files.texts.set(name, `torn\n${text}`);
    expect((await prune(files, { keep: 1 })).damagedLines).toBe(0);
    expect(await verify(files)).toHaveLength(1);
    expect((await prune(files, { damaged: true })).damagedLines).toBe(1);
    expect(await verify(files)).toEqual([]);
    expect(await runIds(files)).toEqual([[run(1).runId]]);
  });
});

describe('verifying', () => {
  it('finds runs that are there twice or in the wrong file', async () => {
    const files = await baselineOf([run(0), on39(0)]);
    const [[first = '', one = ''] = [], [, other = ''] = []] = [...files.texts];
    files.texts.set(first, one + one + other);
    expect((await verify(files)).map(({ reason }) => reason)).toEqual([
      expect.stringContaining('is in the file already'),
      expect.stringMatching(/belongs into .*3\.(9|13)/),
    ]);
  });
});

describe('an exported baseline', () => {
  const runs = [run(0), run(1), on39(1)];

  it('is read back whole, once', async () => {
    const files = await baselineOf(runs);
    await baselineStore(files, condensedRun).accept(shift);
    const { text, leftOut } = await exportBaseline(files);
    expect(leftOut).toEqual([]);
    const copy = memoryFiles();
    expect(await importBaseline(copy, text, condensedRun)).toEqual({ added: 3, passedOver: 0, accepted: 1, faults: [] });
    expect(await importBaseline(copy, text, condensedRun)).toEqual({ added: 0, passedOver: 3, accepted: 0, faults: [] });
    expect(copy.writes).toBe(1);
    expect(copy.texts).toEqual(files.texts);
  });

  it('survives being indented by others', async () => {
    const { text } = await exportBaseline(await baselineOf(runs));
    expect((await importBaseline(memoryFiles(), JSON.stringify(JSON.parse(text), null, 4), condensedRun)).added).toBe(3);
  });

  it('is merged with what is there, and the newest runs stay', async () => {
    const files = await baselineOf(Array.from({ length: keptRuns }, (_, at) => run(at + 1)));
    const { text } = await exportBaseline(await baselineOf([run(0), run(keptRuns + 1)]));
    expect(await importBaseline(files, text, condensedRun)).toMatchObject({ added: 1, passedOver: 1 });
    expect((await runIds(files))[0]?.at(-1)).toBe(run(keptRuns + 1).runId);
  });

  it('leaves out what cannot be read, and says so on both sides', async () => {
    const files = await baselineOf(runs);
    for (const [name, text] of files.texts) files.texts.set(name, `torn\n${text}`);
    const { text, leftOut } = await exportBaseline(files);
    expect(leftOut).toHaveLength(2);
    const damaged = text.replace('"lines":[', '"lines":["torn",');
    const { added, faults } = await importBaseline(memoryFiles(), damaged, condensedRun);
    expect([added, faults]).toEqual([3, [{ file: 'the document', line: 1, reason: expect.stringContaining('not JSON') }]]);
  });

  it.each([
    ['', 'not JSON'],
    ['[]', 'not an exported baseline'],
    ['{"schema":2,"kind":"results"}', 'not an exported baseline: kind'],
    ['{"schema":3,"kind":"baseline","lines":[]}', 'Update'],
    ['{"schema":2,"kind":"baseline","lines":[{}]}', 'lines.0'],
    ['{"schema":2,"kind":"baseline","lines":["a\\nb"]}', 'more than one line'],
    ['{"schema":2,"kind":"baseline","lines":[],"__proto__":{"a":1}}', '__proto__'],
  ])('is refused when it is %s', async (text, reason) => {
    const files = memoryFiles();
    await expect(importBaseline(files, text, condensedRun)).rejects.toThrow(reason);
    await expect(importBaseline(files, text, condensedRun)).rejects.toThrow(UserError);
    expect(files.writes).toBe(0);
  });
});
