import { describe, expect, it } from 'vitest';
import { readRecord } from '../github/comment-record.ts';
import { markerLine } from '../render/comment-marker.ts';
import { commentRequest } from './publish-comment.ts';
import { checkConclusion } from './publish-conclusion.ts';

const commit = 'c'.repeat(40);
const at = '2026-11-26T12:00:00Z';
const bodyOf = (runId: number, attempt = 1, name = 'one') => `${markerLine({ name, runId, attempt, commit })}\n## Report\n`;
const commentOf = (body: string) => ({ id: 5, url: 'https://github.com/octo/project/pull/1#issuecomment-5', body, updatedAt: at });
const request = (flagged: readonly string[] = [], body = bodyOf(7, 2)) => commentRequest(1, { body, wanted: () => true, flagged });

describe('the comment of a report', () => {
  it('knows its own by the name, and a later run by its number and attempt', () => {
    const { marked, standing } = request();
    expect([bodyOf(1), bodyOf(9), bodyOf(9, 1, 'two'), 'Other.'].map((body) => marked(body))).toEqual([true, true, false, false]);
    const others = [bodyOf(6, 9), bodyOf(7, 2), bodyOf(7, 3), bodyOf(8), bodyOf(8, 1, 'two'), 'Other.'];
    expect(others.map((body) => standing(commentOf(body)).leftTo)).toEqual([null, null, 'newer', 'newer', null, null]);
    expect(standing(commentOf(bodyOf(8))).note).toContain('https://github.com/octo/project/actions/runs/8/attempts/1');
  });

  it.each([
    ['is left to the other job of the same attempt', false, false, 'another job', /"one".*left to the other one/],
    ['is left to the other job that failed as well', true, true, 'another job', /left to the other one/],
    ['is never a pass in place of a failure', false, true, 'another job', /left to the other one/],
    ['takes the place of a pass with a failure', true, false, null, /passed, and this one took its place/],
  ] as const)('%s', (_, failed, theyFailed, leftTo, note) => {
    const bodyBy = (token: string, failure: boolean, attempt = 2) =>
      markerLine({ name: 'one', runId: 7, attempt, commit, job: { token, failed: failure } });
    const { standing } = request([], bodyBy('00000000000a', failed));
    expect(standing(commentOf(bodyBy('00000000000b', theyFailed)))).toEqual({ leftTo, note: expect.stringMatching(note) });
    const alone = [
      bodyBy('00000000000a', theyFailed),
      bodyBy('00000000000b', theyFailed, 1),
      bodyBy('b'.repeat(12), theyFailed),
      bodyOf(7, 2),
    ];
    expect(alone.map((body) => standing(commentOf(body)))).toEqual(alone.map(() => ({ leftTo: null, note: null })));
  });

  it('carries on the record of what it replaces', () => {
    const first = request(['a']).bodyFor([], at) ?? '';
    const second = request(['b']).bodyFor([{ ...commentOf(first), updatedAt: '2026-11-26T12:00:09Z' }], '2026-11-26T13:00:00Z') ?? '';
    expect(readRecord(second)).toMatchObject({
      reportedAt: at,
      listed: [
        { at: '2026-11-26T12:00:09Z', cells: ['a'], fresh: false },
        { at: '2026-11-26T13:00:00Z', cells: ['b'], fresh: true },
      ],
    });
  });

  it('says how many cells the record has no room for, within what GitHub takes', () => {
    const cells = Array.from(
      { length: 3000 },
      (_, index) => `workload_${(index * 7919) % 3001}/asyncio/${((index * 104_729) % 65_521).toString(16)}`,
    );
    const made = request(cells, `${bodyOf(7)}${'x'.repeat(59_000)}`).bodyFor([], at) ?? '';
    expect(made.length).toBeLessThan(65_536);
    const kept = readRecord(made)?.listed[0]?.cells.length ?? 0;
    expect(kept).toBeGreaterThan(100);
    expect(made).toContain(`no room to record ${3000 - kept} of the slower cells`);
  });

  it('is none where it is not wanted, and refuses a text without a marker', () => {
    const unwanted = commentRequest(1, { body: bodyOf(7), wanted: (exists) => exists, flagged: [] });
    expect([unwanted.bodyFor([], at), unwanted.bodyFor([commentOf(bodyOf(1))], at)]).toEqual([null, expect.stringContaining('## Report')]);
    expect(() => commentRequest(1, { body: '## Report', wanted: () => true, flagged: [] })).toThrow(RangeError);
  });
});

describe('checkConclusion', () => {
  const none = { kind: 'none', pairs: 'unasked', reason: 'There is no base.' } as const;
  const screen = {
    cleared: 0,
    suspects: 0,
    sentinels: 0,
    withoutBaseline: 0,
    leftOut: 0,
    runs: 0,
    commits: [],
    cpuModels: [],
    cutByStep: 0,
    cutByAccepted: 0,
    histories: [],
  };
  const passes = {
    gate: { conclusion: 'success', reasons: [], warnings: [] },
    partial: false,
    confirmation: { kind: 'not needed' },
    screen: { ...screen, runs: 3 },
  } as const;

  it.each([
    ['success', passes, false],
    ['success', { ...passes, confirmation: none }, false],
    ['neutral', { ...passes, confirmation: none, screen }, false],
    ['failure', { ...passes, gate: { ...passes.gate, conclusion: 'failure' } }, false],
    ['failure', { ...passes, partial: true }, false],
    ['cancelled', { ...passes, partial: true }, true],
  ] as const)('is %s', (conclusion, report, interrupted) => {
    expect(checkConclusion(report, interrupted)).toBe(conclusion);
  });
});
