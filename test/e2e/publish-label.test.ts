import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { found, ok } from '../github/answer.ts';
import { labelsOf } from '../github/pull-requests.ts';
import { allHandlers } from '../github/routes.ts';
import type { GitHubOptions } from '../github/server.ts';
import { label, type Stage, stage, wholeRun } from './publish.fixture.ts';

const labels = ({ github, number }: Stage) => labelsOf(github.repository.pullRequests.get(number));
const secondsPass = () => delay(1100);

describe('a label that a maintainer put on for a newer commit', () => {
  it('is left by a run of an older one that is run again, and accepts in the newer one', async () => {
    const there = await stage();
    const { github, number, head } = there;
    await wholeRun(there, {}, ['a/threads/x']);
    const next = github.seed.commit({ branch: 'feature', files: { 'a.py': '3' } });
    await wholeRun(there, { id: 101, commit: next }, ['a/threads/x']);
    github.seed.label(number, label, 'maintainer');
    await secondsPass();
    const again = await wholeRun(there, { attempt: 2 }, ['a/threads/x']);
    expect(again.acceptance).toBeNull();
    expect(again.remarks).toEqual([
      expect.stringMatching(`accepts nothing of ${head.slice(0, 12)}, which is not the head.*was left there`),
    ]);
    expect(labels(there)).toEqual([label]);
    const newer = await wholeRun(there, { id: 101, attempt: 2, commit: next }, ['a/threads/x']);
    expect(newer.acceptance).toMatchObject({ by: 'maintainer', cells: ['a/threads/x'] });
    github.log.assertClean();
    await github.close();
  });

  it('is left where the head cannot be read', async () => {
    const there = await stage();
    there.github.seed.label(there.number, label, 'maintainer', new Date(0));
    there.github.faults.add({ operation: 'pulls/get', fault: { kind: 'status', status: 404 } });
    const { remarks } = await wholeRun(there, {}, ['a/threads/x']);
    expect(remarks).toEqual([expect.stringContaining('So nothing was accepted')]);
    expect(labels(there)).toEqual([label]);
    await there.github.close();
  });
});

describe('with the token of another app', () => {
  const login = 'my-app[bot]';

  it('a label accepts, and one comment is brought up to date', async () => {
    const there = await stage();
    await wholeRun(there, { login }, ['a/threads/x']);
    there.github.seed.label(there.number, label, 'maintainer');
    const { acceptance, remarks, comment } = await wholeRun(there, { id: 101, login }, ['a/threads/x']);
    expect(acceptance).toMatchObject({ by: 'maintainer', cells: ['a/threads/x'] });
    expect([remarks, comment.kind, labels(there)]).toEqual([[], 'updated', [label]]);
    expect(there.github.log.count('issues/create-comment')).toBe(1);
    there.github.log.assertClean();
    await there.github.close();
  });

  it('that GitHub does not name, a label is left as it is and nothing is accepted', async () => {
    const handlers: GitHubOptions['handlers'] = { graphql: () => ok({ errors: [{ type: 'FORBIDDEN', message: 'Not accessible' }] }) };
    const there = await stage({ handlers });
    await wholeRun(there, { login }, ['a/threads/x']);
    there.github.seed.label(there.number, label, 'maintainer');
    const { acceptance, remarks } = await wholeRun(there, { id: 101, login }, ['a/threads/x']);
    expect([acceptance, labels(there)]).toEqual([null, [label]]);
    expect(remarks).toEqual([expect.stringMatching(/did not say whose token this is.*So nothing was accepted/)]);
    await there.github.close();
  });
});

describe('what nobody had seen', () => {
  /** The comment is written two seconds after the comments were listed; meanwhile somebody puts the label on. */
  const labelledMeanwhile = (operation: string): GitHubOptions => {
    let done = false;
    return {
      handlers: {
        [operation]: async (call) => {
          if (done || !JSON.stringify(call.body).includes('b/threads/x')) return found(allHandlers[operation])(call);
          done = true;
          await secondsPass();
          const { pullRequests, nextId, now } = call.repository;
          const { events } = pullRequests.get(1);
          const event = { kind: 'labeled', id: nextId.call(call.repository), login: 'maintainer', label, time: now() } as const;
          pullRequests.change(1, { events: [...events, event] });
          await secondsPass();
          return found(allHandlers[operation])(call);
        },
      },
    };
  };
  const patient = { patience: { sleep: async () => {}, random: () => 0.5 } };

  it.each([
    ['create', [] as readonly string[], 'issues/create-comment'],
    ['update', ['a/threads/x'], 'issues/update-comment'],
  ])(
    'is not accepted by a label that was put on before the comment stood there: %s',
    async (_, before, operation) => {
      const there = await stage(labelledMeanwhile(operation));
      const slow: Stage = { ...there, start: (run) => there.start(run, { ...patient, repository: there.place(run, {}, 10).repository }) };
      if (before.length > 0) await wholeRun(there, {}, before);
      const { comment } = await wholeRun(slow, { id: 101 }, ['b/threads/x']);
      expect(comment.kind).toBe(before.length > 0 ? 'updated' : 'posted');
      const next = await wholeRun(there, { id: 102 }, ['b/threads/x']);
      expect(next.acceptance?.cells ?? []).toEqual(before);
      expect(labels(there)).toEqual([label]);
      there.github.seed.unlabel(there.number, label, 'maintainer');
      there.github.seed.label(there.number, label, 'maintainer');
      expect((await wholeRun(there, { id: 103 }, ['b/threads/x'])).acceptance?.cells).toEqual([...before, 'b/threads/x']);
      await there.github.close();
    },
    20_000,
  );
});
