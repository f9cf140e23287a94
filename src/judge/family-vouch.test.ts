import { describe, expect, it } from 'vitest';
import { metricOf } from '../model/metric.ts';
import type { ScreenedCell } from './baseline-screen.ts';
import { openFamilies, restsOnFamily } from './family-vouch.ts';
import type { PairVerdict } from './pair-verdict.ts';
import { defaultThreshold } from './threshold.ts';

function cell(id: string, sentinel: boolean, { effect = 0, familyShift = 0 as number | null } = {}): ScreenedCell {
  const estimate = { effect, error: 0.02, df: 12, reach: 0.04, runs: 10, familyShift };
  return {
    id,
    cell: { workload: id, model: 'asyncio', runtime: 'r', params: '' },
    metric: metricOf('wall_per_unit'),
    family: 'computing',
    threshold: defaultThreshold,
    outcome: sentinel ? { kind: 'suspect', why: 'sentinel', sentinel: true } : { kind: 'cleared' },
    screened: sentinel
      ? { status: 'suspect', id, family: 'computing', why: 'sentinel', sentinel: true, estimate }
      : { status: 'cleared', id, estimate, excluded: 0.04 },
    stored: null,
    absence: null,
    history: [],
    passedOver: [],
    cutBy: 'nothing',
    firstRun: null,
    stepped: { series: [], levels: [], steps: [] },
  };
}

describe('openFamilies', () => {
  const cells = [cell('one', true), cell('two', true), cell('three', false)];
  const said = (verdicts: Readonly<Record<string, PairVerdict['verdict']>>) => [...openFamilies(cells, (id) => verdicts[id])];

  it.each<[PairVerdict['verdict'], string[]]>([
    ['no change', []],
    ['regression', []],
    ['improvement', []],
    ['inconclusive', ['computing']],
    ['broken', ['computing']],
    ['not comparable', ['computing']],
  ])('one sentinel %s, the other left open: %j', (verdict, open) => {
    expect(said({ one: verdict, two: 'inconclusive' })).toEqual(open);
  });

  it('is open where pairs say nothing of the sentinels, and has nothing to say without sentinels', () => {
    expect(said({})).toEqual(['computing']);
    expect([...openFamilies([cell('three', false)], () => undefined)]).toEqual([]);
  });
});

describe('restsOnFamily', () => {
  it.each([
    [0, 0, false],
    [0, 0.1, true],
    [0, -0.1, false],
    [0.04, null, false],
    [0.03, 0.04, true],
  ])('effect %d after a shift of %d: %s', (effect, familyShift, expected) => {
    expect(restsOnFamily(cell('a', false, { effect, familyShift }))).toBe(expected);
  });

  it('is no question for a suspect', () => expect(restsOnFamily(cell('a', true, { familyShift: 1 }))).toBe(false));
});
