import { type NoiseShape, nullDifference } from '../stats/noise.fixture.ts';
import { type Random, seededRandom, shuffled } from '../stats/random.ts';
import type { ConfirmDesign } from './confirm-design.ts';
import type { PairedCell } from './confirm-pairs.ts';
import type { Threshold } from './threshold.ts';

/** Any difference from 0 may be flagged, and hardly anything is cleared: the bare test, without the shelter of a margin. */
export const bareThreshold: Threshold = { target: 0.1, margin: 0 };

/** How drawn cells come to be. */
export interface DrawnCellsRecipe {
  readonly cells: number;
  readonly pairs: number;
  readonly shape: NoiseShape;
  /** Scale of the noise on the log scale. */
  readonly noise: number;
  /** Whether a calibration loop sees the machine's speed, which then disturbs every second cell five times as much as its own noise. */
  readonly control: boolean;
  readonly threshold: Threshold;
  /** True shift of a cell, by index; none where left out. */
  readonly effect?: (cell: number) => number;
}

/** Suspects with all their pairs, drawn anew with each call. */
export function drawCells(recipe: DrawnCellsRecipe, random: Random): readonly PairedCell[] {
  const { cells, pairs, shape, noise, control, threshold, effect = () => 0 } = recipe;
  return Array.from({ length: cells }, (_, index) => {
    const speed = Array.from({ length: pairs }, () => (control ? 5 * noise * nullDifference(shape, random) : 0));
    const share = index % 2;
    const differences = speed.map((each) => effect(index) + share * each + noise * nullDifference(shape, random));
    const loop = control ? ({ kind: 'on', differences: speed } as const) : ({ kind: 'off', reason: 'not drawn' } as const);
    return { id: `cell ${index}`, threshold, differences, control: loop };
  });
}

/** The cell with its first pairs only. */
export function firstPairs(cell: PairedCell, count: number): PairedCell {
  const { differences, control } = cell;
  return { ...cell, differences: differences.slice(0, count), control: mapControl(control, (loop) => loop.slice(0, count)) };
}

/** The cell with base and head exchanged. */
export function turnedCell(cell: PairedCell): PairedCell {
  const turned = (values: readonly number[]) => values.map((value) => -value);
  return { ...cell, differences: turned(cell.differences), control: mapControl(cell.control, turned) };
}

/** The cell with its pairs in another order, each staying on its side of every look. */
export function reorderedCell(cell: PairedCell, seed: string, { looks }: ConfirmDesign): PairedCell {
  const reordered = (values: readonly number[]) => {
    const parts = [0, ...looks].map((from, index) => values.slice(from, looks[index] ?? values.length));
    return parts.flatMap((part, index) => shuffled(part, seededRandom(`${seed} ${index}`)));
  };
  return { ...cell, differences: reordered(cell.differences), control: mapControl(cell.control, reordered) };
}

function mapControl(control: PairedCell['control'], change: (loop: readonly number[]) => readonly number[]): PairedCell['control'] {
  return control.kind === 'off' ? control : { kind: 'on', differences: change(control.differences) };
}
