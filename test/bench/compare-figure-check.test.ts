import { describe, expect, test } from 'vitest';
import { checkFigures } from '../../bench/compare/figure-check.ts';
import { compared } from './compare.fixture.ts';

describe('the check of the figures', () => {
  const { comparison, cell } = compared([[1], [1.1], [1.2], [1.3], [1.4]], [[2], [2.1], [2.2], [2.3], [2.4]]);
  const row = { base: 1.2, head: 2.2, delta: '+83.33%', p: 0.008 };
  const check = (changed: Partial<typeof row>, medians: readonly [number, number] = [1.2, 2.2]) =>
    checkFigures([cell], {
      benchstat: { rows: new Map([[cell.name, { ...row, ...changed }]]), means: new Map(), text: '' },
      pyperf: { rows: new Map(), medians: new Map([[cell.name, medians]]), text: '' },
      compared: comparison.cells,
    });

  test('passes what is the same', () => {
    expect(check({})).toEqual({ medians: 4, identical: 4, farthest: 0, pValues: 1, approximated: 0, faults: [] });
  });

  test.each([
    [{ p: 0.009 }, 'p of spawn/asyncio/3.13.0'],
    [{ base: 1.2000001 }, 'median of spawn/asyncio/3.13.0 before, benchstat'],
    [{ delta: '+83.34%' }, 'change of spawn/asyncio/3.13.0'],
    [{ delta: '~' }, 'benchstat says ~, ours is different'],
    [{ head: 1, delta: '-16.67%' }, 'ours is different'],
  ])('fires for %o', (changed, fault) => {
    expect(check(changed).faults.join('\n')).toContain(fault);
  });

  test('fires for a geometric mean', () => {
    const groups = comparison.cells.groups.map((group) => ({ ...group, mean: { base: 1.2, head: 2.2, ratio: 2.2 / 1.2, cells: 1 } }));
    const benchstat = (mean: string) => ({
      rows: new Map([[cell.name, row]]),
      means: new Map([['3.13.0 wall_per_unit-sec', mean]]),
      text: '',
    });
    const pyperf = { rows: new Map(), medians: new Map(), text: '' };
    const faults = (mean: string) =>
      checkFigures([cell], { benchstat: benchstat(mean), pyperf, compared: { ...comparison.cells, groups } }).faults;
    expect(faults('+83.33%')).toEqual([]);
    expect(faults('+83.30%')).toEqual([expect.stringContaining('geometric mean of wall time per unit, 3.13.0: +83.30%')]);
  });

  test('fires for pyperf’s median and for a row that is missing', () => {
    expect(check({}, [1.2, 2.3]).faults).toEqual(['median of spawn/asyncio/3.13.0 now, pyperf: 2.3, ours 2.2']);
    const nothing = { rows: new Map(), means: new Map(), text: '' };
    const pyperf = { rows: new Map(), medians: new Map(), text: '' };
    expect(checkFigures([cell], { benchstat: nothing, pyperf, compared: comparison.cells }).faults).toEqual([
      'benchstat says nothing of spawn/asyncio/3.13.0',
    ]);
  });
});
