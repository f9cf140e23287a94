import { describe, expect, it } from 'vitest';
import { metricOf } from '../model/metric.ts';
import { plainScreen, type StoredSides, storedEvidence } from './stored-evidence.ts';
import { defaultThreshold } from './threshold.ts';

const runs = (...values: readonly (readonly number[])[]) =>
  values.map((each, index) => ({ run: `r${index}`, commit: null, created: '2026-01-01T00:00:00.000Z', cpuModel: 'a', values: each }));
const sides = (head: readonly number[], ...stored: readonly (readonly number[])[]): StoredSides => ({
  head,
  runs: runs(...stored),
  cpuModel: 'a',
});
const memory = metricOf('memory_per_unit');
const wall = metricOf('wall_per_unit');
const plain = (metric: typeof wall, given: StoredSides) => plainScreen(metric, 'asyncio', given, defaultThreshold);
const three = (value: number) => [value, value, value];

describe('plainScreen', () => {
  it.each<[string, StoredSides, unknown]>([
    ['the same', sides(three(700), three(700), three(702), three(699)), { kind: 'cleared' }],
    ['more by a half', sides(three(1050), three(700), three(702), three(699)), { kind: 'suspect', why: 'slower', sentinel: false }],
    ['less by a half', sides(three(350), three(700), three(702), three(699)), { kind: 'suspect', why: 'faster', sentinel: false }],
    ['two stored runs', sides(three(700), three(700), three(700)), { kind: 'suspect', why: 'no baseline', sentinel: false }],
    ['two processes', sides([700, 700], three(700), three(700), three(700)), { kind: 'suspect', why: 'no baseline', sentinel: false }],
    ['no process', sides([], three(700), three(700), three(700)), { kind: 'not judged', reason: expect.stringContaining('reported') }],
    ['zero', sides(three(0), three(700), three(700), three(700)), { kind: 'not judged', reason: expect.stringContaining('zero') }],
  ])('of a size: %s', (_, given, outcome) => {
    expect(plain(memory, given)?.outcome).toEqual(outcome);
  });

  it('leaves times to the screen, even those that do not vary', () => {
    expect(plain(wall, sides(three(1), three(1), three(1), three(1)))).toBeNull();
    expect(plain(wall, sides(three(2), three(1), three(1), three(1)))).toBeNull();
  });

  it('clears a count of the user’s own only while it does not vary', () => {
    const own = metricOf('most_buffered');
    expect(plain(own, sides(three(8), three(8), three(8), three(8)))?.outcome).toEqual({ kind: 'cleared' });
    expect(plain(own, sides(three(9), three(8), three(8), three(8)))).toBeNull();
  });
});

describe('storedEvidence', () => {
  const estimate = { effect: 0.1, error: 0.02, df: 12, reach: 0.04, runs: 3, familyShift: null };
  const screened = { status: 'suspect', id: 'a', family: 'computing', why: 'slower', sentinel: false, estimate } as const;

  it('leaves out the stored runs that the screen leaves out', () => {
    const given = sides(three(1.1), three(1), [0, 1, 1], three(1), [1, 1], three(1));
    const found = storedEvidence(wall, given, screened);
    expect(found).toMatchObject({ runs: 3, sameCpu: true, figures: { base: 1 } });
    expect(found?.ratio.value).toBeCloseTo(Math.exp(0.1), 12);
    expect(found?.excluded).toBeCloseTo(Math.expm1(0.14), 12);
  });

  it('has no interval from two stored runs, and nothing to say without one', () => {
    const few = { status: 'suspect', id: 'a', family: 'computing', why: 'no baseline', sentinel: false, estimate: null } as const;
    expect(storedEvidence(wall, sides(three(1.2), three(1), three(1.1)), few)).toMatchObject({
      runs: 2,
      excluded: null,
      ratio: { value: expect.closeTo(1.2 / 1.05, 9), bounds: { kind: 'none', reason: expect.stringContaining('2 of the 3 stored runs') } },
    });
    expect(storedEvidence(wall, sides(three(1.2)), few)).toBeNull();
    expect(storedEvidence(wall, sides([1.2, 1.3], three(1)), few)).toBeNull();
  });

  it('turns the ratio around where more is better', () => {
    const rate = { ...wall, better: 'higher' as const };
    const found = storedEvidence(rate, sides(three(9), three(10), three(10), three(10)), screened);
    expect(found?.ratio.value).toBeCloseTo(Math.exp(-0.1), 12);
    if (found?.ratio.bounds.kind !== 'interval') throw new Error('no interval');
    expect(found.ratio.bounds.low).toBeLessThan(found.ratio.bounds.high);
  });
});
