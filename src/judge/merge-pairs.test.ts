import { describe, expect, it } from 'vitest';
import type { PairsOfRun } from '../model/pairs-of-run.ts';
import { mergePairs } from './merge-pairs.ts';
import { pairSuspect, pairsOutcome, samplePairs } from './pair.fixture.ts';

const asked = { kind: 'none', pairs: 'asked', reason: 'No base.' } as const;
const unasked = { kind: 'none', pairs: 'unasked', reason: 'Nobody asked.' } as const;
const base = { commit: 'b'.repeat(40), origin: 'merge base', notes: ['A note.'] };

function paired(workload: string, part: Partial<Extract<PairsOfRun, { readonly kind: 'pairs' }>['run']> = {}): PairsOfRun {
  const suspect = pairSuspect(workload);
  const outcome = pairsOutcome({ [suspect.id]: samplePairs(workload, { count: 20 }) });
  const plan = { suspects: [suspect], lone: [], notComparable: [] };
  return { kind: 'pairs', run: { base, plan, series: [{ suspects: [suspect], outcome }], movedFamilies: [], seconds: 10, ...part } };
}

const named = (pairs: readonly PairsOfRun[]) => pairs.map((each, index) => ({ name: `part ${index + 1}`, pairs: each }));
const merged = (...pairs: readonly PairsOfRun[]) => mergePairs(named(pairs));

describe('mergePairs', () => {
  it('leaves a single part as it is', () => {
    const only = paired('a');
    expect(merged(only)).toBe(only);
  });

  it('puts suspects that were measured at the same stage under one correction', () => {
    const second = paired('b');
    const rest = pairSuspect('c');
    const two = second.kind === 'pairs' ? [...second.run.series, { suspects: [rest], outcome: pairsOutcome({}) }] : [];
    const both = merged(paired('a'), paired('b', { series: two, movedFamilies: ['cpu'], seconds: 5 }));
    if (both.kind !== 'pairs') throw new Error('no pairs');
    expect(both.run.series.map(({ suspects }) => suspects.map(({ cell }) => cell.workload))).toEqual([['a', 'b'], ['c']]);
    expect(both.run.series[0]?.outcome).toMatchObject({ processes: 80, looksTaken: 3, endedBy: 'schedule' });
    expect(both.run).toMatchObject({ movedFamilies: ['cpu'], seconds: 15, base: { commit: base.commit, notes: ['A note.'] } });
  });

  it('ends as the worst of its parts did', () => {
    const ended = (endedBy: 'budget' | 'interrupt') => paired('b', { series: [{ suspects: [], outcome: pairsOutcome({}, { endedBy }) }] });
    const endOf = (pairs: PairsOfRun) => (pairs.kind === 'pairs' ? pairs.run.series[0]?.outcome.endedBy : null);
    expect(endOf(merged(paired('a'), ended('budget')))).toBe('budget');
    expect(endOf(merged(ended('interrupt'), ended('budget')))).toBe('interrupt');
  });

  it('tells which part has no pairs, and why', () => {
    const both = merged(paired('a'), asked, { kind: 'not needed' }, unasked);
    expect(both.kind === 'pairs' ? both.run.base.notes : []).toEqual(['A note.', 'part 2 has no pairs: No base.']);
  });

  it('has no pairs where no part has, and says the reason that matters most', () => {
    expect(merged({ kind: 'not needed' }, { kind: 'not needed' })).toEqual({ kind: 'not needed' });
    expect(merged({ kind: 'not needed' }, unasked)).toEqual(unasked);
    expect(merged(unasked, asked)).toEqual(asked);
  });

  it('takes a part that only its toolchain set apart, and says what it was compared with', () => {
    const tree = paired('b', { base: { commit: null, origin: 'this tree on the stored runtimes', notes: [] } });
    for (const both of [merged(paired('a'), tree), merged(tree, paired('a'))]) {
      if (both.kind !== 'pairs') throw new Error('no pairs');
      expect(both.run.base.commit).toBe(base.commit);
      expect(`${both.run.base.origin} ${both.run.base.notes.join(' ')}`).toMatch(/this tree on the stored runtimes/);
      expect(`${both.run.base.origin} ${both.run.base.notes.join(' ')}`).toMatch(/merge base/);
    }
  });

  it('refuses parts that were held against different commits', () => {
    const moved = paired('b', { base: { ...base, commit: 'd'.repeat(40) } });
    expect(() => merged(paired('a'), moved)).toThrow(/with different commits: part 1 with b+, part 2 with d+\. The base moved/);
  });
});
