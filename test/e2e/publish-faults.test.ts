import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { PublishOutcome } from '../../src/pipeline/publish.ts';
import type { Fault } from '../github/faults.ts';
import { actionsBot } from '../github/tokens.ts';
import { publishNaively } from './naive-publisher.ts';
import { reportOf, type Stage, stage } from './publish.fixture.ts';
import { type FaultCase, faultCases, oldBody, type Scene } from './publish-faults.fixture.ts';

function set({ github, number }: Stage, scene: Scene | undefined): void {
  const write = (login: string, body: string) => github.seed.comment(number, login, body);
  const chat = (count: number) => Array.from({ length: count }, (_, index) => write('reviewer', `Remark ${index}`));
  if (scene === 'one of ours') write(actionsBot, oldBody(50));
  if (scene === 'two of ours') for (const run of [50, 60]) write(actionsBot, oldBody(run));
  if (scene === 'a newer one of ours') write(actionsBot, oldBody(500));
  if (scene === 'two foreign ones') for (const login of ['mallory', 'mallory[bot]']) write(login, oldBody(999));
  if (scene === 'ours on page three') {
    chat(210);
    write(actionsBot, oldBody(50));
    chat(20);
  }
}

function expectOutcome({ comment, checkRun, warnings }: PublishOutcome, wanted: FaultCase): void {
  expect([comment.kind, checkRun.kind], warnings.join('\n')).toEqual([wanted.comment ?? 'posted', wanted.checkRun ?? 'updated']);
  if (wanted.warns === undefined) expect(warnings).toEqual([]);
  else expect(warnings.join('\n')).toMatch(wanted.warns);
}

function expectComments({ own, github }: Stage, { comment, outputs }: PublishOutcome, { scene, run, left = 1 }: FaultCase): void {
  const ours = own(run?.login ?? actionsBot);
  expect(ours).toHaveLength(left);
  if (comment.kind === 'posted' || comment.kind === 'updated') {
    expect(ours[0]?.body).toContain('Report of run 100.1');
    expect(outputs['comment-id']).toBe(String(ours[0]?.id));
  }
  const foreign = github.repository.comments.all.filter(({ login }) => login.startsWith('mallory')).map(({ body }) => body);
  expect(foreign).toEqual(scene === 'two foreign ones' ? [oldBody(999), oldBody(999)] : []);
}

/** The verdict is on the check run wherever the outcome says so, with every annotation that is not reported as missing. */
function expectCheckRun({ github }: Stage, { checkRun }: PublishOutcome, { warns, annotations = 0 }: FaultCase): void {
  if (checkRun.kind !== 'updated') return;
  const { all } = github.repository.checkRuns;
  expect(all).toMatchObject([{ id: checkRun.id, status: 'completed', conclusion: 'failure' }]);
  if (warns === undefined) expect(all[0]?.annotations).toHaveLength(annotations);
}

describe('publishing while GitHub fails', () => {
  const names = Object.keys(faultCases);
  let requests = 0;

  it.each(names)('%s', async (name) => {
    const wanted = faultCases[name] ?? {};
    const there = await stage(wanted.server);
    const { github, head } = there;
    set(there, wanted.scene);
    for (const rule of wanted.rules ?? []) github.faults.add(rule);
    const publishing = await there.start(wanted.run);
    const outcome = await publishing.publish(reportOf({ id: 100, attempt: 1, commit: head }, ['a/threads/x'], wanted.annotations));
    expectOutcome(outcome, wanted);
    expectComments(there, outcome, wanted);
    expectCheckRun(there, outcome, wanted);
    expect(github.faults.pending).toEqual([]);
    github.log.assertClean();
    requests += github.log.requests.length;
    await github.close();
  });

  afterAll(() => console.log(`${names.length} faults, ${requests} requests`));
});

/** What is wrong with the comments after a publisher that was refused, cut off or answered late; empty where nothing is. */
function commentFaults({ own, github }: Stage, { left = 1 }: FaultCase): readonly string[] {
  const ours = own();
  const foreign = github.repository.comments.all.filter(({ login }) => login.startsWith('mallory'));
  return [
    ...(ours.length === left ? [] : [`${ours.length} comments of ours`]),
    ...(left === 0 || ours.some(({ body }) => body.includes('Report of run')) ? [] : ['the report is not there']),
    ...(foreign.every(({ body }) => body === oldBody(999)) ? [] : ['a foreign comment was written over']),
  ];
}

describe('the check fires', () => {
  it('for a publisher that takes the first page, any marker and any answer for certain', async () => {
    const caught = new Map<string, readonly string[]>();
    for (const [name, wanted] of Object.entries(faultCases)) {
      const there = await stage(wanted.server);
      set(there, wanted.scene);
      for (const rule of wanted.rules ?? []) there.github.faults.add(rule);
      await publishNaively(there, reportOf({ id: 100, attempt: 1, commit: there.head })).catch(() => undefined);
      const faults = commentFaults(there, wanted);
      if (faults.length > 0) caught.set(name, faults);
      await there.github.close();
    }
    const kinds = [...caught.values()].join();
    for (const kind of ['2 comments of ours', 'the report is not there', 'a foreign comment was written over'])
      expect(kinds).toContain(kind);
    expect(caught.size).toBeGreaterThan(12);
  });
});

const operations = [
  'issues/list-comments',
  'issues/create-comment',
  'issues/update-comment',
  'issues/delete-comment',
  'checks/create',
  'checks/update',
];
const kinds: readonly Fault[] = [
  ...[403, 404, 409, 422, 500, 503].map((status): Fault => ({ kind: 'status', status })),
  ...[true, false].map((applied): Fault => ({ kind: 'reset', applied })),
  { kind: 'truncated' },
  { kind: 'slow', milliseconds: 20 },
  { kind: 'secondary rate limit', status: 429, retryAfterSeconds: 1 },
];
const rules = fc.array(
  fc.record({
    operation: fc.constantFrom(...operations),
    after: fc.nat(2),
    times: fc.integer({ min: 1, max: 4 }),
    fault: fc.constantFrom(...kinds),
  }),
  { minLength: 1, maxLength: 5 },
);

describe('publishing while anything fails', () => {
  it('never throws, and leaves one comment when the next run finds GitHub well', async () => {
    let hit = 0;
    await fc.assert(
      fc.asyncProperty(
        rules,
        fc.constantFrom<Scene>('nothing', 'one of ours', 'two of ours', 'two foreign ones'),
        async (faults, scene) => {
          const there = await stage();
          const { github, head } = there;
          set(there, scene);
          for (const rule of faults) github.faults.add(rule);
          const outcome = await (await there.start()).publish(reportOf({ id: 100, attempt: 1, commit: head }, ['a/threads/x']));
          expectCheckRun(there, outcome, {});
          if (outcome.comment.kind === 'unavailable' || outcome.checkRun.kind === 'unavailable')
            expect(outcome.warnings.join()).toMatch(/There is no (comment|check run)/);
          hit += github.log.requests.filter(({ status }) => status === null || status >= 400).length;
          github.faults.clear();
          const next = await (await there.start({ id: 101 })).publish(reportOf({ id: 101, attempt: 1, commit: head }));
          expect([next.comment.kind, next.warnings]).toEqual([expect.stringMatching(/posted|updated/), []]);
          expect(there.own().map(({ body }) => body)).toEqual([expect.stringContaining('Report of run 101.1')]);
          github.log.assertClean();
          await github.close();
        },
      ),
      { seed: 20261126, numRuns: 60 },
    );
    expect(hit).toBeGreaterThan(60);
    console.log(`${hit} requests that failed at random`);
  });

  it.each([1, 2, 3, 4, 5, 6])('three runs at once, order %i, leave one comment when the last is done', async (seed) => {
    const there = await stage();
    const { github, head } = there;
    const delays = Array.from({ length: 3 }, (_, index) => 10 + ((seed * 7919 + index * 104_729) % 60));
    for (const [index, milliseconds] of delays.entries())
      github.faults.add({ operation: 'issues/create-comment', after: index, fault: { kind: 'slow', milliseconds } });
    const publish = async (id: number) => (await there.start({ id })).publish(reportOf({ id, attempt: 1, commit: head }));
    const outcomes = await Promise.all([100, 101, 102].map(publish));
    for (const warning of outcomes.flatMap(({ warnings }) => warnings)) expect(warning).toMatch(/^The comment is left as it is.*later run/);
    expect(there.own().length).toBe(1);
    expect(there.own()[0]?.body).toContain('Report of run 102.1');
    await github.close();
  });
});
