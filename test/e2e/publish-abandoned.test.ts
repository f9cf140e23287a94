import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecord } from '../../src/github/comment-record.ts';
import { readMarker } from '../../src/render/comment-marker.ts';
import { granted, reportOf, type Stage, stage } from './publish.fixture.ts';
import { oldBody } from './publish-faults.fixture.ts';

let there: Stage;
beforeEach(async () => {
  there = await stage();
});
afterEach(async () => {
  there.github.log.assertClean();
  await there.github.close();
});

const bodies = () => there.own().map(({ body }) => body);
const reported = async (commit = there.head) => {
  await (await there.start({ id: 50, commit })).publish(reportOf({ id: 50, attempt: 1, commit }, ['a/threads/x']));
};

describe('a run without a report', () => {
  it('takes the place of the older report in the comment, in words that are no markup', async () => {
    await reported('d'.repeat(40));
    const outcome = await (await there.start()).abandon('failure', 'The file "a.json" of @octocat is <b>no</b> results file.\nSee #1.');
    expect(outcome).toMatchObject({ comment: { kind: 'updated' }, checkRun: { kind: 'updated' }, warnings: [] });
    const [body = '', ...others] = bodies();
    expect(others).toEqual([]);
    expect(readMarker(body)).toMatchObject({ name: 'concurrency', runId: 100, attempt: 1, commit: there.head, job: { failed: true } });
    expect(body).not.toContain('Report of run 50');
    expect(body.split('\n').slice(2).join('\n')).toBe(
      [
        '## Concurrency report',
        `<b>There is no report of this run.</b> It ended before it could say anything of commit \`${there.head.slice(0, 12)}\`, and that is no pass.`,
        '```text\nThe file "a.json" of @octocat is <b>no</b> results file.\nSee #1.\n```',
        'See [the log](https://github.com/octo/project/actions/runs/100), and run the job again: its report comes here.\n',
      ].join('\n\n'),
    );
  });

  it.each<[string, () => unknown, string | null]>([
    ['there is none', () => null, null],
    ['a later run has written it', () => there.github.seed.comment(there.number, 'github-actions[bot]', oldBody(500)), oldBody(500)],
    ['it is somebody else’s', () => there.github.seed.comment(there.number, 'mallory', oldBody(50)), null],
  ])('leaves the comment where %s', async (_, prepare, left) => {
    prepare();
    await (await there.start()).abandon('cancelled', 'Interrupted.');
    expect(bodies()).toEqual(left === null ? [] : [left]);
    expect(there.github.repository.checkRuns.all).toMatchObject([{ conclusion: 'cancelled' }]);
  });

  it('forgets nothing that was listed on the same commit', async () => {
    await reported();
    await (await there.start()).abandon('failure', 'No.');
    expect(readRecord(bodies()[0] ?? '')?.listed.map(({ cells }) => cells)).toEqual([['a/threads/x']]);
    await (await there.start({ id: 101 })).publish(reportOf({ id: 101, attempt: 1, commit: there.head }));
    expect(bodies()).toEqual([expect.stringContaining('Report of run 101.1')]);
  });

  it('says what it could not write', async () => {
    await reported();
    const publishing = await there.start({ permissions: { ...granted, pull_requests: 'read' } });
    const { warnings } = await publishing.abandon('failure', 'No.');
    expect(warnings).toEqual([
      expect.stringContaining('There is no comment of this run.'),
      expect.stringContaining('pull-requests: write'),
    ]);
  });
});

describe('what the token lacks', () => {
  const onPush = () => {
    const context = { ...there.place().context, eventName: 'push', pullRequest: null, storesBaseline: true };
    return { context, writesBranch: true };
  };

  it('is told as what this run needs, and no more', async () => {
    const publishing = await there.start({ permissions: { contents: 'write' } }, onPush());
    const report = reportOf({ id: 100, attempt: 1, commit: there.head });
    const { warnings } = await publishing.publish({ ...report, alsoMissing: ['pull-requests: read'] });
    expect(warnings.at(-1)).toMatch(/permissions:\n {2}checks: write\n {2}contents: write\n {2}pull-requests: read$/);
  });

  it('is told where only the reading of a label found it', async () => {
    const publishing = await there.start({ permissions: { checks: 'write', contents: 'write' } }, onPush());
    const report = reportOf({ id: 100, attempt: 1, commit: there.head });
    expect((await publishing.publish(report)).warnings).toEqual([]);
    const again = await there.start({ id: 101, permissions: { checks: 'write', contents: 'write' } }, onPush());
    const { warnings } = await again.publish({ ...report, alsoMissing: ['pull-requests: read'] });
    expect(warnings).toEqual([expect.stringMatching(/permissions:\n {2}checks: write\n {2}contents: write\n {2}pull-requests: read$/)]);
  });
});
