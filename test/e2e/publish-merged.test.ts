import { afterEach, beforeEach, expect, it } from 'vitest';
import { acceptedShifts, type MergedPlace } from '../../src/pipeline/publish-merged.ts';
import { granted, label, type Run, reportOf, type Stage, stage } from './publish.fixture.ts';

let there: Stage;
beforeEach(async () => {
  there = await stage();
});
afterEach(() => there.github.close());

/** Merges the pull request, a cell of which was accepted, and pushes once more: the run of the merge was cancelled. */
async function mergedUnnoticed() {
  const { github, number, head } = there;
  const stored = github.repository.references.current('refs/heads/main') ?? '';
  await (await there.start()).publish(reportOf({ id: 100, attempt: 1, commit: head }, ['a/threads/x']));
  github.seed.label(number, label, 'maintainer');
  const merge = github.seed.merge(number);
  const next = github.seed.commit({ branch: 'main', files: { 'b.py': '1' } });
  return { stored, merge, next };
}

function read(commit: string, place: Partial<MergedPlace>, run: Partial<Run> = {}) {
  const { repository } = there.place(run);
  if (repository === null) throw new Error('a place has a repository');
  const context = { commit, pushed: [commit], defaultBranch: 'main' };
  return acceptedShifts({ repository, context, name: 'concurrency', label, since: null, ...place });
}

const shiftOf = (commit: string) => ({ cells: ['a/threads/x'], commit, by: 'maintainer' });

it('what an earlier push brought counts from the first run after it', async () => {
  const { stored, next } = await mergedUnnoticed();
  expect(await read(next, {})).toMatchObject({ shifts: [], remarks: [] });
  expect(await read(next, { since: stored })).toMatchObject({ shifts: [shiftOf(next)], remarks: [] });
  there.github.log.assertClean();
});

it('so it does for a run that no push started', async () => {
  const { stored, merge, next } = await mergedUnnoticed();
  const context = { commit: next, pushed: [], defaultBranch: 'main' };
  expect(await read(next, { since: stored, context })).toMatchObject({ shifts: [shiftOf(next)] });
  expect(await read(next, { since: merge, context })).toMatchObject({ shifts: [], remarks: [] });
  const before = there.github.log.requests.length;
  expect(await read(next, { since: next, context })).toMatchObject({ shifts: [], remarks: [] });
  expect(there.github.log.requests.length).toBe(before);
});

it('a stored run that is not behind this one is told, and only the push is looked at', async () => {
  const { next } = await mergedUnnoticed();
  const { shifts, remarks } = await read(next, { since: 'e'.repeat(40) });
  expect([shifts, remarks]).toEqual([[], [expect.stringContaining(`The newest stored run is of ${'e'.repeat(12)}, which is not among`)]]);
});

it('a history that cannot be read is told, and only the push is looked at', async () => {
  const { stored, merge } = await mergedUnnoticed();
  there.github.faults.add({ operation: 'repos/list-commits', fault: { kind: 'status', status: 404 } });
  const { shifts, remarks } = await read(merge, { since: stored });
  expect(shifts).toMatchObject([shiftOf(merge)]);
  expect(remarks).toEqual([expect.stringMatching(/history of commit/)]);
});

it('names the permission that it lacks', async () => {
  const { next } = await mergedUnnoticed();
  const { pull_requests: _, ...lacking } = granted;
  expect(await read(next, {}, { permissions: lacking })).toMatchObject({ shifts: [], missing: ['pull-requests: read'] });
});
