import type { Draws } from './draws.ts';
import { innerNoise, machineBursts, type SimulatedCell, shuffleInPlace, slowProcess, type World } from './world.ts';

/** The pairs of one cell so far. */
export interface DrawnPairs {
  readonly cell: SimulatedCell;
  /** ln(head) - ln(base) of the process values. */
  readonly differences: number[];
  /** The same of the calibration loop. */
  readonly calibration: number[];
}

/** Chance that a neighbour who is there takes both sides of a pair alike. */
const sharedBurst = 0.85;

/** Noise of the calibration loop's own, as a share of a cell's inner deviation. */
const calibrationNoise = 0.3;

/** Measures pairs of a confirmation, round by round: the open cells in random order, one pair each. */
export function pairSource({ scenario }: World, effects: ReadonlyMap<SimulatedCell, number>, draws: Draws) {
  const bursts = machineBursts(scenario, draws);
  const scratch = new Float64Array(scenario.values);
  return {
    round(open: readonly DrawnPairs[]): void {
      const order = open.map((_, index) => index);
      shuffleInPlace(order, draws);
      for (const index of order) {
        const pairs = open[index];
        if (pairs !== undefined) measure(pairs);
      }
    },
  };

  function measure({ cell, differences, calibration }: DrawnPairs): void {
    const height = bursts();
    const alone = height > 0 && draws.uniform() >= sharedBurst ? cell.family.beta * height * (draws.uniform() < 0.5 ? 1 : -1) : 0;
    const head = process(cell);
    const base = process(cell);
    differences.push(head.value - base.value + cell.layoutBias + (effects.get(cell) ?? 0) + alone);
    calibration.push(head.loop - base.loop + (cell.family.beta === 0 ? 0 : alone / cell.family.beta));
  }

  /** The statistic of a process is the median of its values; its speed is what the calibration loop shares with it. */
  function process(cell: SimulatedCell): { readonly value: number; readonly loop: number } {
    const { family } = cell;
    const speed = draws.normal();
    const own = family.calibration * speed + Math.sqrt(1 - family.calibration ** 2) * draws.normal();
    for (let index = 0; index < scratch.length; index += 1) scratch[index] = innerNoise(cell, scenario, draws);
    scratch.sort();
    const inner = scratch[scratch.length >> 1] ?? 0;
    const value = own * cell.processDeviation + slowProcess(cell, scenario, draws) + inner;
    const loopDeviation = cell.processDeviation / family.ownNoise;
    const loop = speed * loopDeviation + draws.normal() * calibrationNoise * (cell.innerDeviation / family.ownNoise);
    return { value, loop };
  }
}
