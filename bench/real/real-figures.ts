import { seededRandom } from '../../src/stats/random.ts';
import { type CellFigures, type DrawOptions, figuresOfCells, type WithAndWithout } from './cell-figures.ts';
import type { CellSets } from './pair-sets.ts';
import { type Control, drawNull, drawPlanted, isFlag, judge, type Labels } from './pull-requests.ts';

/** Drawn pull requests, and how many of them show something. */
export interface Count {
  readonly count: number;
  readonly of: number;
}

/** What became of pull requests that slow one cell. */
export interface OneSlowed {
  readonly caught: Count;
  readonly inconclusive: Count;
  /** Called no change: missed in silence. */
  readonly missed: Count;
  /** Pull requests in which any cell that did not change was flagged. */
  readonly falselyFlagged: Count;
}

/** Pull requests that slow one cell, by what that cell states as its smallest effect. */
export interface SlowedByReach {
  readonly all: OneSlowed;
  /** Cells that state 10 % or less. */
  readonly resolving: OneSlowed;
  readonly others: OneSlowed;
}

/** Everything the table says. */
export interface RealFigures {
  readonly cells: readonly CellFigures[];
  readonly nothing: WithAndWithout<Count>;
  /** Nothing changed, sides named as they were measured: a bias of the second tree would show here. */
  readonly nothingAsMeasured: WithAndWithout<Count>;
  readonly one: WithAndWithout<SlowedByReach>;
  readonly every: WithAndWithout<Count>;
}

/** The slowdown that a cell must state as its smallest effect, or less, to be expected to catch the planted one. */
export const target = 0.1;

/** Draws pull requests from recorded pairs and judges them by the program's own rule; the same for the same options. */
export function realFigures(sets: readonly CellSets[], options: DrawOptions): RealFigures {
  const cells = figuresOfCells(sets, options);
  const both = <T>(figure: (control: Control) => T): WithAndWithout<T> => ({ on: figure('on'), off: figure('off') });
  return {
    cells,
    nothing: both((control) => nothingChanged(sets, { ...options, control, labels: 'drawn' })),
    nothingAsMeasured: both((control) => nothingChanged(sets, { ...options, control, labels: 'as measured' })),
    one: both((control) => oneSlowed(cells, { ...options, control })),
    every: both((control) => everySlowed(sets, { ...options, control })),
  };
}

interface Judging extends DrawOptions {
  readonly control: Control;
}

function nothingChanged(sets: readonly CellSets[], { draws, seed, control, labels }: Judging & { readonly labels: Labels }): Count {
  return counted(draws, (draw) => {
    const random = seededRandom(`nothing:${seed}:${draw}`);
    return [
      ...judge(
        sets.map((set) => drawNull(set, random, labels)),
        control,
      ).values(),
    ].some(isFlag);
  });
}

function everySlowed(sets: readonly CellSets[], { draws, seed, control }: Judging): Count {
  return counted(draws, (draw) => {
    const random = seededRandom(`every:${seed}:${draw}`);
    return [
      ...judge(
        sets.map((set) => drawPlanted(set, random)),
        control,
      ).values(),
    ].some(({ kind }) => kind === 'regression');
  });
}

function counted(draws: number, shows: (draw: number) => boolean): Count {
  return { count: Array.from({ length: draws }, (_, draw) => shows(draw)).filter(Boolean).length, of: draws };
}

interface SlowedDraw {
  readonly resolves: boolean;
  readonly kind: string;
  readonly falseFlag: boolean;
}

function oneSlowed(cells: readonly CellFigures[], { draws, seed, control }: Judging): SlowedByReach {
  const all = Array.from({ length: draws }, (_, draw): SlowedDraw => {
    const random = seededRandom(`one:${seed}:${draw}`);
    const slowed = Math.floor(random() * cells.length);
    const pull = cells.map(({ cell }, index) => (index === slowed ? drawPlanted(cell, random) : drawNull(cell, random)));
    const judged = [...judge(pull, control).values()];
    return {
      resolves: (cells[slowed]?.smallestEffect[control] ?? Number.POSITIVE_INFINITY) <= target,
      kind: judged[slowed]?.kind ?? 'open',
      falseFlag: judged.some((each, index) => index !== slowed && isFlag(each)),
    };
  });
  return {
    all: summed(all),
    resolving: summed(all.filter(({ resolves }) => resolves)),
    others: summed(all.filter(({ resolves }) => !resolves)),
  };
}

function summed(draws: readonly SlowedDraw[]): OneSlowed {
  const count = (is: (draw: SlowedDraw) => boolean): Count => ({ count: draws.filter(is).length, of: draws.length });
  return {
    caught: count(({ kind }) => kind === 'regression'),
    inconclusive: count(({ kind }) => kind === 'open'),
    missed: count(({ kind }) => kind === 'cleared' || kind === 'improvement'),
    falselyFlagged: count(({ falseFlag }) => falseFlag),
  };
}
