import type { Draws } from './draws.ts';
import { type Family, families, type Scenario } from './scenario.ts';

/** One simulated cell and what is constant about it. */
export interface SimulatedCell {
  readonly id: string;
  readonly family: Family;
  readonly processDeviation: number;
  readonly innerDeviation: number;
  /** Shift on each CPU model, beyond the model's own. */
  readonly byModel: readonly number[];
  /** Difference of layout between base and head of this pull request. */
  readonly layoutBias: number;
}

/** One project: its cells and the machines that measure it. */
export interface World {
  readonly scenario: Scenario;
  readonly cells: readonly SimulatedCell[];
}

/** One run: the inner values of every cell, logarithms, and the CPU that it ran on. */
export interface SimulatedRun {
  readonly cpuModel: string;
  /** At (cell x processes + process) x values + value. */
  readonly inner: Float64Array;
}

/** Slots after which the machine's speed has forgotten most of itself. */
const driftSlots = 30;

/** Mean of an outlier, log scale. */
const outlierMean = 0.3;

/** Draws a project of `count` cells. */
export function drawWorld(scenario: Scenario, count: number, draws: Draws): World {
  const cells = Array.from({ length: count }, (_, index): SimulatedCell => {
    const family = familyAt((index + 0.5) / count);
    return {
      id: `cell ${index}`,
      family,
      processDeviation: logUniform(scenario.processDeviation, draws) * family.ownNoise,
      innerDeviation: logUniform(scenario.innerDeviation, draws) * family.ownNoise,
      byModel: scenario.cpuModels.map(() => draws.normal() * scenario.cellByModel * family.cellByModel),
      layoutBias: draws.normal() * scenario.layoutBias,
    };
  });
  return { scenario, cells };
}

/**
 * Draws one run on a machine of its own: rounds of one process per cell, the order shuffled in each.
 *
 * @param effects log shift of each cell, by index; nothing where left out
 */
export function drawRun({ scenario, cells }: World, draws: Draws, effects: ReadonlyMap<number, number> = new Map()): SimulatedRun {
  const { processes, values } = scenario;
  const model = drawModel(scenario, draws);
  const speed = (scenario.cpuModels[model]?.shift ?? 0) + draws.normal() * scenario.host;
  const constant = cells.map(
    ({ family, byModel }, index) =>
      family.beta * speed + (byModel[model] ?? 0) + draws.normal() * scenario.hostByCell * family.hostByCell + (effects.get(index) ?? 0),
  );
  const drift = machineDrift(scenario, draws);
  const inner = new Float64Array(cells.length * processes * values);
  const order = cells.map((_, index) => index);
  for (let process = 0; process < processes; process += 1) {
    shuffleInPlace(order, draws);
    for (const index of order) {
      const cell = cells[index];
      if (cell === undefined) continue;
      const level = (constant[index] ?? 0) + cell.family.beta * drift() + processEffect(cell, scenario, draws);
      const at = (index * processes + process) * values;
      for (let value = 0; value < values; value += 1) inner[at + value] = level + innerNoise(cell, scenario, draws);
    }
  }
  return { cpuModel: `CPU ${model}`, inner };
}

/** What one process is off by as a whole: its own noise, and now and then a slow process. */
export function processEffect(cell: SimulatedCell, scenario: Scenario, draws: Draws): number {
  return draws.normal() * cell.processDeviation + slowProcess(cell, scenario, draws);
}

/** The slowness of a slow process, mostly 0. */
export function slowProcess({ family }: SimulatedCell, { slowProcess: { share, amplitude } }: Scenario, draws: Draws): number {
  return draws.uniform() < share ? draws.between(...amplitude) * family.slowProcess : 0;
}

/** What one value is off by within its process. */
export function innerNoise({ family, innerDeviation }: SimulatedCell, { outlierShare }: Scenario, draws: Draws): number {
  const outlier = draws.uniform() < outlierShare ? draws.exponential() * outlierMean * family.outlier : 0;
  return draws.normal() * innerDeviation + outlier;
}

/** Neighbours that take the machine for 5 to 24 slots: each call is the next slot. */
export function machineBursts({ burst: { share, amplitude } }: Scenario, draws: Draws): () => number {
  let left = 0;
  let height = 0;
  return () => {
    if (left === 0 && draws.uniform() < share / 15) {
      left = 5 + Math.floor(draws.uniform() * 20);
      height = draws.between(...amplitude);
    }
    if (left === 0) return 0;
    left -= 1;
    return height;
  };
}

/** Shuffles by Fisher and Yates. */
export function shuffleInPlace(items: number[], draws: Draws): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(draws.uniform() * (last + 1));
    const kept = items[last] ?? 0;
    items[last] = items[other] ?? 0;
    items[other] = kept;
  }
}

/** The machine's speed over consecutive slots: autoregressive of order 1, plus bursts. */
function machineDrift(scenario: Scenario, draws: Draws): () => number {
  const keep = Math.exp(-1 / driftSlots);
  const renew = scenario.drift * Math.sqrt(1 - keep * keep);
  const bursts = machineBursts(scenario, draws);
  let level = draws.normal() * scenario.drift;
  return () => {
    level = keep * level + renew * draws.normal();
    return level + bursts();
  };
}

function familyAt(share: number): Family {
  let below = 0;
  for (const family of families) {
    below += family.share;
    if (share < below) return family;
  }
  throw new RangeError(`the shares of the families end before ${share}`);
}

function drawModel({ cpuModels }: Scenario, draws: Draws): number {
  const at = draws.uniform();
  let below = 0;
  for (const [model, { share }] of cpuModels.entries()) {
    below += share;
    if (at < below) return model;
  }
  return cpuModels.length - 1;
}

function logUniform([low, high]: readonly [number, number], draws: Draws): number {
  return low * (high / low) ** draws.uniform();
}
