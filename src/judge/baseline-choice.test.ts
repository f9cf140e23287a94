import { describe, expect, it } from 'vitest';
import { resultsDocument } from '../../test/fixtures/results-document.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { CommitHistory } from '../model/commit-history.ts';
import type { Results } from '../model/results.ts';
import { type BaselineQuery, chooseBaseline, chosenRuns, mergedChoice } from './baseline-choice.ts';

const commit = (number: number) => number.toString(16).padStart(40, '0');
const machine = (cpuModel: string) => ({ ...resultsDocument().machine, cpuModel });

/** A run of the commit of its number, on the day of its number. */
function run(number: number, change: Partial<Results> = {}): Results {
  const created = new Date(Date.UTC(2026, 0, 1 + number)).toISOString();
  return resultsDocument({ runId: `run-${number}`, commit: commit(number), created, ...change });
}

/** The history of a commit of a straight branch that began with commit 1. */
function historyOf(tip: number, change: Partial<CommitHistory> = {}): CommitHistory {
  return { commits: new Set(Array.from({ length: tip }, (_, back) => commit(tip - back))), complete: true, ...change };
}

function chosen(stored: readonly Results[], query: Partial<BaselineQuery> = {}) {
  return chooseBaseline(stored, { history: historyOf(5), runId: 'own', accepted: [], ...query });
}

const ids = (runs: readonly { readonly runId: string }[]) => runs.map(({ runId }) => runId);
const reasons = ({ choice }: ReturnType<typeof chosen>) => Object.fromEntries(choice.leftOut.map(({ runId, reason }) => [runId, reason]));

describe('chooseBaseline', () => {
  it('uses the runs up to the merge base, its own commit among them, and says why it leaves the others out', () => {
    const found = chosen([run(3), run(5), run(6), run(4, { partial: true }), run(2, { commit: null }), run(1, { runId: 'own' })]);
    expect(ids(found.runs)).toEqual(['run-3', 'run-5']);
    expect(found.choice.used).toEqual([
      { runId: 'run-3', commit: commit(3), created: '2026-01-04T00:00:00.000Z', cpuModel: 'CPU', distance: 2 },
      { runId: 'run-5', commit: commit(5), created: '2026-01-06T00:00:00.000Z', cpuModel: 'CPU', distance: 0 },
    ]);
    expect(reasons(found)).toEqual({
      'run-6': 'is newer than the merge base, or no ancestor of it',
      'run-4': 'is partial',
      'run-2': 'has no commit',
      own: 'is this run',
    });
    expect(ids(found.choice.leftOut)).toEqual(['own', 'run-2', 'run-4', 'run-6']);
  });

  it('uses an earlier run of the commit that is measured, and passes over what a repeated job stored itself', () => {
    const found = chosen([run(5, { runId: 'nightly' }), run(5, { runId: 'own' })]);
    expect(ids(found.runs)).toEqual(['nightly']);
  });

  it('claims nothing of what lies beyond a history that was not looked through to its end', () => {
    const far = historyOf(400, { commits: new Set(Array.from({ length: 300 }, (_, back) => commit(400 - back))), complete: false });
    expect(reasons(chosen([run(50)], { history: far }))).toEqual({
      'run-50': 'is older than the 300 commits that were looked through, newer than the merge base, or no ancestor of it',
    });
    const shallow = { commits: new Set([commit(5)]), complete: false };
    const found = chosen([run(4), run(5)], { history: shallow });
    expect(ids(found.runs)).toEqual(['run-5']);
    expect(reasons(found)['run-4']).toMatch(/^is older than the one commit that was looked through \(.*fetch-depth: 0/);
  });

  it('uses every complete run where there is no history to ask', () => {
    const found = chosen([run(9), run(2, { commit: null }), run(3, { partial: true }), run(1, { runId: 'own' })], { history: null });
    expect(ids(found.runs)).toEqual(['run-2', 'run-9']);
    expect(reasons(found)).toEqual({ 'run-3': 'is partial', own: 'is this run' });
  });

  it('orders runs by their commits: a repeated job measures an old commit late', () => {
    const late = run(2, { created: '2026-03-01T00:00:00.000Z' });
    expect(ids(chosen([run(4), run(3), late]).runs)).toEqual(['run-2', 'run-3', 'run-4']);
  });

  it('takes the parts of a run as they are, and names the run once', () => {
    const parts = [run(3, { machine: machine('A') }), run(3, { machine: machine('B') }), run(3, { partial: true })];
    const found = chosen(parts);
    expect(found.runs).toEqual(parts.slice(0, 2));
    expect(found.choice.used).toMatchObject([{ runId: 'run-3', cpuModel: 'A and B' }]);
    expect(found.choice.leftOut).toEqual([]);
    expect(ids(chosen([run(6), run(6)]).choice.leftOut)).toEqual(['run-6']);
  });

  it('takes names of prototypes for names', () => {
    const odd = chosen([run(1, { runId: '__proto__' }), run(7, { runId: 'constructor' })]);
    expect(ids(odd.choice.used)).toEqual(['__proto__']);
    expect(ids(odd.choice.leftOut)).toEqual(['constructor']);
  });
});

describe('accepted changes of level', () => {
  const shift = (number: number, day: number): AcceptedShift => ({
    ...{ cells: ['*'], commit: commit(number), by: 'someone', why: 'meant' },
    created: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
  });
  const kept = (shifts: readonly AcceptedShift[], query: Partial<BaselineQuery> = {}) =>
    chosen([run(3), run(4)], { accepted: shifts, ...query }).choice.accepted;

  it('count where they lie behind the base, and not where they come after it', () => {
    expect(kept([shift(3, 9), shift(7, 9)])).toEqual([shift(3, 9)]);
  });

  it('count where that is not known', () => {
    expect(kept([shift(7, 9)], { history: null })).toHaveLength(1);
    expect(kept([shift(7, 9)], { history: historyOf(5, { complete: false }) })).toHaveLength(1);
  });

  it('count where a used run follows them, though their commit was squashed away', () => {
    expect(kept([shift(99, 3)])).toHaveLength(1);
    expect(kept([shift(99, 4)])).toHaveLength(0);
  });
});

describe('a recorded choice', () => {
  it('finds the same records again, in the same order, and no others', () => {
    const stored = [run(4), run(2), run(6), run(3, { partial: true })];
    const { runs, choice } = chosen(stored);
    expect(chosenRuns(stored.toReversed(), choice)).toEqual(runs);
    expect(chosenRuns([run(2, { commit: commit(9) }), run(4, { partial: true })], choice)).toEqual([]);
  });

  it('of several parts is one in which a run that some part used is used', () => {
    const one = chosen([run(2), run(6)]).choice;
    const other = chosen([run(6), run(1), run(2)], { history: historyOf(6) }).choice;
    const merged = mergedChoice([one, other]);
    expect(ids(merged.used)).toEqual(['run-1', 'run-2', 'run-6']);
    expect(merged.leftOut).toEqual([]);
    expect(mergedChoice([])).toEqual({ used: [], leftOut: [], accepted: [] });
  });
});
