import { lookLevel } from '../../src/judge/confirm-design.ts';
import { smallestEffect } from '../../src/judge/confirm-effect.ts';
import { estimatePairs, type PairEstimate, type PairedCell } from '../../src/judge/confirm-pairs.ts';
import { defaultThreshold } from '../../src/judge/threshold.ts';
import { mean, median } from '../../src/stats/quantiles.ts';
import { seededRandom } from '../../src/stats/random.ts';
import { type CellSets, type PairSet, withoutControl } from './pair-sets.ts';
import { bystander, type Control, design, drawNull, drawPlanted, judge, mostPairs } from './pull-requests.ts';

/** One figure with the calibration loop and one without. */
export type WithAndWithout<T> = Readonly<Record<Control, T>>;

/** What the pairs of one cell can tell. */
export interface CellFigures {
  readonly cell: CellSets;
  /** Robust deviation of the null differences: 1.4826 times their median absolute deviation. */
  readonly spread: WithAndWithout<number>;
  /** The planted slowdown as it was measured, by all pairs, with its 95 % interval, as shares; without the loop. */
  readonly planted: { readonly share: number; readonly low: number; readonly high: number };
  /** The slowdown, as a share, that 40 pairs of null noise would flag nine times of ten; median over draws. */
  readonly smallestEffect: WithAndWithout<number>;
  /** What became of the planted slowdown in draws: shares of them. */
  readonly caught: WithAndWithout<number>;
  readonly cleared: WithAndWithout<number>;
  /** Mean pairs until decided, at most 40. */
  readonly pairs: WithAndWithout<{ readonly null: number; readonly planted: number }>;
  /** Pairs that are needed with the loop for each pair without, at equal power: the ratio of squared standard errors over all null pairs. */
  readonly pairsForOne: number;
}

/** How many draws a figure rests on, and from which seed. */
export interface DrawOptions {
  readonly draws: number;
  readonly seed: number;
}

/** The figures of every cell, each judged beside the others as one of as many. */
export function figuresOfCells(cells: readonly CellSets[], options: DrawOptions): readonly CellFigures[] {
  return cells.map((cell) => figuresOf(cell, { ...options, others: cells.filter((each) => each !== cell).map(({ name }) => name) }));
}

interface Setting extends DrawOptions {
  /** Cells that the correction counts too. */
  readonly others: readonly string[];
}

function figuresOf(cell: CellSets, setting: Setting): CellFigures {
  const planted = estimateAll(cell.planted, 'off');
  const errors = { on: estimateAll(cell.null, 'on').error, off: estimateAll(cell.null, 'off').error };
  const [on, off] = [drawnFigures(cell, 'on', setting), drawnFigures(cell, 'off', setting)];
  return {
    cell,
    spread: { on: robustDeviation(estimateAll(cell.null, 'on').differences), off: robustDeviation(cell.null.differences) },
    planted: { share: Math.expm1(planted.effect), low: Math.expm1(planted.low), high: Math.expm1(planted.high) },
    smallestEffect: { on: on.smallest, off: off.smallest },
    caught: { on: on.caught, off: off.caught },
    cleared: { on: on.cleared, off: off.cleared },
    pairs: { on: on.pairs, off: off.pairs },
    pairsForOne: (errors.on / errors.off) ** 2,
  };
}

function drawnFigures(cell: CellSets, control: Control, { draws, seed, others }: Setting) {
  const level = { level: lookLevel(design), comparisons: others.length + 1 };
  const beside = others.map(bystander);
  const smallest: number[] = [];
  const pairs = { null: [] as number[], planted: [] as number[] };
  const counts = { caught: 0, cleared: 0 };
  for (let draw = 0; draw < draws; draw += 1) {
    // The same draws with and without the loop.
    const random = seededRandom(`cell:${seed}:${cell.name}:${draw}`);
    const [nulls, planted] = [drawNull(cell, random), drawPlanted(cell, random)];
    smallest.push(smallestEffect(estimate(nulls, control), level, defaultThreshold.margin));
    pairs.null.push(judge([nulls, ...beside], control).get(cell.name)?.pairs ?? mostPairs);
    const judged = judge([planted, ...beside], control).get(cell.name);
    pairs.planted.push(judged?.pairs ?? mostPairs);
    if (judged?.kind === 'regression') counts.caught += 1;
    if (judged?.kind === 'cleared') counts.cleared += 1;
  }
  return {
    smallest: median(smallest),
    caught: counts.caught / draws,
    cleared: counts.cleared / draws,
    pairs: { null: mean(pairs.null), planted: mean(pairs.planted) },
  };
}

function estimateAll(set: PairSet, control: Control): PairEstimate {
  return estimate({ id: 'all', threshold: defaultThreshold, ...set }, control);
}

/** The estimate of all pairs of a cell; real timings always vary. */
function estimate(cell: PairedCell, control: Control): PairEstimate {
  const outcome = estimatePairs(control === 'on' ? cell : { ...cell, control: withoutControl() }, cell.differences.length);
  if (outcome.kind === 'none') throw new Error(`${cell.id} has no estimate: ${outcome.reason}`);
  return outcome.estimate;
}

function robustDeviation(differences: readonly number[]): number {
  const center = median(differences);
  return 1.4826 * median(differences.map((difference) => Math.abs(difference - center)));
}
