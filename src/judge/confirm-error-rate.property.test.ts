import { describe, expect, it } from 'vitest';
import { type NoiseShape, noiseShapes } from '../stats/noise.fixture.ts';
import { seededRandom } from '../stats/random.ts';
import { bareThreshold, drawCells, firstPairs } from './confirm.fixture.ts';
import { confirm } from './confirm.ts';
import type { ConfirmDesign } from './confirm-design.ts';
import type { PairedCell } from './confirm-pairs.ts';

/** A generous alpha, so that a rate above it shows in few families. */
const design: ConfirmDesign = { alpha: 0.1, looks: [10, 20, 40] };

interface Study {
  readonly seed: string;
  readonly shape?: NoiseShape;
  readonly control?: boolean;
  readonly families?: number;
  readonly cells?: number;
  readonly under?: ConfirmDesign;
  /** What becomes of the pairs of a family before they are judged; the cells that stay are those that are corrected for. */
  readonly measured?: (cells: readonly PairedCell[]) => readonly PairedCell[];
}

function isFlagged(cells: readonly PairedCell[], under: ConfirmDesign): boolean {
  return [...confirm(cells, under.looks.length, under).values()].some(({ kind }) => kind === 'regression' || kind === 'improvement');
}

/** The share of families of unchanged cells in which any is flagged. */
function falselyFlagged({
  seed,
  shape = 'normal',
  control = false,
  families = 2000,
  cells = 6,
  under = design,
  measured = (all) => all,
}: Study): number {
  const random = seededRandom(seed);
  const pairs = under.looks.at(-1) ?? 0;
  let flagged = 0;
  for (let family = 0; family < families; family += 1) {
    const drawn = drawCells({ cells, pairs, shape, noise: 0.5, control, threshold: bareThreshold }, random);
    if (isFlagged(measured(drawn), under)) flagged += 1;
  }
  return flagged / families;
}

/** Four standard deviations of a share of alpha in that many families. */
function chance({ alpha }: ConfirmDesign, families: number): number {
  return 4 * Math.sqrt((alpha * (1 - alpha)) / families);
}

/** The cells that look worst after their first pairs, by the mean of the differences. */
function worst(cells: readonly PairedCell[], { after, keep }: { readonly after: number; readonly keep: number }): ReadonlySet<string> {
  const size = ({ differences }: PairedCell) => Math.abs(differences.slice(0, after).reduce((sum, each) => sum + each, 0));
  return new Set(
    cells
      .toSorted((one, other) => size(other) - size(one))
      .slice(0, keep)
      .map(({ id }) => id),
  );
}

/** The worst-looking cells get all their pairs; the others stop there and stay in the correction. */
function othersStop(after: number, keep: number) {
  return (cells: readonly PairedCell[]) => {
    const chosen = worst(cells, { after, keep });
    return cells.map((cell) => (chosen.has(cell.id) ? cell : firstPairs(cell, after)));
  };
}

describe('any false flag in a family, without the shelter of a margin', () => {
  it.each(noiseShapes.flatMap((shape) => [false, true].map((control) => [shape, control ? 'on' : 'off', control] as const)))(
    'comes at alpha or less: %s noise, control variate %s',
    (shape, _, control) => {
      const rate = falselyFlagged({ seed: `null ${shape}`, shape, control });
      expect(rate).toBeLessThan(design.alpha + chance(design, 2000));
      // The looks share alpha by a union bound, so the rate lies below it; at a tenth of it the test would hardly test.
      expect(rate).toBeGreaterThan(design.alpha / 10);
    },
  );

  it('comes nearly always where the calibration loop itself moved, as between two interpreters: there the control must be off', () => {
    const moved = (cells: readonly PairedCell[]) =>
      cells.map((cell): PairedCell => {
        const { control } = cell;
        return control.kind === 'off'
          ? cell
          : { ...cell, control: { ...control, differences: control.differences.map((each) => each + 1) } };
      });
    expect(falselyFlagged({ seed: 'moved loop', control: true, families: 200, measured: moved })).toBeGreaterThan(0.9);
  });
});

describe('choosing after the first pair which cells get all theirs', () => {
  const under: ConfirmDesign = { alpha: 0.2, looks: [20] };
  const families = 600;
  const cells = 24;

  it.each([
    [1, 6],
    [1, 1],
    [10, 2],
  ])('keeps alpha, as long as the correction counts all of them: after %i, keeping %i', (after, keep) => {
    const rate = falselyFlagged({ seed: `chosen ${after}`, families, cells, under, measured: othersStop(after, keep) });
    expect(rate).toBeLessThan(under.alpha + chance(under, families));
  });

  it('adds no family to those that are flagged when all get all their pairs', () => {
    const random = seededRandom('subset');
    let flagged = 0;
    for (let family = 0; family < families; family += 1) {
      const drawn = drawCells(
        { cells, pairs: 40, shape: 'Laplace', noise: 0.5, control: family % 2 === 0, threshold: bareThreshold },
        random,
      );
      const looks = { alpha: 0.2, looks: [10, 20, 40] };
      if (!isFlagged(othersStop(1, 6)(drawn), looks)) continue;
      flagged += 1;
      expect(isFlagged(drawn, looks)).toBe(true);
    }
    expect(flagged).toBeGreaterThan(10);
  });

  it('does not keep alpha where only the chosen are corrected for: the negative control', () => {
    const onlyChosen = (all: readonly PairedCell[]) => {
      const chosen = worst(all, { after: 10, keep: 2 });
      return all.filter(({ id }) => chosen.has(id));
    };
    const rate = falselyFlagged({ seed: 'only the chosen', families, cells, under, measured: onlyChosen });
    expect(rate).toBeGreaterThan(under.alpha + 2 * chance(under, families));
  });

  it('keeps alpha where the choice rests on other data, as that of the screen does, and only the chosen are corrected for', () => {
    const random = seededRandom('other data');
    const byChance = (all: readonly PairedCell[]) => all.filter(() => random() < 0.2);
    const rate = falselyFlagged({ seed: 'screened', families, cells, under, measured: byChance });
    expect(rate).toBeLessThan(under.alpha + chance(under, families));
    expect(rate).toBeGreaterThan(under.alpha / 2);
  });
});
