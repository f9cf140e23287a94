import { describe, expect, it } from 'vitest';
import { comparableHistory, type StoredRun } from './screen-history.ts';

const runs: readonly StoredRun[] = Array.from({ length: 20 }, (_, index) => ({
  run: `run ${index}`,
  cpuModel: index % 4 === 0 ? 'rare' : 'common',
  values: [index],
}));
const names = (found: readonly StoredRun[]) => found.map(({ run }) => run);

describe('comparableHistory', () => {
  it('takes the last ten runs of the same CPU where there are three of them', () => {
    expect(names(comparableHistory({ runs, cpuModel: 'rare', startsAt: null }))).toEqual(['run 0', 'run 4', 'run 8', 'run 12', 'run 16']);
    const common = comparableHistory({ runs, cpuModel: 'common', startsAt: null });
    expect(common.length).toBe(10);
    expect(common.at(-1)?.run).toBe('run 19');
    expect(common.every(({ cpuModel }) => cpuModel === 'common')).toBe(true);
  });

  it('takes every CPU where the same one was seen twice at most', () => {
    expect(names(comparableHistory({ runs, cpuModel: 'unseen', startsAt: null, window: 3 }))).toEqual(['run 17', 'run 18', 'run 19']);
    expect(names(comparableHistory({ runs, cpuModel: 'rare', startsAt: 'run 12', window: 20 }))).toHaveLength(8);
  });

  it('starts at the last accepted change of level, and has nothing when that run is not known', () => {
    expect(names(comparableHistory({ runs, cpuModel: 'common', startsAt: 'run 17' }))).toEqual(['run 17', 'run 18', 'run 19']);
    expect(comparableHistory({ runs, cpuModel: 'common', startsAt: 'gone' })).toEqual([]);
    expect(comparableHistory({ runs: [], cpuModel: 'common', startsAt: null })).toEqual([]);
  });
});
