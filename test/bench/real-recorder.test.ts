import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cellName, cellsNamed } from '../../bench/real/cells.ts';
import { jobKey } from '../../bench/real/jobs.ts';
import type { MilliTurns } from '../../bench/real/planting.ts';
import type { Ready } from '../../bench/real/ready.ts';
import { readRecord } from '../../bench/real/record-file.ts';
import { type Recording, recordWith } from '../../bench/real/recorder.ts';
import { copyNames, copyWorkloads, sourcesDigest } from '../../bench/real/workload-copies.ts';
import { abortError, type RunRequest } from '../../src/measure/executor.ts';
import { metricOf } from '../../src/model/metric.ts';
import type { Sample } from '../../src/model/sample.ts';
import { recipeLine } from './real.fixture.ts';

const root = join(import.meta.dirname, '..', '..');
const workloads = join(root, 'workloads');
const cells = cellsNamed(['spawn/asyncio', 'lock/asyncio']);

/** A machine that takes 1 ms a unit, and what was asked of it. */
function fakeReady(onRun: (run: number, request: RunRequest) => Sample | null = () => null) {
  const amounts = new Map<string, MilliTurns>();
  const requests: string[] = [];
  const key = (cell: (typeof cells)[number], copy: string) => `${cellName(cell)} ${copy}`;
  const runtime = { runtime: recipeLine.runtime, executable: 'python', environment: {} };
  const ready: Ready = {
    executor: {
      describe: () => Promise.reject(new Error('not asked')),
      run: (request) => {
        requests.push(request.workload);
        const other = onRun(requests.length, request);
        const slower = 1 + (amounts.get(request.workload) ?? 0) / 8_000_000;
        return Promise.resolve(other ?? measured(request, slower * (1 + 0.001 * (requests.length % 3))));
      },
    },
    runtimes: { base: runtime, head: runtime },
    peerPython: 'python',
    machine: recipeLine.machine,
    copies: { path: key, plant: (cell, copy, amount) => void amounts.set(key(cell, copy), amount) },
    gates: new Map(cells.map((cell) => [cellName(cell), metricOf('cpu_per_unit')])),
    close: () => {},
  };
  return { ready, amounts, requests };
}

function measured({ cell }: RunRequest, slower: number): Sample {
  const phases = { total: 1, startup: 0.1, peers: 0, measured: 0.5 };
  const values = { cpu_per_unit: [0.001 * slower, 0.0012 * slower] };
  return { status: 'measured', cell, round: 0, values, calibration: [0.01, 0.011], units: 10, ideal: null, phases };
}

function broken({ cell }: RunRequest): Sample {
  return { status: 'broken', cell, round: 0, kind: 'crash', message: 'it fell over', output: '' };
}

function recording(ready: Ready, part: Partial<Recording> = {}): Recording {
  return {
    ...{ root, cells, counts: { null: 3, planted: 2 }, seed: 1, python: null, ready },
    path: join(mkdtempSync(join(tmpdir(), 'recorder-')), 'record.jsonl'),
    progress: { note: () => {}, update: () => {}, end: () => {} },
    signal: new AbortController().signal,
    ...part,
  };
}

describe('the recorder', () => {
  it('records every pair of the schedule, planted ones slower by what it learned', async () => {
    const { ready } = fakeReady();
    const request = recording(ready);
    expect(await recordWith(request)).toBe('complete');
    const { pairs, plantings, sittings } = readRecord(request.path);
    expect(new Set(pairs.map(jobKey)).size).toBe(10);
    expect(sittings).toHaveLength(1);
    expect(plantings.map(({ amount }) => Math.round(amount / 10_000))).toEqual([80, 80]);
    for (const { kind, base, head } of pairs) {
      expect((head.values[0] ?? 0) / (base.values[0] ?? 1)).toBeCloseTo(kind === 'planted' ? 1.1 : 1, 2);
    }
  });

  it('runs the sides in the order that it notes', async () => {
    const { ready, requests } = fakeReady();
    const request = recording(ready);
    await recordWith(request);
    const noted = readRecord(request.path).pairs.map(({ cell, kind, first }) => {
      const sides = [`${cell} base`, `${cell} ${kind === 'null' ? 'head' : 'slow'}`];
      return first === 'base' ? sides : sides.toReversed();
    });
    expect(requests.slice(-20)).toEqual(noted.flat());
  });

  it('goes on where it was interrupted: measures what is missing, and learns nothing twice', async () => {
    const control = new AbortController();
    const first = fakeReady((run) => {
      if (run < 50) return null;
      control.abort();
      throw abortError();
    });
    const request = recording(first.ready, { signal: control.signal });
    expect(await recordWith(request)).toBe('interrupted');
    const kept = readRecord(request.path);
    expect(kept.plantings).toHaveLength(2);
    expect(kept.pairs.length).toBeGreaterThan(0);
    const second = fakeReady();
    expect(await recordWith({ ...request, ready: second.ready, signal: new AbortController().signal })).toBe('complete');
    const { pairs, sittings } = readRecord(request.path);
    expect(pairs.slice(0, kept.pairs.length)).toEqual(kept.pairs);
    expect(new Set(pairs.map(jobKey)).size).toBe(10);
    expect(second.requests).toHaveLength(2 * (10 - kept.pairs.length));
    expect([...second.amounts.values()]).toEqual(kept.plantings.map(({ amount }) => amount));
    expect(sittings).toHaveLength(2);
  });

  it('measures nothing more when nothing is missing', async () => {
    const { ready } = fakeReady();
    const request = recording(ready);
    await recordWith(request);
    const again = fakeReady();
    expect(await recordWith({ ...request, ready: again.ready })).toBe('complete');
    expect(again.requests).toEqual([]);
  });

  it('refuses to add to a record of another seed, and leaves it as it is', async () => {
    const { ready } = fakeReady();
    const request = recording(ready);
    await recordWith(request);
    const before = readFileSync(request.path, 'utf8');
    await expect(recordWith({ ...request, seed: 2 })).rejects.toThrow('was made by another recipe');
    expect(readFileSync(request.path, 'utf8')).toBe(before);
  });

  it('notes a process that broke and measures its pair again', async () => {
    const { ready } = fakeReady((run, request) => (run === 45 ? broken(request) : null));
    const request = recording(ready);
    expect(await recordWith(request)).toBe('complete');
    const { pairs, broken: lines } = readRecord(request.path);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.message).toContain('it fell over');
    expect(new Set(pairs.map(jobKey)).size).toBe(10);
  });

  it('gives a cell up that breaks three times, and goes on with the others', async () => {
    const { ready } = fakeReady((run, request) => (run > 42 && request.workload.startsWith('lock') ? broken(request) : null));
    const request = recording(ready);
    expect(await recordWith(request)).toBe('complete');
    const { pairs, broken: lines } = readRecord(request.path);
    expect(lines).toHaveLength(3);
    expect(pairs.map(({ cell }) => cell)).toEqual(Array(5).fill('spawn/asyncio'));
  });

  it('says which cell broke before anything could be planted', async () => {
    const { ready } = fakeReady((run, request) => (run === 2 ? broken(request) : null));
    await expect(recordWith(recording(ready))).rejects.toThrow('spawn/asyncio broke on base: it fell over');
  });

  it('knows its cells', () => {
    expect(() => cellsNamed(['spawn/none'])).toThrow('spawn/none is not recorded');
    expect(cellsNamed([]).length).toBeGreaterThanOrEqual(15);
  });
});

describe('copies of the workloads', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'copies-'));

  it('have paths of one length, files of one length, and no bytecode of another amount', () => {
    const copies = copyWorkloads(cells, { from: workloads, to: folder() });
    for (const cell of cells) {
      const paths = copyNames.map((copy) => copies.path(cell, copy));
      expect(new Set(paths.map((path) => path.length)).size).toBe(1);
      const [base = '', , slow = ''] = paths;
      const bytecode = join(slow, '..', '__pycache__');
      mkdirSync(bytecode);
      copies.plant(cell, 'slow', 123_456);
      expect(existsSync(bytecode)).toBe(false);
      expect(readFileSync(slow, 'utf8')).toContain('int("000000123456")');
      expect(readFileSync(slow, 'utf8').length).toBe(readFileSync(base, 'utf8').length);
    }
  });

  it('leave the bundled files alone', () => {
    const before = readFileSync(join(workloads, 'spawn.py'), 'utf8');
    const copies = copyWorkloads(cells, { from: workloads, to: folder() });
    for (const cell of cells) copies.plant(cell, 'slow', 5);
    expect(readFileSync(join(workloads, 'spawn.py'), 'utf8')).toBe(before);
  });

  it('change the digest with a workload, a peer, the worker or the recipe, and with nothing else', () => {
    const copy = join(folder(), 'workloads');
    cpSync(workloads, copy, { recursive: true, filter: (path) => !path.includes('__pycache__') });
    const digest = sourcesDigest(copy, { seed: 1 });
    expect(digest).toBe(sourcesDigest(workloads, { seed: 1 }));
    expect(digest).not.toBe(sourcesDigest(copy, { seed: 2 }));
    writeFileSync(join(copy, 'notes.txt'), 'x');
    expect(sourcesDigest(copy, { seed: 1 })).toBe(digest);
    for (const file of ['spawn.py', 'peers/tcp.py', 'worker/concurrency_worker/calibration.py']) {
      const before = sourcesDigest(copy, { seed: 1 });
      writeFileSync(join(copy, file), `${readFileSync(join(copy, file), 'utf8')}\n`);
      expect(sourcesDigest(copy, { seed: 1 }), file).not.toBe(before);
    }
  });
});
