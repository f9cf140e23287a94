import { expect, it } from 'vitest';
import { mergedCommits } from './merged-commits.ts';

const commit = (number: number) => number.toString(16).padStart(40, '0');
/** Numbers from the newest to the oldest, as commits. */
const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => commit(from - index));
const history = (from: number, to = 1) => ({ commits: new Set(down(from, to)), complete: to === 1 });

it('are those of the push and all since the newest stored run, each once, the newest first', () => {
  expect(mergedCommits({ pushed: down(10, 9), since: commit(6), history: history(10) })).toEqual({ commits: down(10, 7), remarks: [] });
  expect(mergedCommits({ pushed: [], since: commit(6), history: history(10) }).commits).toEqual(down(10, 7));
});

it.each([
  ['no run is stored', { since: null, history: history(10) }],
  ['the history is not known', { since: commit(6), history: null }],
  ['the newest stored run is of the last commit', { since: commit(10), history: history(10) }],
])('are those of the push where %s', (_, known) => {
  expect(mergedCommits({ pushed: down(10, 9), ...known })).toEqual({ commits: down(10, 9), remarks: [] });
});

it('are those of the push, with a remark, where the stored run is not in what is known of the history', () => {
  const { commits, remarks } = mergedCommits({ pushed: down(400, 399), since: commit(7), history: history(400, 101) });
  expect(commits).toEqual(down(400, 399));
  expect(remarks).toEqual([
    expect.stringMatching(/^The newest stored run is of 0{12}, which is not among the last 300 commits\. .*"baseline accept"/),
  ]);
});

it('end after 250, with a remark', () => {
  expect(mergedCommits({ pushed: down(250, 1), since: null, history: null }).remarks).toEqual([]);
  const { commits, remarks } = mergedCommits({ pushed: down(2048, 1), since: null, history: null });
  expect(commits).toEqual(down(2048, 1799));
  expect(remarks).toEqual([expect.stringMatching(/^Of 2048 commits .* the newest 250 were looked at\. .*"baseline accept"/)]);
});
