import type { Draws } from './draws.ts';
import type { Scenario } from './scenario.ts';
import { drawRun, drawWorld, type SimulatedRun, type World } from './world.ts';

/** What a simulated pull request changes. */
export type Change =
  | { readonly kind: 'nothing' }
  /** Slows `cells` cells, chosen at random, by a share. */
  | { readonly kind: 'some cells'; readonly slowdown: number; readonly cells: number }
  | { readonly kind: 'all cells'; readonly slowdown: number };

/** One pull request: the stored runs of its project, its own run, and what it truly changed. */
export interface PullRequest {
  readonly world: World;
  /** Oldest first. */
  readonly stored: readonly SimulatedRun[];
  readonly head: SimulatedRun;
  /** True log shift by index of the cell; cells left out did not change. */
  readonly effects: ReadonlyMap<number, number>;
}

/** How large a simulated project is. */
export interface Size {
  readonly cells: number;
  readonly storedRuns: number;
}

/** Draws a project with its history and one pull request. */
export function drawPullRequest(scenario: Scenario, { cells, storedRuns }: Size, change: Change, draws: Draws): PullRequest {
  const world = drawWorld(scenario, cells, draws);
  const effects = effectsOf(change, cells, draws);
  const stored = Array.from({ length: storedRuns }, () => drawRun(world, draws));
  return { world, stored, head: drawRun(world, draws, effects), effects };
}

function effectsOf(change: Change, cells: number, draws: Draws): ReadonlyMap<number, number> {
  switch (change.kind) {
    case 'nothing':
      return new Map();
    case 'all cells':
      return new Map(Array.from({ length: cells }, (_, index) => [index, Math.log1p(change.slowdown)]));
    case 'some cells': {
      const chosen = new Map<number, number>();
      while (chosen.size < Math.min(change.cells, cells)) chosen.set(Math.floor(draws.uniform() * cells), Math.log1p(change.slowdown));
      return chosen;
    }
  }
}
