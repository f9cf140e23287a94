import { calibrationFigures, logDifferences, pairFigures } from '../../src/judge/pair-differences.ts';
import type { MeasuredSample } from '../../src/model/sample.ts';
import type { SamplePair } from '../../src/model/sample-pair.ts';
import { baseRunsFirst } from '../../src/plan/pair-schedule.ts';
import { median } from '../../src/stats/quantiles.ts';
import { cellName, type RecordedCell } from './cells.ts';
import { amountFor, correctedAmount } from './planting.ts';
import type { Ready } from './ready.ts';
import type { PlantingLine } from './record-file.ts';
import { gateOf, type Running, runPair, runProcess } from './run-pair.ts';

/** Base processes that a cell's cost is learned from, and pairs that check what was planted by it. */
const costProcesses = 5;
const checkedPairs = 8;

/** Whose extra work is learned. */
export interface LearnRequest extends Running {
  readonly cells: readonly RecordedCell[];
  readonly seed: number;
  onRound(round: number, rounds: number): void;
}

/**
 * Learns how much extra work makes each cell 10 % slower by its gate metric: from the cost of base processes, then
 * once corrected by pairs that carry it. Leaves the slow trees with the first amount.
 */
export async function learnAmounts(request: LearnRequest): Promise<readonly PlantingLine[]> {
  const { cells, ready, seed } = request;
  const costs = await inRounds(request, costProcesses, (cell) => runProcess(request, cell, 'base'));
  const learned = cells.map((cell) => costOf(cell, costs.get(cell) ?? [], ready));
  const first = new Map(cells.map((cell, index) => [cell, learned[index]?.firstAmount ?? 0]));
  for (const [cell, amount] of first) ready.copies.plant(cell, 'slow', amount);
  const checks = await inRounds(request, checkedPairs, (cell, round) =>
    runPair(request, cell, { kind: 'planted', baseFirst: baseRunsFirst(`check:${cellName(cell)}`, seed, round) }),
  );
  return cells.flatMap((cell, index) => {
    const cost = learned[index];
    return cost === undefined ? [] : [withCheck(cost, checkedDifferences(cell, checks.get(cell) ?? [], ready))];
  });
}

type Cost = Omit<PlantingLine, 'amount' | 'checked'>;

function costOf(cell: RecordedCell, samples: readonly MeasuredSample[], ready: Ready): Cost {
  const metric = gateOf(ready, cell);
  const pairs = samples.map((sample) => ({ base: sample, head: sample }));
  const cost = {
    secondsPerUnit: median(pairFigures(pairs, metric).base),
    loopSeconds: median(calibrationFigures(pairs, metric).base),
  };
  return {
    line: 'planting',
    cell: cellName(cell),
    metric: metric.id,
    units: samples[0]?.units ?? 0,
    ...cost,
    firstAmount: amountFor({ ...cost, lanes: cell.lanes ?? 1 }),
  };
}

function checkedDifferences(cell: RecordedCell, pairs: readonly SamplePair[], ready: Ready): readonly number[] {
  return logDifferences(pairFigures(pairs, gateOf(ready, cell)));
}

function withCheck(cost: Cost, differences: readonly number[]): PlantingLine {
  return { ...cost, amount: correctedAmount(cost.firstAmount, differences), checked: [...differences] };
}

/** Runs `each` for every cell, round by round, so that drift of the machine hits all alike. */
async function inRounds<T>(
  { cells, onRound }: LearnRequest,
  rounds: number,
  each: (cell: RecordedCell, round: number) => Promise<T>,
): Promise<ReadonlyMap<RecordedCell, readonly T[]>> {
  const results = new Map<RecordedCell, T[]>(cells.map((cell) => [cell, []]));
  for (let round = 0; round < rounds; round += 1) {
    onRound(round, rounds);
    for (const cell of cells) results.get(cell)?.push(await each(cell, round));
  }
  return results;
}
