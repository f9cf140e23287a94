import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, shuffled } from '../stats/random.ts';
import { constantCell, fixtureCells } from './screen.fixture.ts';
import { type Screened, type ScreenOptions, screen } from './screen.ts';
import type { ScreenCell } from './screen-cell.ts';
import type { ScreenEstimate } from './screen-family.ts';

const plain: ScreenOptions = { maxSuspects: null, sentinels: false };

/** Speeds of machines that a family has in common, by run. */
function machine(run: number): number {
  return [0, 0.2, 0.1, 0.3, 0.05, 0, 0.1, 0.25, 0, 0.4, 0.15][run] ?? 0;
}

function estimateOf(screened: Screened | undefined): ScreenEstimate {
  if (screened === undefined || screened.status === 'not judged' || screened.estimate === null) throw new Error('no estimate');
  return screened.estimate;
}

interface Size {
  /** Cells in each of the two families. */
  readonly family: number;
  readonly runs: number;
}

/** The estimates of cells of which none changed; families of fewer than five ran on one machine. */
function unchanged({ family, runs }: Size): readonly ScreenEstimate[] {
  const drawn = Array.from({ length: Math.ceil(intervals / (2 * family)) }, (_, seed) =>
    fixtureCells({ seed: `${family} ${runs} ${seed}`, cells: 2 * family, runs, noise: 0.05, machine: family < 5 ? () => 0 : machine }),
  );
  return drawn.flatMap((cells) => screen(cells, plain).map(estimateOf));
}

/** Intervals looked at. */
const intervals = 8000;

/** Five standard deviations of a share of 2.5 %: intervals of one run are not quite independent. */
const chance = 5 * Math.sqrt((0.025 * 0.975) / intervals);

describe('the interval of the screen', () => {
  it.each([
    [2, 10, 0.025],
    [5, 5, 0.029],
    [5, 10, 0.025],
    [12, 10, 0.025],
    // Three stored runs, the fewest: the variance that cells have in common is too small by a part then.
    [2, 3, 0.033],
    [5, 3, 0.044],
    [12, 3, 0.03],
  ])('holds an unchanged cell 97.5 times in 100 on each side: families of %i, %i stored runs', (family, runs, share) => {
    const estimates = unchanged({ family, runs });
    const below = estimates.filter(({ effect, reach }) => effect + reach < 0).length;
    const above = estimates.filter(({ effect, reach }) => effect - reach > 0).length;
    for (const side of [below, above]) {
      expect(side / estimates.length).toBeLessThan(share + chance);
      expect(side / estimates.length).toBeGreaterThan(0.012);
    }
  });

  it('is about the cell and not about itself: the smallest family hides no part of a slowdown, up or down', () => {
    for (const factor of [1.1, 1 / 1.1]) {
      const effects = Array.from({ length: 600 }, (_, seed) => {
        const slowdown = (cell: number) => (cell === 4 ? factor : 1);
        const found = screen(fixtureCells({ seed: `slow ${seed}`, cells: 10, noise: 0.05, machine, slowdown }), plain)[4];
        return estimateOf(found).effect;
      });
      const mean = effects.reduce((sum, effect) => sum + effect, 0) / effects.length;
      // Four standard errors of about .04 / sqrt(600).
      expect(Math.abs(mean - Math.log(factor))).toBeLessThan(0.007);
    }
  });

  it('lets 2.5 % of slowdowns of the target pass at most, in a family of five too', () => {
    const trials = 800;
    const slowdown = (cell: number) => (cell === 4 ? 1.1 : 1);
    const passed = Array.from({ length: trials }, (_, seed) =>
      screen(fixtureCells({ seed: `target ${seed}`, cells: 10, runs: 10, noise: 0.05, machine, slowdown }), plain).at(4),
    ).filter((found) => found?.status === 'cleared').length;
    // 20 are to be expected; four standard deviations above are 38.
    expect(passed).toBeLessThan(38);
  });
});

const recipes = fc.record({ seed: fc.nat(1_000_000), noise: fc.constantFrom(0.02, 0.06), runs: fc.integer({ min: 3, max: 10 }) });
type Recipe = typeof recipes extends fc.Arbitrary<infer T> ? T : never;

function drawn({ seed, noise, runs }: Recipe): readonly ScreenCell[] {
  const slowdown = (cell: number) => [1, 1.04, 1.2, 0.8][cell % 4] ?? 1;
  return fixtureCells({ seed: `${seed}`, cells: 14, noise, runs, machine, slowdown });
}

const everyOption = fc.constantFrom<ScreenOptions>(
  plain,
  { maxSuspects: null, sentinels: true },
  { maxSuspects: 6, sentinels: true },
  { maxSuspects: 11, sentinels: false },
);

function byId(screened: readonly Screened[]): ReadonlyMap<string, Screened> {
  return new Map(screened.map((each) => [each.id, each]));
}

describe('the screen', () => {
  it('says the same, figures and all, for cells, runs and processes in any order', () => {
    fc.assert(
      fc.property(recipes, everyOption, (recipe, options) => {
        const cells = drawn(recipe);
        const random = seededRandom(`order ${recipe.seed}`);
        const other = shuffled(cells, random).map((cell) => ({
          ...cell,
          next: shuffled(cell.next, random),
          earlier: shuffled(cell.earlier, random).map(({ run, values }) => ({ run, values: shuffled(values, random) })),
        }));
        const found = byId(screen(other, options));
        for (const each of screen(cells, options)) {
          expect(found.get(each.id)?.status).toBe(each.status);
          expect(estimateOf(found.get(each.id)).effect).toBeCloseTo(estimateOf(each).effect, 10);
          expect(estimateOf(found.get(each.id)).reach).toBeCloseTo(estimateOf(each).reach, 10);
        }
      }),
      { seed: 101, numRuns: 60 },
    );
  });

  it('turns its estimate over, and keeps its error, for reciprocals: an exchange of what is worse', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const cells = drawn(recipe);
        const reciprocal = (values: readonly number[]) => values.map((value) => 1 / value);
        const turned = cells.map((cell) => ({
          ...cell,
          next: reciprocal(cell.next),
          earlier: cell.earlier.map(({ run, values }) => ({ run, values: reciprocal(values) })),
        }));
        const found = byId(screen(turned, plain));
        for (const each of screen(cells, plain)) {
          const [there, back] = [estimateOf(each), estimateOf(found.get(each.id))];
          expect(back.effect).toBeCloseTo(-there.effect, 10);
          expect(back.error).toBeCloseTo(there.error, 10);
          expect(back.df).toBe(there.df);
        }
      }),
      { seed: 102, numRuns: 60 },
    );
  });

  const [some] = fixtureCells({ seed: 'some' });
  if (some === undefined) throw new Error('no cell');
  const additions: readonly (readonly [string, ScreenCell])[] = [
    ['whose figure never varies', constantCell(1)],
    ['whose figure never varied and moved', constantCell(1, { next: [1.2, 1.2, 1.2] })],
    ['whose figure never varies, in a family of its own', constantCell(1, { family: 'alone' })],
    ['of zeros', { ...some, id: 'constant', next: [0, 0, 0] }],
    ['without a number', { ...some, id: 'constant', next: [Number.NaN, 1, 1] }],
    ['that nothing was measured of', { ...some, id: 'constant', next: [] }],
  ];

  it.each(additions)('is not moved by one more cell %s, wherever it stands and whatever the cap', (_, cell) => {
    fc.assert(
      fc.property(recipes, everyOption, fc.nat(14), fc.constantFrom(0, 0.4, 1), (recipe, options, at, share) => {
        const cells = drawn(recipe).map((each, index) => (index < share * 14 ? { ...each, earlier: [] } : each));
        const found = screen(cells.toSpliced(at, 0, cell), options);
        expect(found.filter(({ id }) => id !== cell.id)).toEqual(screen(cells, options));
      }),
      { seed: 103, numRuns: 25 },
    );
  });
});
