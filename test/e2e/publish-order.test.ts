import { describe, expect, it } from 'vitest';
import { found } from '../github/answer.ts';
import type { Handlers } from '../github/call.ts';
import type { Fault } from '../github/faults.ts';
import { allHandlers } from '../github/routes.ts';
import { actionsBot } from '../github/tokens.ts';
import { reportOf, type Stage, stage, wholeRun } from './publish.fixture.ts';
import { oldBody } from './publish-faults.fixture.ts';

const [create, update] = ['issues/create-comment', 'issues/update-comment'] as const;
const job = (digit: string, failed: boolean, attempt = '000000') => ({ token: `${attempt}${digit.repeat(6)}`, failed });
const reported = ({ own }: Stage) => own().map(({ body }) => /Report of run [\d.]+/.exec(body)?.[0]);

/** Before a request of run 100 is refused by a limit or gets no answer, run 101 reports from beginning to end. */
function whileWaiting(operation: string, fault: Fault, existing: boolean) {
  return async () => {
    const there = await stage();
    if (existing) await wholeRun(there, { id: 99 });
    there.github.faults.add({ operation, fault });
    const place = there.place({ id: 100 });
    const patience = {
      random: () => 0.5,
      sleep: async () => {
        await wholeRun(there, { id: 101 });
      },
    };
    const older = await there.start({ id: 100 }, { ...place, patience, repository: there.place().repository });
    const outcome = await older.publish(reportOf({ id: 100, attempt: 1, commit: there.head }));
    expect(there.github.faults.pending).toEqual([]);
    return { there, outcome };
  };
}

/** Resolves when `open` is called. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('an older run', () => {
  const limit: Fault = { kind: 'secondary rate limit', status: 429, retryAfterSeconds: 60 };

  it.each([
    ['its update waits at a limit', whileWaiting(update, limit, true)],
    ['its update fails', whileWaiting(update, { kind: 'status', status: 502 }, true)],
    ['its update gets no answer', whileWaiting(update, { kind: 'hang' }, true)],
    ['its first comment waits at a limit', whileWaiting(create, limit, false)],
  ])('leaves the report of a newer one that was written while %s', async (_, race) => {
    const { there, outcome } = await race();
    expect(outcome.comment.kind).toBe('left to newer');
    expect(outcome.warnings).toEqual([expect.stringContaining('/octo/project/actions/runs/101/attempts/1')]);
    expect(reported(there)).toEqual(['Report of run 101.1']);
    await there.github.close();
  });

  it('that overwrites a newer report by a request under way is overwritten by the newer one, which looks again', async () => {
    const [sent, overtaken, landed] = [gate(), gate(), gate()];
    const handlers: Handlers = {
      [update]: async (call) => {
        const isOlder = JSON.stringify(call.body).includes('Report of run 100.1');
        if (isOlder) {
          sent.open();
          await overtaken.opened;
        }
        const answer = await found(allHandlers[update])(call);
        if (isOlder) landed.open();
        else if (JSON.stringify(call.body).includes('Report of run 101.1')) {
          overtaken.open();
          await landed.opened;
        }
        return answer;
      },
    };
    const there = await stage({ handlers });
    await wholeRun(there, { id: 99 });
    const older = wholeRun(there, { id: 100 });
    await sent.opened;
    const newer = await wholeRun(there, { id: 101 });
    await older;
    expect([newer.comment.kind, newer.warnings]).toEqual(['updated', []]);
    expect(there.github.log.count(update)).toBe(3);
    expect(reported(there)).toEqual(['Report of run 101.1']);
    await there.github.close();
  });
});

describe('a comment that says it is of a later run', () => {
  it('is named with that run, so that a forged one can be told and deleted', async () => {
    const there = await stage();
    const forged = there.github.seed.comment(there.number, actionsBot, oldBody(999_999_999_999_999));
    const { comment, checkRun, warnings } = await wholeRun(there, {}, ['a/threads/x']);
    expect([comment.kind, checkRun.kind]).toEqual(['left to newer', 'updated']);
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`actions/runs/999999999999999/attempts/1\\..*delete \\S*issuecomment-${forged}\\.`)),
    ]);
    there.github.repository.comments.delete(forged);
    expect(await wholeRun(there, {}, ['a/threads/x'])).toMatchObject({ comment: { kind: 'posted' }, warnings: [] });
    await there.github.close();
  });
});

describe('two jobs of one attempt that report by one name', () => {
  it.each([
    ['a pass is not put in place of a failure', true, false, 'left to another job', true],
    ['the first of two failures stays', true, true, 'left to another job', true],
    ['a failure takes the place of a pass', false, true, 'updated', true],
    ['the first of two passes stays', false, false, 'left to another job', false],
  ] as const)('%s, and the second says so', async (_, first, second, kind, endsFailed) => {
    const there = await stage();
    const flagged = (failed: boolean) => (failed ? ['a/threads/x'] : []);
    const one = await wholeRun(there, { job: job('a', first) }, flagged(first));
    expect([one.comment.kind, one.warnings]).toEqual(['posted', []]);
    const other = await wholeRun(there, { job: job('b', second) }, flagged(second));
    expect(other.comment.kind).toBe(kind);
    expect(other.warnings).toEqual([expect.stringMatching(/^Two jobs or steps of run 100 report as "concurrency".*"name" of its own\.$/)]);
    expect(there.own()).toHaveLength(1);
    expect(there.own()[0]?.body).toContain(`gate=${endsFailed ? 'failed' : 'passed'}`);
    there.github.log.assertClean();
    await there.github.close();
  });

  it.each([1, 2, 3, 4])('at the same time leave the failure, order %i', async (seed) => {
    const there = await stage();
    for (const after of [0, 1])
      there.github.faults.add({
        operation: create,
        after,
        fault: { kind: 'slow', milliseconds: 5 + ((seed * 7919 + after * 104_729) % 40) },
      });
    const jobs = [job('a', seed % 2 === 0), job('b', seed % 2 === 1)];
    const outcomes = await Promise.all(jobs.map((each) => wholeRun(there, { job: each }, each.failed ? ['a/threads/x'] : [])));
    expect(outcomes.flatMap(({ warnings }) => warnings).length).toBeGreaterThan(0);
    expect(there.own().map(({ body }) => /gate=\w+/.exec(body)?.[0])).toEqual(['gate=failed']);
    await there.github.close();
  });

  it('are not what a report on the same run is that is made again', async () => {
    const there = await stage();
    await wholeRun(there, { job: job('a', true) }, ['a/threads/x']);
    const again = await wholeRun(there, { job: job('c', false, '000001') });
    expect([again.comment.kind, again.warnings]).toEqual(['updated', []]);
    await there.github.close();
  });

  it('are overwritten by the next attempt, whichever job runs again', async () => {
    const there = await stage();
    await wholeRun(there, { job: job('a', true) }, ['a/threads/x']);
    const again = await wholeRun(there, { attempt: 2, job: job('c', false) });
    expect([again.comment.kind, again.warnings]).toEqual(['updated', []]);
    await there.github.close();
  });
});
