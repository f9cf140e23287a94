import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jobKey, jobRounds } from '../../bench/real/jobs.ts';
import { loadAverage, readTicks, stealShare, ticksIn } from '../../bench/real/machine-load.ts';
import { appendLine, dropUnfinished, parseRecord, readRecord } from '../../bench/real/record-file.ts';
import { pairLine, recipeLine } from './real.fixture.ts';

const record = () => join(mkdtempSync(join(tmpdir(), 'record-')), 'deep', 'record.jsonl');

describe('a record', () => {
  it('is empty where there is no file, and gives back what was added', () => {
    const path = record();
    expect(readRecord(path)).toMatchObject({ recipe: null, pairs: [], wholeBytes: 0 });
    appendLine(path, recipeLine);
    appendLine(path, pairLine('spawn/asyncio', { index: 3 }));
    expect(readRecord(path)).toMatchObject({ recipe: { seed: 1 }, pairs: [{ cell: 'spawn/asyncio', index: 3 }] });
  });

  it('keeps six digits of a timing', () => {
    const path = record();
    appendLine(path, recipeLine);
    appendLine(path, pairLine('spawn/asyncio', { base: { values: [0.001234567891], loop: [0.01] } }));
    expect(readRecord(path).pairs[0]?.base.values).toEqual([0.00123457]);
  });

  it('loses no more than a line that was cut off, and goes on behind the last whole one', () => {
    const path = record();
    appendLine(path, recipeLine);
    appendFileSync(path, '{"line":"pair","cell":"spa');
    const known = readRecord(path);
    expect(known.recipe).not.toBeNull();
    dropUnfinished(path, known);
    appendLine(path, pairLine('spawn/asyncio', {}));
    expect(readRecord(path).pairs).toHaveLength(1);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(3);
  });

  it.each([
    ['no JSON', 'x'],
    ['an unknown line', '{"line":"else"}'],
    ['a value of zero', JSON.stringify(pairLine('a/b', { base: { values: [0], loop: [1] } }))],
    ['no value', JSON.stringify(pairLine('a/b', { base: { values: [], loop: [1] } }))],
  ])('is refused by line where it holds %s', (_, line) => {
    expect(() => parseRecord(`${JSON.stringify(recipeLine)}\n${line}\n`, 'r.jsonl')).toThrow('r.jsonl, line 2 is no line of a record.');
  });

  it('is refused where it does not begin with its recipe', () => {
    const path = record().replace('deep/', '');
    writeFileSync(path, `${JSON.stringify(pairLine('a/b', {}))}\n`);
    expect(() => readRecord(path)).toThrow('line 1 is no line of a record');
  });
});

describe('the schedule', () => {
  const request = { cells: ['a', 'b', 'c'], counts: { null: 6, planted: 4 }, seed: 7 };

  it('has every pair of every cell once, one of each cell a round', () => {
    const rounds = jobRounds(request);
    expect(rounds).toHaveLength(10);
    expect(rounds.every((round) => new Set(round.map(({ cell }) => cell)).size === 3)).toBe(true);
    const keys = rounds.flat().map(jobKey);
    expect(new Set(keys).size).toBe(30);
    expect(keys).toContain('b null 5');
    expect(keys).toContain('c planted 3');
  });

  it('is the same for the same seed and another for another', () => {
    expect(jobRounds(request)).toEqual(jobRounds(request));
    expect(jobRounds(request)).not.toEqual(jobRounds({ ...request, seed: 8 }));
  });

  it('mixes both kinds and both orders', () => {
    const jobs = jobRounds({ ...request, counts: { null: 60, planted: 40 } }).flat();
    const early = jobs.slice(0, jobs.length / 2);
    expect(early.filter(({ kind }) => kind === 'planted').length).toBeGreaterThan(30);
    for (const kind of ['null', 'planted']) {
      const first = jobs.filter((job) => job.kind === kind && job.baseFirst).length / jobs.filter((job) => job.kind === kind).length;
      expect(first).toBeGreaterThan(0.3);
      expect(first).toBeLessThan(0.7);
    }
  });
});

describe('the load of the machine', () => {
  it('is read from the kernel, and nothing where it does not tell', () => {
    expect(ticksIn('cpu  10 1 20 300 4 0 5 60 7 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n')).toEqual({ total: 400, steal: 60 });
    expect(ticksIn('')).toEqual({ total: 0, steal: 0 });
    expect(readTicks().total).toBeGreaterThanOrEqual(0);
    expect(loadAverage()).toBeGreaterThanOrEqual(0);
  });

  it('gives the share that the host took', () => {
    expect(stealShare({ total: 100, steal: 10 }, { total: 300, steal: 60 })).toBe(0.25);
    expect(stealShare({ total: 100, steal: 10 }, { total: 100, steal: 10 })).toBe(0);
  });
});
