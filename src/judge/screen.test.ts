import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constantCell, fixtureCells } from './screen.fixture.ts';
import { type Screened, type ScreenOptions, screen } from './screen.ts';
import type { ScreenCell } from './screen-cell.ts';
import { suspectedFromStored } from './screen-stored-only.ts';
import { defaultThreshold } from './threshold.ts';

const plain: ScreenOptions = { maxSuspects: null, sentinels: false };

function one(cells: readonly ScreenCell[], id: string, options = plain): Screened {
  const found = screen(cells, options).find((each) => each.id === id);
  if (found === undefined) throw new Error(`no cell ${id}`);
  return found;
}

/** What is decided, without the figures. */
function words(screened: readonly Screened[]) {
  return screened.map((each) => [each.id, each.status, each.status === 'suspect' ? each.why : null]);
}

/** Four runs of the same median in every process, beside this run: every step can be followed by hand. */
function byHand(next: number): ScreenCell {
  const runs = [-0.03, -0.01, 0.01, 0.03];
  const same = (x: number) => new Array<number>(5).fill(Math.exp(x));
  return {
    id: 'by hand',
    family: 'alone',
    threshold: defaultThreshold,
    next: same(next),
    earlier: runs.map((x, run) => ({ run: `${run}`, values: same(x) })),
  };
}

describe('screen, one cell by hand', () => {
  // m = 0, s2 = (.0009 + .0001) 2 / 3 = 6.6667e-4 and common = own, df = 3 + 4, se = sqrt(s2 (1 + 1/4)) = .0288675,
  // tq(.975, 7) = 2.364624: reach .0682608. ln 1.1 = .0953102, ln 1.05 = .0487902.
  it('estimates as the formula says', () => {
    const found = one([byHand(0.01)], 'by hand');
    expect(found).toMatchObject({ status: 'cleared', estimate: { df: 7, runs: 4, familyShift: null } });
    if (found.status !== 'cleared') throw new Error('not cleared');
    expect(found.estimate.effect).toBeCloseTo(0.01, 12);
    expect(found.estimate.error).toBeCloseTo(0.0288675, 6);
    expect(found.estimate.reach).toBeCloseTo(0.0682608, 6);
    expect(found.excluded).toBeCloseTo(Math.exp(0.0782608) - 1, 6);
  });

  it.each([
    [0.027, 'cleared', undefined],
    [0.0271, 'suspect', 'slower'],
    [0.2, 'suspect', 'slower'],
    [-0.0682, 'cleared', undefined],
    [-0.0683, 'suspect', 'faster'],
  ])('at %d it is %s', (next, status, why) => {
    expect(one([byHand(next)], 'by hand')).toMatchObject(why === undefined ? { status } : { status, why });
  });

  it('suspects a cell whose stored runs lie clearly below, though the target is excluded', () => {
    const far = { ...byHand(0.08), threshold: { target: 0.3, margin: 0.05 } };
    expect(one([far], 'by hand')).toMatchObject({ status: 'suspect', why: 'slower' });
    expect(one([{ ...byHand(0.04), threshold: far.threshold }], 'by hand').status).toBe('cleared');
  });
});

describe('screen, a family', () => {
  it('takes out what all its cells have in common, in every run', () => {
    const machine = (run: number) => [0, 0.2, 0.1, 0, 0.3, 0.1, 0.2, 0, 0.25][run] ?? 0;
    const found = screen(fixtureCells({ seed: 'machines', machine }), plain);
    expect(found.map(({ status }) => status)).toEqual(new Array(12).fill('cleared'));
    const slow = one(fixtureCells({ seed: 'machines', machine, slowdown: (cell) => (cell === 3 ? 1.2 : 1) }), 'cell 3');
    expect(slow).toMatchObject({ status: 'suspect', why: 'slower' });
    expect(slow.status === 'suspect' && slow.estimate?.effect).toBeCloseTo(Math.log(1.2), 1);
    expect(slow.status === 'suspect' && slow.estimate?.familyShift).toBeCloseTo(0.25 - 0.1, 1);
  });

  it('cannot see all its cells move; the two sentinels that are measured again can', () => {
    const cells = fixtureCells({ seed: 'all', slowdown: () => 1.1 });
    expect(screen(cells, plain).filter(({ status }) => status === 'suspect')).toEqual([]);
    const suspects = screen(cells, { ...plain, sentinels: true }).filter((each) => each.status === 'suspect');
    expect(suspects.map(({ family, why, sentinel }) => [family, why, sentinel]).toSorted()).toEqual([
      ['even', 'sentinel', true],
      ['even', 'sentinel', true],
      ['odd', 'sentinel', true],
      ['odd', 'sentinel', true],
    ]);
  });

  it('has a sentinel of each stratum, so that most of it cannot move unseen', () => {
    const cells = fixtureCells({ seed: 'strata', cells: 12 }).map((cell, index) => ({
      ...cell,
      family: 'all',
      stratum: ['a', 'b', 'c'][index % 3] ?? '',
    }));
    const sentinels = screen(cells, { ...plain, sentinels: true }).filter((each) => each.status === 'suspect' && each.sentinel);
    const strata = new Map(cells.map(({ id, stratum }) => [id, stratum]));
    expect(sentinels.map(({ id }) => strata.get(id)).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('of fewer than five cells is taken as it is, and needs no sentinel', () => {
    const cells = fixtureCells({ seed: 'few', cells: 4, slowdown: () => 1.15 });
    expect(words(screen(cells, { ...plain, sentinels: true })).map(([, , why]) => why)).toEqual(new Array(4).fill('slower'));
    expect(screen(fixtureCells({ seed: 'few', cells: 4 }), { ...plain, sentinels: true }).every(({ status }) => status === 'cleared')).toBe(
      true,
    );
  });

  it('keeps sentinels and the strongest evidence under a cap, and says what it left', () => {
    const cells = fixtureCells({ seed: 'cap', slowdown: (cell) => (cell < 4 ? 1.15 + 0.2 * cell : 1), cells: 20 });
    const free = screen(cells, { maxSuspects: null, sentinels: true }).filter((each) => each.status === 'suspect');
    const strength = ({ estimate }: (typeof free)[number]) => (estimate === null ? 0 : Math.abs(estimate.effect) / estimate.error);
    const evidence = free.filter(({ sentinel }) => !sentinel).toSorted((a, b) => strength(b) - strength(a));
    expect(evidence.length).toBeGreaterThanOrEqual(3);
    const capped = screen(cells, { maxSuspects: 6, sentinels: true });
    const kept = capped.filter((each) => each.status === 'suspect');
    expect(kept.filter(({ sentinel }) => sentinel).length).toBe(4);
    expect(new Set(kept.filter(({ sentinel }) => !sentinel).map(({ id }) => id))).toEqual(
      new Set(evidence.slice(0, 2).map(({ id }) => id)),
    );
    const left = capped.filter((each) => each.status === 'not re-measured');
    expect(new Set(left.map(({ id }) => id))).toEqual(new Set(evidence.slice(2).map(({ id }) => id)));
    expect(left.every(({ why }) => why === 'slower')).toBe(true);
    expect(screen(cells, { maxSuspects: 0, sentinels: true }).some(({ status }) => status === 'suspect')).toBe(false);
  });
});

describe('screen, without enough to go by', () => {
  const [cell] = fixtureCells({ seed: 'one' });
  if (cell === undefined) throw new Error('no cell');

  it.each([
    ['no history', { earlier: [] }, 'no baseline'],
    ['two runs', { earlier: cell.earlier.slice(0, 2) }, 'no baseline'],
    ['runs of one process each', { earlier: cell.earlier.map(({ run, values }) => ({ run, values: values.slice(0, 1) })) }, 'no baseline'],
    ['runs without a number', { earlier: cell.earlier.map(({ run }) => ({ run, values: [Number.NaN, 1, 1, 1] })) }, 'no baseline'],
    ['one process', { next: [2e-3] }, 'few processes'],
    ['constant runs that moved', constantCell(1, { next: [1.2, 1.2, 1.2] }), 'no spread'],
  ])('measures again: %s', (_, part, why) => {
    expect(screen([{ ...cell, ...part }], plain)).toMatchObject([{ status: 'suspect', why, estimate: null, sentinel: false }]);
  });

  it.each([
    ['no process', { next: [] }, 'no process'],
    ['a zero', { next: [1, 0, 1, 1] }, 'zero or below'],
    ['no number', { next: [1, Number.NaN, 1, 1] }, 'zero or below'],
    ['the same figure in every run', constantCell(1), 'no noise to judge by'],
  ])('judges nothing, with a reason: %s', (_, part, reason) => {
    const [found] = screen([{ ...cell, ...part }], plain);
    expect(found?.status === 'not judged' && found.reason).toContain(reason);
  });

  it('uses runs with more or fewer processes than this one', () => {
    const uneven = cell.earlier.map(({ run, values }, index) => ({ run, values: values.slice(0, 3 + (index % 3)) }));
    expect(screen([{ ...cell, earlier: uneven }], plain)).toMatchObject([{ status: 'cleared' }]);
  });
});

describe('screen, properties', () => {
  const seeds = fc.nat(1_000_000).map((seed) => `property ${seed}`);
  const mixed = (seed: string) => fixtureCells({ seed, noise: 0.04, slowdown: (cell) => [1, 1.04, 1.2, 0.8][cell % 4] ?? 1 });
  const options: ScreenOptions = { maxSuspects: 8, sentinels: true };

  it('does not depend on the order of processes, runs or cells, nor on the unit of time', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(1e3, 60, 1e9, 1 / 3600), (seed, unit) => {
        const cells = mixed(seed);
        const other = cells.toReversed().map((cell) => ({
          ...cell,
          next: cell.next.toReversed().map((value) => value * unit),
          earlier: cell.earlier.toReversed().map(({ run, values }) => ({ run, values: values.toReversed().map((value) => value * unit) })),
        }));
        expect(words(screen(other, options)).toReversed()).toEqual(words(screen(cells, options)));
      }),
      { seed: 21, numRuns: 60 },
    );
  });

  it('is not moved by one more cell without any noise', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom('even', 'odd', 'new family'), (seed, family) => {
        const cells = mixed(seed);
        expect(screen([...cells, constantCell(1, { family })], options).slice(0, -1)).toEqual(screen(cells, options));
      }),
      { seed: 22, numRuns: 40 },
    );
  });

  it('lets at most about 2.5 % of slowdowns of the target pass, as its bound says', () => {
    let passed = 0;
    const trials = 400;
    for (let trial = 0; trial < trials; trial += 1) {
      const cells = fixtureCells({ seed: `target ${trial}`, cells: 40, noise: 0.05, slowdown: (cell) => (cell === 5 ? 1.1 : 1) });
      passed += one(cells, 'cell 5').status === 'cleared' ? 1 : 0;
    }
    // 2.5 % of 400 are 10; four standard deviations above are 22.5. A slow cell moves the median of a small family itself, so the family is not small.
    expect(passed).toBeLessThan(23);
  });
});

describe('stored runs alone', () => {
  it('suspect what is clearly slower, corrected for all cells, and nothing else', () => {
    const cells = fixtureCells({ seed: 'stored', slowdown: (cell) => (cell === 4 ? 1.3 : cell === 7 ? 0.7 : 1) });
    const options = { alpha: 0.01, thresholdOf: () => defaultThreshold };
    const suspected = suspectedFromStored(screen(cells, plain), options);
    expect(suspected.map(({ id }) => id)).toEqual(['cell 4']);
    expect(suspected[0]?.p).toBeLessThan(0.001);
    expect(suspectedFromStored(screen([constantCell(1, { next: [9, 9, 9] })], plain), options)).toEqual([]);
    expect(suspectedFromStored([], options)).toEqual([]);
  });
});
