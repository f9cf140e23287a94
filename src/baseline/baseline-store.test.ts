import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { encodeResults } from './codec.ts';
import { fileStore } from './file-store.ts';
import { readResultsFile, writeResultsFile } from './results-file.ts';
import { keptRuns } from './store.ts';

const { machine, runtimes } = resultsDocument();
const [runtime] = runtimes;
if (runtime === undefined) throw new Error('the fixture changed');
let folder: string;
const onlyFile = async () => join(folder, (await readdir(folder))[0] ?? 'none');
const runIds = async () => (await fileStore(folder).read(machine, runtime)).runs.map(({ runId }) => runId);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baseline-'));
});

describe('the file store', () => {
  it('is empty at first, and not an error', async () => {
    expect(await fileStore(join(folder, 'none')).read(machine, runtime)).toEqual({ runs: [], warnings: [] });
  });

  it('keeps the last runs, oldest first, each once', async () => {
    for (let run = 0; run < keptRuns + 2; run += 1) await fileStore(folder).append(resultsDocument({ runId: `run-${run}` }));
    await fileStore(folder).append(resultsDocument({ runId: `run-${keptRuns}` }));
    const ids = await runIds();
    expect(ids).toHaveLength(keptRuns);
    expect(ids[0]).toBe('run-2');
    expect(ids.at(-1)).toBe(`run-${keptRuns + 1}`);
  });

  it('writes one file for each runtime, which holds that runtime only', async () => {
    const other = { ...runtime, id: 'cpython-3.12.1-gil-00000000', python: '3.12.1' };
    await fileStore(folder).append(resultsDocument({ runtimes: [runtime, other] }));
    expect(await readdir(folder)).toHaveLength(2);
    const stored = await fileStore(folder).read(machine, other);
    expect(stored.runs[0]?.runtimes).toEqual([other]);
    expect(stored.runs[0]?.samples).toEqual([]);
  });

  it.each([
    ['runner class', { runnerClass: 'self-hosted' }],
    ['CPU count', { cpus: 4 }],
    ['architecture', { arch: 'arm64' }],
    ["peers' interpreter", { peerPython: '3.12.3-11111111' }],
  ])('does not compare across another %s', async (_, change) => {
    await fileStore(folder).append(resultsDocument());
    expect((await fileStore(folder).read({ ...machine, ...change }, runtime)).runs).toEqual([]);
  });

  it('compares across CPU models and kernels: they are recorded, not required', async () => {
    await fileStore(folder).append(resultsDocument());
    expect((await fileStore(folder).read({ ...machine, cpuModel: 'other', kernel: '7.0' }, runtime)).runs).toHaveLength(1);
  });

  it('names a damaged line and a future one, and keeps both as they are', async () => {
    await fileStore(folder).append(resultsDocument());
    const path = await onlyFile();
    const good = await readFile(path, 'utf8');
    const future = JSON.stringify({ schema: 99, kind: 'results' });
    await writeFile(path, `{"torn":\n${good}${future}\n`);
    const stored = await fileStore(folder).read(machine, runtime);
    expect(stored.runs).toHaveLength(1);
    expect(stored.warnings).toMatchObject([
      { code: 'baseline damaged', line: 1, reason: expect.stringContaining('not JSON') },
      { code: 'baseline damaged', line: 3, reason: expect.stringContaining('version 99') },
    ]);
    for (let run = 0; run < keptRuns + 1; run += 1) await fileStore(folder).append(resultsDocument({ runId: `later-${run}` }));
    const after = (await readFile(path, 'utf8')).split('\n');
    expect(after[0]).toBe('{"torn":');
    expect(after).toContain(future);
    expect(await runIds()).toHaveLength(keptRuns);
  });

  it('finds the newest run of every runtime of such a machine, and of no other', async () => {
    const other = { ...runtime, id: `${runtime.id}+uvloop-0.1.0` };
    const at = (created: string, runId: string, runtimes = [runtime]) => resultsDocument({ created, runId, runtimes });
    for (const run of [at('2026-01-01T00:00:00.000Z', 'first'), at('2026-01-03T00:00:00.000Z', 'third')])
      await fileStore(folder).append(run);
    await fileStore(folder).append(at('2026-01-02T00:00:00.000Z', 'second', [other]));
    await fileStore(folder).append(resultsDocument({ runId: 'elsewhere', machine: { ...machine, cpus: machine.cpus + 1 } }));
    expect((await fileStore(folder).readNewest(machine)).map(({ runId }) => runId)).toEqual(['third', 'second']);
    expect(await fileStore(join(folder, 'none')).readNewest(machine)).toEqual([]);
  });

  it('leaves no temporary file behind', async () => {
    await fileStore(folder).append(resultsDocument());
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('a results file', () => {
  it('reads back', async () => {
    const path = join(folder, 'deep', 'results.json');
    await writeResultsFile(path, resultsDocument());
    expect(await readResultsFile(path)).toEqual(resultsDocument());
  });

  it('that is missing, damaged or newer is named', async () => {
    const path = join(folder, 'results.json');
    await expect(readResultsFile(path)).rejects.toThrow(`${path} cannot be opened`);
    await writeFile(path, encodeResults(resultsDocument()).slice(0, 300));
    await expect(readResultsFile(path)).rejects.toThrow(/results\.json cannot be read.*not JSON/);
    await writeFile(path, JSON.stringify({ ...resultsDocument(), schema: 7 }));
    await expect(readResultsFile(path)).rejects.toThrow(/version 7.*Update/);
  });
});
