import { expect, it } from 'vitest';
import { type GitHub, startGitHub } from '../../test/github/server.ts';
import { lazyClient } from './client.ts';
import { commitHistory } from './commit-history.ts';
import { hastyPatience } from './patience.fixture.ts';

const reach = (github: GitHub) => ({
  client: lazyClient({ token: github.token({ contents: 'read' }), apiUrl: github.apiUrl }, hastyPatience()),
  ...{ owner: 'octo', repo: 'project', signal: new AbortController().signal },
});

/** The commits of a branch, oldest first. */
const grow = (github: GitHub, count: number) =>
  Array.from({ length: count }, (_, index) => github.seed.commit({ branch: 'main', message: `${index}`, date: new Date(index * 1000) }));

it('holds a commit and what came before it, not what came after', async () => {
  await using github = await startGitHub();
  const commits = grow(github, 5);
  const history = await commitHistory(reach(github), commits[2] ?? '');
  expect([...history.commits]).toEqual(commits.slice(0, 3).toReversed());
  expect(history.complete).toBe(true);
  github.log.assertClean();
});

it('holds both sides of a merge', async () => {
  await using github = await startGitHub();
  const [root = ''] = grow(github, 1);
  const sides = ['a', 'b'].map((message) => github.seed.commit({ parents: [root], message }));
  const merge = github.seed.commit({ parents: sides });
  expect((await commitHistory(reach(github), merge)).commits).toEqual(new Set([merge, ...sides, root]));
});

it.each([
  [99, 1, true],
  [100, 2, true],
  [299, 3, true],
  [301, 3, false],
])('of %d commits asks for %d pages; complete: %j', async (count, pages, complete) => {
  await using github = await startGitHub();
  const commits = grow(github, count);
  const history = await commitHistory(reach(github), commits.at(-1) ?? '');
  expect(history.complete).toBe(complete);
  expect(history.commits).toEqual(new Set(commits.slice(-300)));
  expect(github.log.count('repos/list-commits')).toBe(pages);
  github.log.assertClean();
});

it('says which commit GitHub does not know', async () => {
  await using github = await startGitHub();
  grow(github, 1);
  await expect(commitHistory(reach(github), 'f'.repeat(40))).rejects.toThrow(/the history of commit f{40} of octo\/project/);
});

it('takes nothing for a commit that is none', async () => {
  await using github = await startGitHub({ handlers: { 'repos/list-commits': () => ({ status: 200, body: [{ sha: '<script>' }] }) } });
  const [commit = ''] = grow(github, 1);
  await expect(commitHistory(reach(github), commit)).rejects.toThrow(/answer about a history is not what its description says/);
});
