import { describe, expect, it } from 'vitest';
import { comparableHistory, divideHistory } from './screen-history.ts';

const runs = Array.from({ length: 20 }, (_, index) => ({ run: `run ${index}`, cpuModel: index % 4 === 0 ? 'rare' : 'common' }));
const names = (found: readonly { readonly run: string }[]) => found.map(({ run }) => run);

describe('comparableHistory', () => {
  it('takes the last ten runs of the same CPU where there are three of them', () => {
    expect(names(comparableHistory({ runs, cpuModel: 'rare' }))).toEqual(['run 0', 'run 4', 'run 8', 'run 12', 'run 16']);
    const common = comparableHistory({ runs, cpuModel: 'common' });
    expect(common.length).toBe(10);
    expect(common.at(-1)?.run).toBe('run 19');
    expect(common.every(({ cpuModel }) => cpuModel === 'common')).toBe(true);
  });

  it('takes every CPU where the same one was seen twice at most', () => {
    expect(names(comparableHistory({ runs, cpuModel: 'unseen', window: 3 }))).toEqual(['run 17', 'run 18', 'run 19']);
    expect(names(comparableHistory({ runs, cpuModel: 'rare', startsAt: 12, window: 20 }))).toHaveLength(8);
  });

  it('starts where the level last changed, and has nothing when no run followed', () => {
    expect(names(comparableHistory({ runs, cpuModel: 'common', startsAt: 17 }))).toEqual(['run 17', 'run 18', 'run 19']);
    expect(comparableHistory({ runs, cpuModel: 'common', startsAt: 20 })).toEqual([]);
    expect(comparableHistory({ runs: [], cpuModel: 'common' })).toEqual([]);
  });
});

describe('divideHistory', () => {
  it.each([
    ['rare', 0],
    ['common', 2],
    ['common', 18],
    ['unseen', 5],
    ['unseen', 20],
  ])('on %s from %i puts every run in one place', (cpuModel, startsAt) => {
    const { used, passedOver } = divideHistory({ runs, cpuModel, startsAt });
    const all = [...used, ...passedOver.flatMap(([, passed]) => passed)];
    expect(names(all).toSorted()).toEqual(names(runs).toSorted());
  });

  it('says why a run was passed over', () => {
    const { passedOver } = divideHistory({ runs, cpuModel: 'common', startsAt: 2 });
    expect(Object.fromEntries(passedOver.map(([why, passed]) => [why, names(passed)]))).toEqual({
      'older level': ['run 0', 'run 1'],
      'other CPU model': ['run 4', 'run 8', 'run 12', 'run 16'],
      'beyond the window': ['run 2', 'run 3', 'run 5', 'run 6'],
    });
  });
});
