import { cellName, type RecordedCell, recordedCells } from '../../bench/real/cells.ts';
import type { PairLine, PairRecord, PlantingLine, RecipeLine } from '../../bench/real/record-file.ts';
import { seededRandom } from '../../src/stats/random.ts';

/** The first line of a record. */
export const recipeLine: RecipeLine = {
  line: 'recipe',
  digest: 'f00d',
  seed: 1,
  runtime: {
    id: 'cpython-3.13.0-gil-1a2b3c4d',
    python: '3.13.0',
    implementation: 'cpython',
    freeThreaded: false,
    build: '1a2b3c4d',
    source: 'pyenv',
    packages: { uvloop: '0.23.0' },
  },
  machine: {
    runnerClass: 'local',
    os: 'linux debian-12',
    kernel: '6.1',
    arch: 'x64',
    cpuModel: 'Some CPU',
    cpus: 2,
    memoryBytes: 2 ** 33,
    peerPython: '3.11.2-4f8cf4e0',
  },
  values: 5,
  warmups: 1,
};

/** A pair of a cell. */
export function pairLine(cell: string, part: Partial<PairLine>): PairLine {
  const process = { values: [0.001], loop: [0.01] };
  const circumstances = { at: '2026-01-02T03:04:05.000Z', seconds: 1.1, load: 1, steal: 0 };
  return { line: 'pair', cell, kind: 'null', index: 0, first: 'base', ...circumstances, base: process, head: process, ...part };
}

/** What a cell's extra work was learned from. */
export function plantingLine(cell: string, part: Partial<PlantingLine> = {}): PlantingLine {
  const cost = { units: 10, secondsPerUnit: 0.001, loopSeconds: 0.01 };
  return { line: 'planting', cell, metric: 'cpu_per_unit', ...cost, firstAmount: 800, amount: 800, checked: [0.09, 0.1], ...part };
}

/** How the noise of a recorded cell is made. */
export interface RecordRecipe {
  readonly cells?: readonly RecordedCell[];
  /** Standard deviation of a process value's logarithm that the loop does not see, by cell. */
  readonly noise?: (cell: RecordedCell) => number;
  /** Of the speed of the machine, which the loop sees too. */
  readonly speed?: number;
  /** ln(head / base) of planted pairs, and of null pairs. */
  readonly planted?: number;
  readonly bias?: number;
  readonly nulls?: number;
}

/** A record with 60 null and 40 planted pairs of each cell, the same for the same recipe. */
export function drawnRecord({ cells = recordedCells, noise = () => 0.02, speed = 0.01, ...part }: RecordRecipe = {}): PairRecord {
  const { planted = Math.log(1.1), bias = 0, nulls = 60 } = part;
  const random = seededRandom('record');
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const pairs = cells.flatMap((cell) => {
    const process = (effect: number) => {
      const shared = speed * normal();
      const value = 0.001 * Math.exp(effect + shared + noise(cell) * normal());
      const loop = 0.01 * Math.exp(shared);
      return { values: [value, value * 1.3, value * 1.2], loop: [loop, loop * 1.1, loop * 1.3] };
    };
    const lines = (kind: PairLine['kind'], count: number, effect: number) =>
      Array.from({ length: count }, (_, index) => pairLine(cellName(cell), { kind, index, base: process(0), head: process(effect) }));
    return [...lines('null', nulls, bias), ...lines('planted', 40, planted)];
  });
  const plantings = cells.map((cell) => plantingLine(cellName(cell)));
  return {
    recipe: recipeLine,
    sittings: [{ line: 'sitting', at: pairs[0]?.at ?? '', load: 0 }],
    plantings,
    pairs,
    broken: [],
    wholeBytes: 0,
  };
}
