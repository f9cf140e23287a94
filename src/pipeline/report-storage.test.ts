import { describe, expect, it } from 'vitest';
import { fixtureJudgement } from '../../test/fixtures/judgement/factory.ts';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { baselineStore } from '../baseline/baseline-store.ts';
import { type MemoryFiles, memoryFiles } from '../baseline/memory-files.fixture.ts';
import { readOptions } from '../config/options.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import type { Results } from '../model/results.ts';
import { UserError } from '../model/user-error.ts';
import { progressOn } from './progress.ts';
import { type StorageRequest, storedBefore, storeRun } from './report-storage.ts';
import type { Workflow } from './surroundings.ts';

const onMain: Workflow = { commit: 'a'.repeat(40), runId: '1', storesBaseline: true, pullRequest: null, mergeGroupBase: null };

interface Case {
  readonly workflow?: Workflow | null;
  readonly results?: Partial<Results>;
  readonly given?: Readonly<Record<string, string>>;
  readonly missingShards?: readonly string[];
  readonly files?: MemoryFiles;
}

function request({ workflow = onMain, results = {}, given = {}, missingShards = [], files = memoryFiles() }: Case): StorageRequest {
  const document = resultsDocument(results);
  const surroundings = {
    environment: {},
    home: '/',
    cwd: '/',
    workloadsFolder: '/',
    workflow,
    repository: null,
    progress: progressOn({ write: () => {} }),
    signal: new AbortController().signal,
  };
  return {
    surroundings,
    options: readOptions([{ source: 'input', given }]),
    store: baselineStore(files, condensedRun),
    files: [{ file: 'results.json', results: document }],
    judged: { results: document, judgement: fixtureJudgement({ results: document, missingShards }) },
    merged: [],
  };
}

const pairs = {
  kind: 'pairs',
  run: {
    base: { commit: 'b'.repeat(40), origin: 'merge base', notes: [] },
    plan: { suspects: [], lone: [], notComparable: [] },
    series: [],
    movedFamilies: [],
    seconds: 0,
  },
} as const;
const ofAChange = { comparison: { baseline: { used: [], leftOut: [], accepted: [] }, pairs, looks: [20] } };

async function outcome(of: Case) {
  const files = memoryFiles();
  const { stored, warnings } = await storeRun(request({ ...of, files }));
  expect(files.writes > 0).toBe(stored);
  return { stored, told: warnings.map((warning) => ('reason' in warning ? warning.reason : warning.code)) };
}

describe('storeRun', () => {
  it.each<[string, Case]>([
    ['a run of the base branch', {}],
    ['a run at a terminal', { workflow: null }],
  ])('stores %s', async (_, of) => {
    expect(await outcome(of)).toEqual({ stored: true, told: [] });
  });

  it.each<[string, Case, RegExp | null]>([
    ['a pull request', { workflow: { ...onMain, storesBaseline: false } }, null],
    ['a run that is not complete', { results: { partial: true } }, null],
    ['a run of which a shard is missing', { missingShards: ['Python 3.13'] }, /a shard is missing/],
    ['results of another commit', { results: { commit: 'c'.repeat(40) } }, /of another commit/],
    ['a change at a terminal', { workflow: null, given: { 'base-ref': 'main' } }, null],
    ['results of a change that are reported at a terminal', { workflow: null, results: ofAChange }, null],
    ['anything on a branch from a terminal', { workflow: null, given: { 'baseline-store': 'branch' } }, /only a workflow/],
  ])('does not store %s', async (_, of, told) => {
    const { stored, told: said } = await outcome(of);
    expect(stored).toBe(false);
    if (told === null) expect(said).toEqual([]);
    else expect(said).toEqual([expect.stringMatching(told)]);
  });

  it('costs the baseline and not the report where it cannot be written', async () => {
    const files = { ...memoryFiles(), change: () => Promise.reject(new UserError('The branch is protected.', 'Unprotect it.')) };
    expect(await storeRun(request({ files }))).toEqual({
      stored: false,
      warnings: [{ code: 'not stored', reason: 'The branch is protected. Unprotect it.' }],
    });
  });

  const accepted = (cells: readonly string[]) => ({
    ...{ cells, commit: 'a'.repeat(40), by: 'maintainer', why: 'label "accept" on #7', created: '2026-11-26T12:00:00Z' },
  });

  it('keeps every cell that was accepted, however many they are', async () => {
    const asked = request({});
    const cells = Array.from({ length: 1001 }, (_, index) => `load_${index}/threads/x`);
    expect(await storeRun({ ...asked, merged: [accepted(cells)] })).toEqual({ stored: true, warnings: [] });
    expect((await asked.store.accepted()).flatMap((shift) => shift.cells).toSorted()).toEqual(cells.toSorted());
  });

  it.each<[string, Partial<StorageRequest>, RegExp]>([
    ['what was accepted cannot be written', { merged: [accepted(['a\nb'])] }, /^What maintainer accepted since a{12} cannot be stored/],
    ['the store fails in a way that nobody expected', { store: broken(new TypeError('odd')) }, /^it could not be written \(odd\)\.$/],
  ])('costs the baseline and not the report where %s', async (_, change, reason) => {
    const { stored, warnings } = await storeRun({ ...request({}), ...change });
    expect({ stored, warnings }).toEqual({ stored: false, warnings: [{ code: 'not stored', reason: expect.stringMatching(reason) }] });
  });
});

function broken(fault: Error): StorageRequest['store'] {
  return baselineStore({ ...memoryFiles(), change: () => Promise.reject(fault) }, condensedRun);
}

describe('storedBefore', () => {
  const run = (digit: string, created: string) => resultsDocument({ commit: digit.repeat(40), created, runId: digit });

  it('is the commit of the newest stored run of another commit, for a run that stores', async () => {
    const asked = request({});
    expect(await storedBefore(asked)).toBeNull();
    await asked.store.append([run('d', '2026-11-24T12:00:00Z')]);
    expect(await storedBefore(asked)).toBe('d'.repeat(40));
    await asked.store.append([run('e', '2026-11-25T12:00:00Z')]);
    expect(await storedBefore(asked)).toBe('e'.repeat(40));
    await asked.store.append([run('a', '2026-11-26T12:00:00Z')]);
    expect(await storedBefore(asked)).toBeNull();
  });

  it.each<[string, Partial<StorageRequest>]>([
    ['at a terminal', { surroundings: request({ workflow: null }).surroundings }],
    ['of a pull request', { surroundings: request({ workflow: { ...onMain, storesBaseline: false } }).surroundings }],
    ['where the store does not answer', { store: unanswering() }],
  ])('is not known %s', async (_, change) => {
    const asked = request({});
    await asked.store.append([run('d', '2026-11-24T12:00:00Z')]);
    expect(await storedBefore({ ...asked, ...change })).toBeNull();
  });
});

function unanswering(): StorageRequest['store'] {
  const refuse = () => Promise.reject(new UserError('No answer.', 'Run again.'));
  return baselineStore({ ...memoryFiles(), list: refuse, read: refuse }, condensedRun);
}
