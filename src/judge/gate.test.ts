import { describe, expect, it } from 'vitest';
import { type GateWord, gateWords } from '../model/verdict.ts';
import { type GateCounts, judgeGate } from './gate.ts';

const nothing: GateCounts = {
  regression: 0,
  broken: 0,
  inconclusive: 0,
  'not-comparable': 0,
  missing: 0,
  'missing-baseline': 0,
  'missing-shard': 0,
  new: 0,
  refused: 0,
};
const shipped = { failOn: ['regression', 'broken'], warnOn: ['missing', 'missing-baseline', 'not-comparable'] } as const;

describe('judgeGate', () => {
  it('passes without a word when there is nothing to say', () => {
    expect(judgeGate(nothing, shipped)).toEqual({ conclusion: 'success', reasons: [], warnings: [] });
  });

  it.each(gateWords)('fails on %s when asked to, and only then', (word) => {
    const counts = { ...nothing, [word]: 2 };
    const strict = judgeGate(counts, { failOn: [word], warnOn: [word] });
    expect(strict.conclusion).toBe('failure');
    expect(strict.reasons).toHaveLength(1);
    expect(strict.warnings).toEqual([]);
    expect(judgeGate(counts, { failOn: gateWords.filter((other) => other !== word), warnOn: [] }).conclusion).toBe('success');
  });

  it.each<[GateWord, string]>([
    ['regression', '1 cell got slower or heavier, confirmed by pairs.'],
    ['broken', '1 cell is broken.'],
    ['inconclusive', '1 cell is inconclusive: a change is neither shown nor excluded.'],
    ['missing', '1 cell is missing that the base has.'],
  ])('says what %s means', (word, sentence) => {
    expect(judgeGate({ ...nothing, [word]: 1 }, { failOn: [word], warnOn: [] }).reasons).toEqual([sentence]);
  });

  it('counts a refused workload as broken', () => {
    const result = judgeGate({ ...nothing, refused: 2 }, shipped);
    expect(result).toEqual({ conclusion: 'failure', reasons: ['2 workloads were refused.'], warnings: [] });
  });

  it('never passes a missing baseline in silence', () => {
    const result = judgeGate({ ...nothing, 'missing-baseline': 1 }, { failOn: [], warnOn: [] });
    expect(result).toEqual({ conclusion: 'success', reasons: [], warnings: ['1 runtime has no stored baseline.'] });
  });

  it('lets inconclusive cells pass unless asked', () => {
    expect(judgeGate({ ...nothing, inconclusive: 9 }, shipped).conclusion).toBe('success');
  });
});
