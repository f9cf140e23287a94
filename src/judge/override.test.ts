import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabelEvent, OverrideRecord } from '../model/override.ts';
import type { CellVerdict, JudgedCell } from './cell-verdict.ts';
import { acceptanceOf, acceptanceSentence, acceptedRegressions, hasExpired, nextRecord, sameLabel, seenRecord } from './override.ts';
import type { PairEvidence } from './pair-verdict.ts';
import { defaultThreshold } from './threshold.ts';

const [one, two] = ['1'.repeat(40), '2'.repeat(40)];
const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 12, minute)).toISOString();
const event = (action: LabelEvent['action'], minute: number, more: Partial<LabelEvent> = {}): LabelEvent => ({
  ...{ action, label: 'accept', by: 'ada', byPerson: true, at: at(minute) },
  ...more,
});
const history = (...events: readonly LabelEvent[]) => ({ label: 'accept', events });
const record: OverrideRecord = {
  ...{ commit: one, reportedAt: at(1) },
  listed: [
    { at: at(1), cells: ['a', 'b'], fresh: false },
    { at: at(5), cells: ['c'], fresh: true },
  ],
};

describe('acceptanceOf', () => {
  it.each([
    ['what had been listed', history(event('labeled', 3)), ['a', 'b']],
    ['what is listed in the same moment', history(event('labeled', 5)), ['a', 'b', 'c']],
    ['by the last of several', history(event('labeled', 2), event('unlabeled', 3), event('labeled', 6)), ['a', 'b', 'c']],
    [
      'without regard to case, other labels passed over',
      history(event('labeled', 3, { label: 'Accept' }), event('unlabeled', 4, { label: 'bug' })),
      ['a', 'b'],
    ],
  ])('accepts %s', (_, labels, cells) => {
    expect(acceptanceOf(record, one, labels)).toMatchObject({ by: 'ada', cells });
  });

  it.each([
    ['before anything was listed', record, one, history(event('labeled', 0))],
    ['of another commit', record, two, history(event('labeled', 6))],
    ['that was taken off', record, one, history(event('labeled', 6), event('unlabeled', 7))],
    ['that an app put on', record, one, history(event('labeled', 6, { byPerson: false }))],
    ['of another name', record, one, history(event('labeled', 6, { label: 'other' }))],
    ['without a record', null, one, history(event('labeled', 6))],
    ['that was never put on', record, one, history()],
  ])('accepts nothing by a label %s', (_, known, commit, labels) => {
    expect(acceptanceOf(known, commit, labels)).toBeNull();
  });

  it('looks at the history up to a moment where one is given', () => {
    const labels = history(event('labeled', 3), event('unlabeled', 9));
    expect(acceptanceOf(record, one, labels, at(8))?.cells).toEqual(['a', 'b']);
    expect(acceptanceOf(record, one, labels, at(2))).toBeNull();
  });
});

const reports = fc.array(fc.record({ commit: fc.constantFrom(one, two), flagged: fc.array(fc.constantFrom('a', 'b', 'c', 'd')) }), {
  maxLength: 8,
});

describe('nextRecord', () => {
  it('keeps what was listed on the commit, adds what is new, and begins anew on another', () => {
    const same = nextRecord([record], { commit: one, at: at(9), flagged: ['d', 'b', 'd'] });
    expect(same).toEqual({ ...record, listed: [...record.listed, { at: at(9), cells: ['d'], fresh: true }] });
    expect(nextRecord([record], { commit: two, at: at(9), flagged: ['b', 'a'] })).toEqual({
      commit: two,
      reportedAt: at(9),
      listed: [{ at: at(9), cells: ['a', 'b'], fresh: true }],
    });
    expect(nextRecord([], { commit: one, at: at(9), flagged: [] })).toEqual({ commit: one, reportedAt: at(9), listed: [] });
  });

  it('takes the older of two records on one commit', () => {
    const younger = { ...record, reportedAt: at(4), listed: [] };
    expect(nextRecord([younger, record], { commit: one, at: at(9), flagged: [] }).reportedAt).toBe(at(1));
  });

  it('never lets a label accept what was listed after it, whatever is reported in whatever order', () => {
    fc.assert(
      fc.property(reports, fc.nat(10), fc.constantFrom(one, two), (made, minute, commit) => {
        const last = made.reduce<readonly OverrideRecord[]>(
          (records, report, index) => [nextRecord(records, { ...report, at: at(index) })],
          [],
        );
        const accepted = acceptanceOf(last[0] ?? null, commit, history(event('labeled', minute)))?.cells ?? [];
        const begin = made.findLastIndex((report) => report.commit !== commit) + 1;
        const listed = made.slice(begin, Math.max(begin, minute + 1)).flatMap(({ flagged }) => flagged);
        expect(accepted.toSorted()).toEqual([...new Set(listed)].toSorted());
      }),
      { seed: 20261126, numRuns: 500 },
    );
  });
});

describe('seenRecord', () => {
  it('has what came with the latest report seen from when it was written, and nothing earlier', () => {
    const seen = seenRecord(record, at(8));
    expect(seen.listed).toEqual([record.listed[0], { at: at(8), cells: ['c'], fresh: false }]);
    expect(seenRecord(seen, at(20))).toEqual(seen);
    expect(seenRecord(record, at(2)).listed.map((each) => each.at)).toEqual([at(1), at(5)]);
    expect(acceptanceOf(record, one, history(event('labeled', 6)))?.cells).toEqual(['a', 'b', 'c']);
    expect(acceptanceOf(seen, one, history(event('labeled', 6)))?.cells).toEqual(['a', 'b']);
  });
});

describe('hasExpired', () => {
  it.each([
    ['of the commit before', [record], two, history(event('labeled', 6)), true],
    ['from before the first report', [record], one, history(event('labeled', 0)), true],
    ['on a pull request that was never reported on', [], one, history(event('labeled', 6)), true],
    ['that another name had reported before', [{ ...record, reportedAt: at(9) }, record], one, history(event('labeled', 3)), false],
    ['that is not there', [record], two, history(event('labeled', 6), event('unlabeled', 7)), false],
  ])('knows a label %s', (_, records, commit, labels, expired) => {
    expect(hasExpired(records, commit, labels)).toBe(expired);
  });
});

describe('acceptedRegressions', () => {
  const cell = (id: string, verdict: CellVerdict): JudgedCell => ({
    ...{ id, cell: { workload: id, model: 'threads', runtime: 'x', params: '' }, metric: null, threshold: defaultThreshold },
    ...{ sourceDiffers: false, hint: null, verdict },
  });
  const evidence: PairEvidence = {
    ...{
      figures: { base: 1, head: 2 },
      ratio: { value: 2, bounds: { kind: 'interval', low: 1.9, high: 2.1 } },
      pairs: 20,
      smallestEffect: 0.03,
    },
    control: { kind: 'on', coefficient: 0.9, loop: 'still' },
  };
  const regression: CellVerdict = { verdict: 'regression', pairs: evidence, p: null };
  const acceptance = { label: 'accept', by: 'ada', at: at(3), cells: ['a', 'c', 'z'] };

  it('are the regressions of this run that were accepted, and no other verdict', () => {
    const cells = [cell('a', regression), cell('b', regression), cell('c', { verdict: 'missing', reason: 'gone' })];
    expect(acceptedRegressions(cells, acceptance)?.cells).toEqual(['a']);
    expect(acceptedRegressions([cell('b', regression)], acceptance)).toBeNull();
    expect(acceptedRegressions(cells, null)).toBeNull();
  });

  it('are told with who accepted them, and when', () => {
    expect(acceptanceSentence({ ...acceptance, cells: ['a'] })).toBe(
      `1 cell that got slower or heavier was accepted by @ada at ${at(3)} (label "accept").`,
    );
    expect(acceptanceSentence(acceptance)).toMatch(/^3 cells that got slower or heavier were accepted by @ada/);
  });
});

it('compares labels as GitHub does', () => {
  expect([sameLabel('Accept', 'accept'), sameLabel('accept', 'accepted')]).toEqual([true, false]);
});
