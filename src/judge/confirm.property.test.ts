import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noiseShapes } from '../stats/noise.fixture.ts';
import { seededRandom, shuffled } from '../stats/random.ts';
import { bareThreshold, drawCells, firstPairs, reorderedCell, turnedCell } from './confirm.fixture.ts';
import { concludeConfirmation, confirm, confirmLook, type Decision, type FinalDecision } from './confirm.ts';
import { defaultDesign } from './confirm-design.ts';
import type { PairedCell } from './confirm-pairs.ts';
import { defaultThreshold } from './threshold.ts';

const effects = [0, 0.03, 0.06, 0.12, -0.12, -0.06, 0.3];

/** How a confirmation of seven cells, some of which changed, is drawn. */
const recipes = fc.record({
  seed: fc.nat(1_000_000),
  shape: fc.constantFrom(...noiseShapes),
  noise: fc.constantFrom(0.01, 0.03, 0.08),
  control: fc.boolean(),
  pairs: fc.constantFrom(9, 10, 25, 40),
});

type Recipe = typeof recipes extends fc.Arbitrary<infer T> ? T : never;

function drawn({ seed, ...recipe }: Recipe): readonly PairedCell[] {
  const effect = (cell: number) => effects[cell] ?? 0;
  return drawCells({ ...recipe, cells: effects.length, threshold: defaultThreshold, effect }, seededRandom(`${seed}`));
}

function concluded(cells: readonly PairedCell[]): ReadonlyMap<string, FinalDecision> {
  return concludeConfirmation(cells, confirm(cells, 3, defaultDesign), defaultDesign);
}

/** Every figure of a decision, by name; the effect turned around where `sign` is -1. */
function figures(decision: FinalDecision | undefined, sign = 1): Readonly<Record<string, number>> {
  if (decision === undefined || decision.estimate === null) return {};
  const { effect, error, df, low, high, pairs } = decision.estimate;
  const [from, to] = sign === 1 ? [low, high] : [-high, -low];
  const smallestEffect = 'smallestEffect' in decision ? (decision.smallestEffect ?? -1) : -1;
  return { effect: sign * effect, error, df, low: from, high: to, pairs, smallestEffect, logP: 'p' in decision ? Math.log(decision.p) : 1 };
}

function expectAlike(one: FinalDecision | undefined, other: FinalDecision | undefined, sign = 1): void {
  const mirrored: Readonly<Record<string, string>> = sign === 1 ? {} : { regression: 'improvement', improvement: 'regression' };
  expect(other?.kind).toBe(mirrored[one?.kind ?? ''] ?? one?.kind);
  const expected = figures(one, sign);
  const found = figures(other);
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) expect(found[name], name).toBeCloseTo(value, 7);
}

describe('a confirmation is the same, figures and all,', () => {
  it('for suspects in another order, and pairs in another order within a look', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const { seed } = recipe;
        const cells = drawn(recipe);
        const plain = concluded(cells);
        const other = concluded(
          shuffled(cells, seededRandom(`order ${seed}`)).map((cell) => reorderedCell(cell, `${seed}`, defaultDesign)),
        );
        for (const { id } of cells) expectAlike(plain.get(id), other.get(id));
      }),
      { seed: 61, numRuns: 80 },
    );
  });

  it('mirrored, for base and head exchanged', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const cells = drawn(recipe);
        const plain = concluded(cells);
        const other = concluded(cells.map(turnedCell));
        for (const { id } of cells) expectAlike(plain.get(id), other.get(id), -1);
      }),
      { seed: 62, numRuns: 80 },
    );
  });

  it('for one more cell without any noise, wherever it stands and whatever its calibration loop did', () => {
    fc.assert(
      fc.property(recipes, fc.nat(7), fc.constantFrom(0, 0.03, 0.3, -0.3), (recipe, at, shift) => {
        const cells = drawn(recipe);
        const [noisy] = cells;
        if (noisy === undefined) throw new Error('no cell');
        const constant: PairedCell = { ...noisy, id: 'constant', differences: noisy.differences.map(() => shift) };
        const more = concluded(cells.toSpliced(at, 0, constant));
        const plain = concluded(cells);
        for (const { id } of cells) expect(more.get(id)).toEqual(plain.get(id));
        expect(more.get('constant')).toMatchObject({ kind: 'inconclusive', estimate: null, smallestEffect: null });
      }),
      { seed: 63, numRuns: 80 },
    );
  });
});

describe('a confirmation', () => {
  it('says look by look what it says at once, of cells too that begin to vary late', () => {
    fc.assert(
      fc.property(recipes, fc.constantFrom(10, 20, 30), fc.nat(effects.length - 1), (recipe, from, late) => {
        const cells = drawn(recipe).map((cell, index) =>
          index === late ? { ...cell, differences: cell.differences.map((difference, pair) => (pair < from ? 0.1 : difference)) } : cell,
        );
        let before: ReadonlyMap<string, Decision> = new Map();
        let measured = cells.map((cell) => firstPairs(cell, 0));
        for (const [look, pairs] of defaultDesign.looks.entries()) {
          measured = cells.map((cell, index) => {
            const isOpen = (before.get(cell.id)?.kind ?? 'open') === 'open';
            return isOpen ? firstPairs(cell, pairs) : (measured[index] ?? cell);
          });
          before = confirmLook({ suspects: measured, before, look, design: defaultDesign });
        }
        expect(confirm(measured, 3, defaultDesign)).toEqual(before);
      }),
      { seed: 64, numRuns: 80 },
    );
  });

  it('flags nothing that it would not flag alone: more suspects never make one', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const cells = drawn(recipe);
        const together = confirm(cells, 3, defaultDesign);
        for (const cell of cells) {
          const kind = together.get(cell.id)?.kind;
          if (kind === 'regression' || kind === 'improvement') expect(confirm([cell], 3, defaultDesign).get(cell.id)?.kind).toBe(kind);
        }
      }),
      { seed: 65, numRuns: 60 },
    );
  });

  it('states a smallest effect above 0 wherever it is inconclusive with an estimate, most pairs alike or not', () => {
    const share = fc.constantFrom(0, 0.4, 0.6, 0.7);
    fc.assert(
      fc.property(fc.nat(1_000_000), share, (seed, alike) => {
        const random = seededRandom(`alike ${seed}`);
        const [cell] = drawCells({ cells: 1, pairs: 40, shape: 'normal', noise: 0.5, control: false, threshold: bareThreshold }, random);
        if (cell === undefined) throw new Error('no cell');
        const mostlyAlike = { ...cell, differences: cell.differences.map((difference) => (random() < alike ? 0 : difference)) };
        const final = concluded([mostlyAlike]).get(cell.id);
        if (final?.kind === 'inconclusive' && final.estimate !== null) expect(final.smallestEffect).toBeGreaterThan(0.01);
      }),
      { seed: 66, numRuns: 80 },
    );
  });
});
