import { describe, expect, it } from 'vitest';
import { metricOf } from '../model/metric.ts';
import { type NoiseShape, noiseOf, noiseShapes } from '../stats/noise.fixture.ts';
import { type Random, seededRandom } from '../stats/random.ts';
import { branchShifts, type CellHistory, shiftAlpha } from './history-shift.ts';
import { lastingSteps } from './history-step.ts';
import { defaultThreshold } from './threshold.ts';

const context = { accepted: [], places: new Map<string, number>() };

interface HistoryRecipe {
  readonly random: Random;
  readonly shape?: NoiseShape;
  /** Deviation of one process, log scale. */
  readonly noise?: number;
  /** What all cells of a run have in common, log scale. */
  readonly machine?: readonly number[];
  /** Level of each run, log scale. */
  readonly levels: readonly number[];
}

function history(workload: string, { random, shape = 'normal', noise = 0.05, machine = [], levels }: HistoryRecipe): CellHistory {
  const runs = levels.map((level, index) => ({
    ...{ run: `run ${index}`, commit: null, cpuModel: 'CPU' },
    created: new Date(Date.UTC(2026, 0, 1 + index)).toISOString(),
    values: Array.from({ length: 5 }, () => Math.exp(level + (machine[index] ?? 0) + noise * noiseOf(shape, random))),
  }));
  const stepped = lastingSteps(runs, { cpuModel: 'CPU', threshold: defaultThreshold, seed: 1 });
  return { cell: { workload, model: 'asyncio', runtime: 'r', params: '' }, metric: metricOf('wall_per_unit'), stepped };
}

const flat = new Array<number>(30).fill(0);

/** A branch on which nothing changed, on machines that differ by some percent. */
function unchangedBranch(random: Random, shape: NoiseShape, cells: number) {
  const machine = flat.map(() => 0.03 * noiseOf('normal', random));
  return branchShifts(
    Array.from({ length: cells }, (_, index) => history(`w${index}`, { random, shape, machine, noise: 0.1, levels: flat })),
    context,
  );
}

describe('the shifts of a branch', () => {
  it.each(noiseShapes)('are hardly ever listed where nothing changed: %s noise', (shape) => {
    const random = seededRandom(`no shift ${shape}`);
    const branches = 40;
    const listed = Array.from({ length: branches }, () => unchangedBranch(random, shape, 50)).filter(({ shifts }) => shifts.length > 0);
    // One branch in a hundred is allowed: of 40, more than three have a chance of one in a thousand.
    expect(listed.length).toBeLessThanOrEqual(Math.ceil(branches * shiftAlpha) + 2);
  });

  it.each([
    [0.1, 25],
    [0.07, 20],
    [0.07, 10],
  ])('are listed among two hundred histories: %d from run %i on', (shift, from) => {
    const random = seededRandom(`shift ${shift} ${from}`);
    const still = Array.from({ length: 200 }, (_, index) => history(`w${index}`, { random, levels: flat, noise: 0.01 }));
    const trials = 20;
    const found = Array.from({ length: trials }, (_, trial) => {
      const levels = flat.map((_level, run) => (run >= from ? shift : 0));
      return branchShifts([...still, history(`shifted ${trial}`, { random, levels, noise: 0.03 })], context).shifts;
    });
    const exact = found.filter(([first]) => first?.to.run === `run ${from}` && first.cell.workload.startsWith('shifted'));
    expect(exact.length).toBeGreaterThanOrEqual(0.9 * trials);
  });

  it('lists no step that only its own shuffles vouch for, and counts it', () => {
    const random = seededRandom('unclear');
    const branches = Array.from({ length: 120 }, () => unchangedBranch(random, 'normal', 30));
    expect(branches.reduce((sum, { unclear }) => sum + unclear, 0)).toBeGreaterThan(0);
  });

  it('come with the newest first, of the same runs the largest', () => {
    const random = seededRandom('order');
    const step = (workload: string, from: number, shift: number) =>
      history(workload, { random, noise: 0.01, levels: flat.map((_, run) => (run >= from ? shift : 0)) });
    const { shifts } = branchShifts([step('old', 8, 0.5), step('small', 20, 0.1), step('large', 20, -0.4)], context);
    expect(shifts.map(({ cell }) => cell.workload)).toEqual(['large', 'small', 'old']);
  });
});
