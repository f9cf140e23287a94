import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readRecord } from '../../src/github/comment-record.ts';
import { acceptedShifts } from '../../src/pipeline/publish-merged.ts';
import { graceSignal } from '../../src/pipeline/publish-signal.ts';
import { readMarker } from '../../src/render/comment-marker.ts';
import { granted, label, reportOf, wholeRun as run, type Stage, stage } from './publish.fixture.ts';

const secondsPass = () => delay(1100);
const closed = async ({ github }: Stage) => {
  github.log.assertClean();
  await github.close();
};

describe('a label on the pull request', () => {
  it('accepts what was listed on the commit, nothing that is listed later, and nothing of the next commit', async () => {
    const there = await stage();
    const { github, number } = there;
    const shouted = label.toUpperCase();
    expect(await run(there, {}, ['a/threads/x', 'b/asyncio/x'])).toMatchObject({
      acceptance: null,
      remarks: [],
      comment: { kind: 'posted' },
    });
    const [first] = there.own();
    github.seed.label(number, shouted, 'maintainer');
    await secondsPass();

    const again = await run(there, { attempt: 2 }, ['a/threads/x', 'c/uvloop/x']);
    expect(again.acceptance).toMatchObject({ by: 'maintainer', cells: ['a/threads/x', 'b/asyncio/x'] });
    expect(again.comment).toMatchObject({ kind: 'updated', id: first?.id });
    const third = await run(there, { attempt: 3 }, ['c/uvloop/x']);
    expect(third.acceptance?.cells).toEqual(['a/threads/x', 'b/asyncio/x']);
    const [before, after] = [readRecord(first?.body ?? ''), readRecord(there.own()[0]?.body ?? '')];
    expect(after?.reportedAt).toBe(before?.reportedAt);
    expect(after?.listed.map(({ cells }) => cells)).toEqual([['a/threads/x', 'b/asyncio/x'], ['c/uvloop/x']]);

    github.seed.unlabel(number, shouted, 'maintainer');
    github.seed.label(number, shouted, 'maintainer');
    expect((await run(there, { attempt: 4 }, ['c/uvloop/x'])).acceptance?.cells).toEqual(['a/threads/x', 'b/asyncio/x', 'c/uvloop/x']);

    const next = github.seed.commit({ branch: 'feature', files: { 'a.py': '3' } });
    const pushed = await run(there, { id: 101, commit: next }, ['a/threads/x']);
    expect(pushed.acceptance).toBeNull();
    expect(pushed.remarks).toEqual([expect.stringMatching(/older than the first report on .*, and was taken off\.$/)]);
    expect(await run(there, { id: 101, attempt: 2, commit: next }, ['a/threads/x'])).toMatchObject({ acceptance: null, remarks: [] });
    await closed(there);
  });

  it('is left where another name has reported on the commit before it was put on', async () => {
    const there = await stage();
    await run(there, { name: 'one' }, ['a/threads/x']);
    there.github.seed.label(there.number, label, 'maintainer');
    await secondsPass();
    const other = await run(there, { id: 101, name: 'two' }, ['b/threads/x']);
    expect(other).toMatchObject({ acceptance: null, remarks: [expect.stringContaining('accepts nothing')] });
    expect((await run(there, { id: 102, name: 'one' }, ['a/threads/x'])).acceptance?.cells).toEqual(['a/threads/x']);
    expect(there.own().map(({ body }) => readMarker(body)?.name)).toEqual(['one', 'two']);
    await closed(there);
  });

  it('accepts the same in the merge queue, for the head that is to be merged', async () => {
    const there = await stage();
    const { github, number, head } = there;
    await run(there, {}, ['a/threads/x']);
    github.seed.label(number, label, 'maintainer');
    const context = {
      ...there.place().context,
      eventName: 'merge_group',
      commit: 'f'.repeat(40),
      pullRequest: null,
      mergeGroupPullRequest: number,
    };
    const queued = async () => (await there.start({ commit: head }, { context, checkRun: false })).override();
    expect(await queued()).toMatchObject({ acceptance: { by: 'maintainer', cells: ['a/threads/x'] }, remarks: [] });
    github.seed.commit({ branch: 'feature', files: { 'a.py': '3' } });
    expect(await queued()).toEqual({ acceptance: null, remarks: [] });
    github.seed.close(number);
    expect(await queued()).toEqual({ acceptance: null, remarks: [] });
    github.faults.add({ operation: 'pulls/get', fault: { kind: 'status', status: 404 } });
    expect((await queued()).remarks).toEqual([expect.stringContaining('So nothing was accepted')]);
    await closed(there);
  });

  it.each([
    ['an app put it on', (there: Stage) => there.github.seed.label(there.number, label, 'labeler[bot]'), /an app put it on/],
    ['its history cannot be read', broken('issues/list-events'), /So nothing was accepted/],
    ['the comments cannot be read', broken('issues/list-comments'), /So nothing was accepted/],
  ])('accepts nothing where %s', async (_, prepare, remark) => {
    const there = await stage();
    await run(there, {}, ['a/threads/x']);
    prepare(there);
    const publishing = await there.start({ attempt: 2 });
    expect(await publishing.override()).toEqual({ acceptance: null, remarks: [expect.stringMatching(remark)] });
    await there.github.close();
  });

  it('that only another account could have recorded accepts nothing', async () => {
    const there = await stage();
    await run(there, { login: 'mallory[bot]' }, ['a/threads/x']);
    there.github.seed.label(there.number, label, 'maintainer');
    expect((await run(there, { id: 101 }, ['a/threads/x'])).acceptance).toBeNull();
    await closed(there);
  });

  it('tells where the token may not take it off', async () => {
    const there = await stage();
    there.github.seed.label(there.number, label, 'maintainer', new Date(0));
    const { remarks } = await run(there, { permissions: { ...granted, pull_requests: 'read' } });
    expect(remarks).toEqual([expect.stringMatching(/accepts nothing of it\. GitHub refused to take the label off/)]);
    await there.github.close();
  });
});

function broken(operation: string) {
  return ({ github, number }: Stage) => {
    github.seed.label(number, label, 'maintainer');
    github.faults.add({ operation, times: Number.POSITIVE_INFINITY, fault: { kind: 'status', status: 500 } });
  };
}

describe('after the merge', () => {
  const merged = async (there: Stage) => {
    const commit = there.github.seed.merge(there.number);
    const { repository } = there.place();
    if (repository === null) throw new Error('a place has a repository');
    const context = { commit, pushed: [commit, there.head], defaultBranch: 'main' };
    return { commit, read: () => acceptedShifts({ repository, context, name: 'concurrency', label, since: null }) };
  };

  it('what was accepted is a change point, the same whenever it is read', async () => {
    const there = await stage();
    await run(there, {}, ['a/threads/x']);
    there.github.seed.label(there.number, label, 'maintainer');
    const { commit, read } = await merged(there);
    const shift = { cells: ['a/threads/x'], commit, by: 'maintainer', why: `label "${label}" on #1`, created: expect.any(String) };
    const first = await read();
    expect(first).toMatchObject({ shifts: [shift], remarks: [] });
    there.github.seed.unlabel(there.number, label, 'janitor', new Date(Date.now() + 5000));
    expect(await read()).toEqual(first);
    await closed(there);
  });

  it('a label that came too late, or none, is no change point', async () => {
    const there = await stage();
    await run(there, {}, ['a/threads/x']);
    const { read } = await merged(there);
    expect(await read()).toMatchObject({ shifts: [], remarks: [] });
    there.github.seed.label(there.number, label, 'maintainer', new Date(Date.now() + 5000));
    expect(await read()).toMatchObject({ shifts: [], remarks: [] });
    there.github.faults.add({ times: Number.POSITIVE_INFINITY, fault: { kind: 'status', status: 500 } });
    expect(await read()).toMatchObject({ shifts: [], remarks: [expect.stringContaining('read what was accepted')] });
    await closed(there);
  });
});

describe('a run', () => {
  it('that is an older one run again leaves the newer report', async () => {
    const there = await stage();
    await run(there, { id: 100 });
    await run(there, { id: 105 });
    const [newer] = there.own();
    expect(await run(there, { id: 100, attempt: 2 })).toMatchObject({ comment: { kind: 'left to newer', id: newer?.id } });
    expect(there.own()).toEqual([newer]);
    expect(await run(there, { id: 105 })).toMatchObject({ comment: { kind: 'unchanged' } });
    await closed(there);
  });

  it.each([
    [{ eventName: 'merge_group', pullRequest: null }, /"merge_group" has no pull request/],
    [{ eventName: 'push', pullRequest: null }, /"push" has no pull request/],
  ])('of %j is shown without a comment', async (context, reason) => {
    const there = await stage();
    const place = there.place();
    const publishing = await there.start({}, { context: { ...place.context, ...context } });
    expect(publishing.pullRequest).toBeNull();
    expect(await publishing.override()).toEqual({ acceptance: null, remarks: [] });
    const outcome = await publishing.publish(reportOf({ id: 100, attempt: 1, commit: there.head }));
    expect(outcome).toMatchObject({
      comment: { kind: 'off', reason: expect.stringMatching(reason) },
      checkRun: { kind: 'updated' },
      warnings: [],
    });
    expect(outcome.outputs).toEqual({ 'comment-id': '', 'comment-url': '', 'check-run-id': expect.stringMatching(/^\d+$/) });
    await closed(there);
  });

  it('from a fork tells what another workflow must be allowed, once', async () => {
    const there = await stage();
    const pullRequest = { number: there.number, baseSha: 'b'.repeat(40), headSha: there.head, fromFork: true };
    const change = { context: { ...there.place().context, pullRequest } };
    const publishing = await there.start({ permissions: { contents: 'read', pull_requests: 'read' } }, change);
    const { warnings, comment, checkRun } = await publishing.publish(reportOf({ id: 100, attempt: 1, commit: there.head }));
    expect([comment.kind, checkRun.kind]).toEqual(['unavailable', 'unavailable']);
    expect(warnings.slice(0, 2)).toEqual([expect.stringContaining('no comment'), expect.stringContaining('no check run')]);
    expect(warnings[2]).toMatch(
      /workflow_run[\s\S]*permissions:\n {2}actions: read\n {2}checks: write\n {2}contents: read\n {2}pull-requests: write$/,
    );
    expect(warnings).toHaveLength(3);
    await there.github.close();
  });

  it('that ends without a report concludes its check run, once, in words that are no markup', async () => {
    const there = await stage();
    const publishing = await there.start();
    expect(there.github.repository.checkRuns.all).toMatchObject([{ status: 'in_progress', name: 'concurrency-regressions / concurrency' }]);
    await publishing.abandon('cancelled', 'Interrupted by @octocat <img>.');
    await publishing.abandon('failure', 'Again.');
    const [check] = there.github.repository.checkRuns.all;
    expect(check).toMatchObject({ status: 'completed', conclusion: 'cancelled' });
    expect(check?.summary).not.toMatch(/@octocat|<img>/);
    await closed(there);
  });

  it('without a token says so', async () => {
    const there = await stage();
    const publishing = await there.start({}, { repository: null });
    const { warnings } = await publishing.publish(reportOf({ id: 100, attempt: 1, commit: there.head }));
    expect(warnings).toEqual([expect.stringMatching(/no comment.*github-token/), expect.stringMatching(/no check run.*github-token/)]);
    await closed(there);
  });

  it('that was interrupted is given a grace, and no longer', async () => {
    const there = await stage();
    const interrupted = new AbortController();
    const { repository } = there.place();
    if (repository === null) throw new Error('a place has a repository');
    const publishing = await there.start({}, { repository: { ...repository, signal: graceSignal(interrupted.signal, 0.6) } });
    interrupted.abort();
    there.github.faults.add({ operation: 'issues/list-comments', fault: { kind: 'hang' }, times: Number.POSITIVE_INFINITY });
    const began = performance.now();
    const outcome = await publishing.publish(reportOf({ id: 100, attempt: 1, commit: there.head }));
    expect(performance.now() - began).toBeLessThan(2000);
    expect(outcome.comment).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('interrupted 0.6 s ago') });
    expect(there.github.repository.checkRuns.all).toMatchObject([{ status: 'completed', conclusion: 'success' }]);
    await there.github.close();
  });
});
