import type { Cell } from '../model/cell.ts';
import { seededRandom, shuffled } from '../stats/random.ts';

/**
 * The order of one round: every cell once, shuffled afresh per round, so that drift of the machine hits all cells alike.
 * Equal seed and round give an equal order.
 *
 * @param round index of the round, from 0
 */
export function roundOrder(cells: readonly Cell[], seed: number, round: number): readonly Cell[] {
  return shuffled(cells, seededRandom(`${seed}:${round}`));
}
