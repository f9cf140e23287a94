import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApiRepository, lazyClient } from '../../src/github/client.ts';
import { graceSignals } from '../../src/pipeline/publish-signal.ts';
import { cancellationSeconds } from './interrupt.ts';
import { granted, reportOf, type Stage, stage } from './publish.fixture.ts';

/** The graces of a job, shortened so that a test need not wait for them. */
const short = { reading: 0.2, comment: 2, checkRun: 4 } as const;
const always = { times: Number.POSITIVE_INFINITY };

let there: Stage;
beforeEach(async () => {
  there = await stage();
});
afterEach(() => there.github.close());

const hang = (operation: string) => there.github.faults.add({ operation, fault: { kind: 'hang' }, ...always });
const checks = () => there.github.repository.checkRuns.all.map(({ status, conclusion }) => ({ status, conclusion }));

/** Waits for an answer as long as a job does: what ends the waiting is the interruption. */
function patient(): ApiRepository {
  const { github } = there;
  const client = lazyClient({ token: github.token(granted), apiUrl: github.apiUrl });
  return { client, owner: 'octo', repo: 'project', signal: new AbortController().signal };
}

/** What an interrupted run says: what the label accepts, and then its report. Seconds from the interruption to its end. */
async function interrupted(seconds?: typeof short) {
  const run = new AbortController();
  const publishing = await there.start({}, { repository: patient(), signals: graceSignals(run.signal, seconds) });
  run.abort();
  const began = performance.now();
  const { remarks } = await publishing.override();
  const outcome = await publishing.publish(reportOf({ id: 100, attempt: 1, commit: there.head }, ['a/threads/x']));
  return { remarks, outcome, seconds: (performance.now() - began) / 1000 };
}

describe('an interrupted run', () => {
  it('ends its check run while the labels and the comments hang', async () => {
    hang('issues/list-labels-on-issue');
    hang('issues/list-comments');
    const { remarks, outcome, seconds } = await interrupted(short);
    expect(remarks).toEqual([expect.stringMatching(/There was no time to read what .* interrupted 0\.2 s ago\. So nothing was accepted/)]);
    expect(outcome.comment).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('interrupted 2 s ago') });
    expect(checks()).toEqual([{ status: 'completed', conclusion: 'failure' }]);
    expect(seconds).toBeLessThan(short.checkRun);
  });

  it('writes its comment while the labels hang', async () => {
    hang('issues/list-labels-on-issue');
    const { outcome } = await interrupted(short);
    expect(outcome).toMatchObject({ comment: { kind: 'posted' }, checkRun: { kind: 'updated' } });
  });

  it('gives up within what a runner waits where nothing answers', async () => {
    hang('issues/list-labels-on-issue');
    hang('issues/list-comments');
    hang('checks/update');
    const { outcome, seconds } = await interrupted();
    expect(outcome).toMatchObject({ comment: { kind: 'unavailable' }, checkRun: { kind: 'unavailable' } });
    expect(checks()).toEqual([{ status: 'in_progress', conclusion: undefined }]);
    expect(seconds).toBeLessThan(cancellationSeconds.terminate - 1);
  }, 20_000);
});

describe('what outlives the process', () => {
  it('knows of a check run before it is made, and of its end only once GitHub has it', async () => {
    const told: string[] = [];
    const memory = {
      begins: ({ externalId }: { readonly externalId: string }) => told.push(`${externalId}: ${checks().length}`),
      ended: () => told.push('ended'),
    };
    const report = reportOf({ id: 100, attempt: 1, commit: there.head });
    await (await there.start({}, { memory })).publish(report);
    expect(told).toEqual(['100-1-concurrency-measure-0123456789ab-concurrency: 0', 'ended']);
    there.github.faults.add({ operation: 'checks/update', fault: { kind: 'status', status: 422 }, ...always });
    await (await there.start({ id: 101 }, { memory })).publish(report);
    expect(told.slice(2)).toEqual(['101-1-concurrency-measure-0123456789ab-concurrency: 1']);
  });
});
