import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import { baselineStore } from '../baseline/baseline-store.ts';
import { memoryFiles } from '../baseline/memory-files.fixture.ts';
import { condensedRun } from '../judge/condensed-run.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { Comparison } from '../model/results.ts';
import { checkCommits, partsWithBaselines } from './report-parts.ts';

const shift = (part: Partial<AcceptedShift> = {}): AcceptedShift => ({
  cells: ['spawn/*'],
  commit: 'a'.repeat(40),
  by: 'octocat',
  why: 'Agreed.',
  created: '2026-11-01T00:00:00.000Z',
  ...part,
});
const comparison = (accepted: readonly AcceptedShift[]): Comparison => ({
  baseline: { used: [], leftOut: [], accepted },
  pairs: { kind: 'not needed' },
  looks: [10, 20, 40],
});
const workflow = { commit: 'a'.repeat(40), runId: '1', storesBaseline: false, pullRequest: null, mergeGroupBase: null };
const file = (part = {}) => ({ file: 'results.json', results: resultsDocument(part) });

describe('partsWithBaselines', () => {
  it('takes no acceptance from a results file that the store does not know', async () => {
    const store = baselineStore(memoryFiles(), condensedRun);
    await store.accept(shift());
    const { parts } = await partsWithBaselines([file({ comparison: comparison([shift(), shift({ by: 'nobody' })]) })], store, []);
    expect(parts[0]?.results.comparison?.baseline.accepted).toEqual([shift()]);
  });

  it('adds what was accepted on the way here', async () => {
    const store = baselineStore(memoryFiles(), condensedRun);
    const { parts } = await partsWithBaselines([file({ comparison: comparison([]) })], store, [shift()]);
    expect(parts[0]?.results.comparison?.baseline.accepted).toEqual([shift()]);
  });
});

describe('checkCommits', () => {
  it('takes results of the commit that the event is about, and any at a terminal', () => {
    expect(() => checkCommits([file()], workflow)).not.toThrow();
    expect(() => checkCommits([file({ commit: 'b'.repeat(40) })], null)).not.toThrow();
  });

  it('refuses results of another commit, and names both', () => {
    expect(() => checkCommits([file({ commit: 'b'.repeat(40) })], workflow)).toThrow(/results\.json is of commit b+, and .* about a+/);
    expect(() => checkCommits([file({ commit: null })], workflow)).toThrow(/is of commit none/);
  });

  it('leaves it to the storage on the base branch, where a run may be reported on again', () => {
    expect(() => checkCommits([file({ commit: 'b'.repeat(40) })], { ...workflow, storesBaseline: true })).not.toThrow();
  });
});
