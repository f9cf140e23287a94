import { beforeAll, describe, expect, it } from 'vitest';
import { shiftedBranch } from '../../test/fixtures/shifted-branch.ts';
import { baselineStore } from '../baseline/baseline-store.ts';
import { inventory } from '../baseline/inventory.ts';
import { type MemoryFiles, memoryFiles } from '../baseline/memory-files.fixture.ts';
import { readOptions } from '../config/options.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import { showBaseline } from '../pipeline/baseline-history.ts';
import { renderBaselineOutcome, type ShownOutcome } from './baseline-outcome.ts';

const where = 'the branch concurrency-baselines';
let files: MemoryFiles;

beforeAll(async () => {
  files = { ...memoryFiles(), where };
  const store = baselineStore(files, condensedRun);
  for (const night of shiftedBranch()) await store.append([night]);
  const created = '2026-10-14T08:00:00.000Z';
  await store.accept({ cells: ['spawn/asyncio/*'], commit: '0c'.repeat(20), by: 'ada', why: 'a queue of its own', created });
});

const golden = (name: string) => `../../test/golden/baseline-${name}.txt`;
const rendered = (outcome: ShownOutcome) => renderBaselineOutcome(outcome, { width: 120 });
const shown = (pattern: string | null) => {
  const history = async (commit: string) => ({ commits: new Set([commit, '0c'.repeat(20), '0b'.repeat(20)]), complete: false });
  const place = {
    options: readOptions([]),
    surroundings: { signal: new AbortController().signal },
    folder: '.',
    repository: { historyOf: history },
  };
  return showBaseline(files, pattern, place);
};

describe('a baseline at the terminal', () => {
  it('is listed', async () => {
    await expect(rendered({ kind: 'list', where, inventory: await inventory(files) })).toMatchFileSnapshot(golden('list'));
  });

  it('is shown over time', async () => {
    await expect(rendered({ kind: 'show', where, ...(await shown(null)) })).toMatchFileSnapshot(golden('show'));
  });

  it('is shown for one cell', async () => {
    await expect(rendered({ kind: 'show', where, ...(await shown('spawn/asyncio')) })).toMatchFileSnapshot(golden('show-cell'));
  });

  it('tells what was done, and what is wrong', async () => {
    const faults = [
      { file: 'a.jsonl', line: 3, reason: 'It is not JSON.' },
      { file: 'b.jsonl', line: null, reason: 'It has 99 bytes, and at most 9 are read.' },
    ];
    const shift = {
      cells: ['spawn/*'],
      commit: '0c'.repeat(20),
      by: 'ada',
      why: 'a queue of its own',
      created: '2026-10-14T08:00:00.000Z',
    };
    const cells = Array.from({ length: 23 }, (_, at) => `spawn/threads/cpython-3.13.${at}`);
    const done: readonly ShownOutcome[] = [
      { kind: 'verify', where, faults: [] },
      { kind: 'verify', where, faults },
      { kind: 'export', where, file: '/tmp/baseline.json', bytes: 24_000, leftOut: [] },
      { kind: 'export', where, file: '/tmp/baseline.json', bytes: 24_000, leftOut: faults.slice(0, 1) },
      { kind: 'import', where, added: 24, passedOver: 0, accepted: 1, faults: [] },
      { kind: 'import', where, added: 1, passedOver: 1, accepted: 0, faults },
      { kind: 'prune', where, runs: [], damagedLines: 0, unreadable: [] },
      { kind: 'prune', where, runs: [{ runId: '1' }, { runId: '1' }, { runId: '2' }], damagedLines: 1, unreadable: ['b.jsonl'] },
      { kind: 'accept', where, shift, known: false, measured: true, cells: cells.slice(0, 1) },
      { kind: 'accept', where, shift, known: false, measured: false, cells },
      { kind: 'accept', where, shift, known: true, measured: true, cells: cells.slice(0, 1) },
    ];
    await expect(done.map(rendered).join('\n---\n\n')).toMatchFileSnapshot(golden('done'));
  });

  it('does not let what is stored speak to the terminal or the runner', () => {
    const hostile = '\u001b[31m::error::x\u202e\n::set-output name=a::b';
    const text = rendered({ kind: 'verify', where, faults: [{ file: hostile, line: 1, reason: hostile }] });
    for (const piece of ['\u001b', '\u202e', '::']) expect(text).not.toContain(piece);
  });
});
