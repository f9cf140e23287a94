import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import { cellIdsOf } from '../model/run.ts';
import type { Sample } from '../model/sample.ts';
import type { Shard } from '../model/shard.ts';
import { warningText } from '../model/warning.ts';
import { baselineStore } from './baseline-store.ts';
import { type MemoryFiles, memoryFiles } from './memory-files.fixture.ts';
import { keptRuns } from './store.ts';

const { machine, runtimes } = resultsDocument();
const [runtime] = runtimes;
if (runtime === undefined) throw new Error('the fixture has a runtime');

const storeOf = (files: MemoryFiles) => baselineStore(files, condensedRun);
const runIds = async (files: MemoryFiles) => (await storeOf(files).read(machine, runtime)).runs.map(({ runId }) => runId);
const day = (run: number) => new Date(Date.UTC(2026, 0, 1 + run)).toISOString();
const runOf = (run: number) => resultsDocument({ runId: `run-${run}`, created: day(run) });
const shardOf = (index: number): Shard => ({ run: 'plan', index, pythons: [['3.13', 2]], workloads: ['spawn'], cells: 2 });

const onlyText = (files: MemoryFiles) => {
  const [text, ...others] = files.texts.values();
  if (text === undefined || others.length > 0) throw new Error(`one file was to be expected, not ${files.texts.size}`);
  return text;
};

/** The store's one file with its text changed by hand. */
function edited(files: MemoryFiles, edit: (text: string) => string): void {
  for (const [name, text] of files.texts) files.texts.set(name, edit(text));
}

describe('a baseline', () => {
  it('is empty before the first run', async () => {
    expect(await storeOf(memoryFiles()).read(machine, runtime)).toEqual({ runs: [], warnings: [] });
    expect(await storeOf(memoryFiles()).readNewest(null)).toEqual([]);
  });

  it('gives back a run as it was condensed', async () => {
    const files = memoryFiles();
    await storeOf(files).append([resultsDocument()]);
    expect((await storeOf(files).read(machine, runtime)).runs.map(condensedRun)).toEqual([condensedRun(resultsDocument())]);
  });

  it('keeps the last runs, oldest first, whenever they were added', async () => {
    const files = memoryFiles();
    for (let run = keptRuns + 1; run >= 0; run -= 1) await storeOf(files).append([runOf(run)]);
    expect(await runIds(files)).toEqual(Array.from({ length: keptRuns }, (_, at) => `run-${at + 2}`));
    await storeOf(files).append([runOf(keptRuns + 2)]);
    expect((await runIds(files)).at(-1)).toBe(`run-${keptRuns + 2}`);
    expect(await runIds(files)).toHaveLength(keptRuns);
  });

  it('adds a run once, and writes nothing the second time', async () => {
    const files = memoryFiles();
    await storeOf(files).append([runOf(1), runOf(1)]);
    await storeOf(files).append([runOf(1)]);
    expect(await runIds(files)).toEqual(['run-1']);
    expect(files.writes).toBe(1);
  });

  it('takes all parts of a run in one change, each once, and counts them as one run', async () => {
    const files = memoryFiles();
    const part = (run: number, index: number) => ({ ...runOf(run), shard: shardOf(index) });
    await storeOf(files).append([part(0, 1), part(0, 2)]);
    await storeOf(files).append([part(0, 2)]);
    expect(files.writes).toBe(1);
    for (let run = 1; run < keptRuns; run += 1) await storeOf(files).append([part(run, 1), part(run, 2)]);
    expect(await runIds(files)).toHaveLength(2 * keptRuns);
    expect((await storeOf(files).read(machine, runtime)).runs[1]?.shard).toEqual(shardOf(2));
    await storeOf(files).append([part(keptRuns, 1)]);
    expect(await runIds(files)).not.toContain('run-0');
  });

  it('takes the parts of a run without a plan, each once, by the cells that they measured', async () => {
    const files = memoryFiles();
    const leg = (workload: string) => {
      const { workloads, samples, ...rest } = runOf(0);
      const of = (sample: Sample): Sample => ({ ...sample, cell: { ...sample.cell, workload } });
      return { ...rest, leftOut: [], workloads: workloads.map((each) => ({ ...each, id: workload })), samples: samples.map(of) };
    };
    const cells = async () => (await storeOf(files).read(machine, runtime)).runs.flatMap((run) => [...cellIdsOf(run)]).toSorted();
    await storeOf(files).append([leg('spawn'), leg('echo'), leg('spawn')]);
    const both = await cells();
    expect(both.map((id) => id.replace(/\/cpython.*/, ''))).toEqual(['echo/asyncio', 'echo/threads', 'spawn/asyncio', 'spawn/threads']);
    await storeOf(files).append([leg('echo')]);
    await storeOf(files).append([leg('spawn'), leg('echo')]);
    expect([await cells(), files.writes]).toEqual([both, 1]);
    for (let run = 1; run < keptRuns; run += 1) await storeOf(files).append([runOf(run)]);
    expect((await runIds(files)).filter((id) => id === 'run-0')).toHaveLength(2);
    await storeOf(files).append([runOf(keptRuns)]);
    expect(await runIds(files)).not.toContain('run-0');
  });

  it('has one file for each runtime, which holds that runtime only', async () => {
    const files = memoryFiles();
    const other = { ...runtime, id: 'cpython-3.12.1-gil-00000000', python: '3.12.1' };
    await storeOf(files).append([resultsDocument({ runtimes: [runtime, other] })]);
    expect(files.texts.size).toBe(2);
    const [run] = (await storeOf(files).read(machine, other)).runs;
    expect(run).toMatchObject({ runtimes: [other], cells: { size: 0 } });
  });

  it('refuses a run that was interrupted', async () => {
    await expect(storeOf(memoryFiles()).append([resultsDocument({ partial: true })])).rejects.toThrow(/was interrupted/);
  });

  it.each([
    ['runner class', { runnerClass: 'self-hosted' }],
    ['CPU count', { cpus: 4 }],
    ['architecture', { arch: 'arm64' }],
    ["peers' interpreter", { peerPython: '3.12.3-11111111' }],
  ])('does not compare across another %s', async (_, change) => {
    const files = memoryFiles();
    await storeOf(files).append([resultsDocument()]);
    expect((await storeOf(files).read({ ...machine, ...change }, runtime)).runs).toEqual([]);
  });

  it('compares across CPU models and kernels: they are recorded, not required', async () => {
    const files = memoryFiles();
    await storeOf(files).append([resultsDocument()]);
    expect((await storeOf(files).read({ ...machine, cpuModel: 'other', kernel: '7.0' }, runtime)).runs).toHaveLength(1);
  });

  it('finds the newest run of every runtime of such a machine, or of any', async () => {
    const files = memoryFiles();
    const other = { ...runtime, id: `${runtime.id}+uvloop-0.1.0` };
    const elsewhere = { ...machine, cpus: machine.cpus + 1 };
    await storeOf(files).append([runOf(1), runOf(3), { ...runOf(2), runtimes: [other] }, { ...runOf(9), machine: elsewhere }]);
    const ids = (runs: readonly { readonly runId: string }[]) => runs.map(({ runId }) => runId);
    expect(ids(await storeOf(files).readNewest(machine))).toEqual(['run-3', 'run-2']);
    expect(ids(await storeOf(files).readNewest(null))).toEqual(['run-9', 'run-3', 'run-2']);
  });
});

describe('a damaged baseline', () => {
  it('costs the damaged lines alone, which are named and stay as they are', async () => {
    const files = memoryFiles();
    await storeOf(files).append([runOf(0)]);
    const future = JSON.stringify({ schema: 99, kind: 'run' });
    edited(files, (text) => `{"torn":\n${text}${future}\r\n`);
    const { runs, warnings } = await storeOf(files).read(machine, runtime);
    expect(runs).toHaveLength(1);
    expect(warnings.map(warningText)).toMatchObject([
      expect.stringMatching(/\.jsonl in memory line 1: It is not JSON/),
      expect.stringMatching(/version 99; this program reads up to 2\. Update/),
    ]);
    for (let run = 1; run <= keptRuns; run += 1) await storeOf(files).append([runOf(run)]);
    const after = onlyText(files).split('\n');
    expect(after[0]).toBe('{"torn":');
    expect(after).toContain(`${future}\r`);
    expect(await runIds(files)).toHaveLength(keptRuns);
  });

  it('never takes a changed digit for a figure', async () => {
    const files = memoryFiles();
    await storeOf(files).append([runOf(0)]);
    edited(files, (text) => text.replace('"seed":7', '"seed":8'));
    const { runs, warnings } = await storeOf(files).read(machine, runtime);
    expect([runs, warnings.map(warningText)]).toEqual([[], [expect.stringContaining('changed since it was written')]]);
  });

  it('says what a run refers to that is not there, and keeps both', async () => {
    const files = memoryFiles();
    await storeOf(files).append([runOf(0)]);
    edited(files, (text) => text.replace(/.*"kind":"machine".*\n/, ''));
    const { runs, warnings } = await storeOf(files).read(machine, runtime);
    expect([runs, warnings.map(warningText)]).toEqual([[], [expect.stringMatching(/refers to machine [0-9a-f]{16}, which no line/)]]);
    await storeOf(files).append([runOf(1)]);
    // The run that came later is of the same machine, so the line is there again and the older run can be read.
    expect(await runIds(files)).toEqual(['run-0', 'run-1']);
  });

  it('keeps what a damaged line mentions for as long as it is there, and drops what nothing does', async () => {
    const files = memoryFiles();
    const onMachine = (run: number, cpuModel: string) => ({ ...runOf(run), machine: { ...machine, cpuModel } });
    await storeOf(files).append([onMachine(0, 'first')]);
    edited(files, (text) => text.replace('"seed":7', '"seed":8'));
    for (let run = 1; run <= keptRuns; run += 1) await storeOf(files).append([onMachine(run, 'second')]);
    for (let run = keptRuns + 1; run <= 2 * keptRuns; run += 1) await storeOf(files).append([onMachine(run, 'third')]);
    const models = ['first', 'second', 'third'].map((model) => onlyText(files).includes(`"cpuModel":"${model}"`));
    expect(models).toEqual([true, false, true]);
  });

  it('reads whole results of version 1, which stay as they are until newer runs take their place', async () => {
    const files = memoryFiles();
    const { shard: _, comparison: __, ...rest } = runOf(0);
    const old = JSON.stringify({ ...rest, schema: 1 });
    await storeOf(files).append([runOf(1)]);
    edited(files, (text) => `${old}\n${text}`);
    expect(await runIds(files)).toEqual(['run-0', 'run-1']);
    for (let run = 2; run < keptRuns; run += 1) await storeOf(files).append([runOf(run)]);
    expect(onlyText(files)).toContain(old);
    await storeOf(files).append([runOf(keptRuns)]);
    expect(onlyText(files)).not.toContain(old);
  });
});

describe('accepted changes of level', () => {
  const shift: AcceptedShift = { cells: ['spawn/*'], commit: 'b'.repeat(40), by: 'octocat', why: 'A check was added.', created: day(1) };

  it('are kept once each, oldest first', async () => {
    const files = memoryFiles();
    const earlier = { ...shift, commit: 'c'.repeat(40), created: day(0) };
    for (const each of [shift, earlier, { ...shift, why: 'Again.' }]) await storeOf(files).accept(each);
    expect(await storeOf(files).accepted()).toEqual([earlier, shift]);
    expect([...files.texts.keys()]).toEqual(['accepted.jsonl']);
  });

  it('outlive a damaged line, which outlives them', async () => {
    const files = memoryFiles({ 'accepted.jsonl': 'torn\n' });
    await storeOf(files).accept(shift);
    expect(await storeOf(files).accepted()).toEqual([shift]);
    expect(files.texts.get('accepted.jsonl')).toMatch(/^torn\n/);
  });

  it('are no runs', async () => {
    const files = memoryFiles();
    await storeOf(files).accept(shift);
    expect(await storeOf(files).readNewest(null)).toEqual([]);
  });
});
