import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellName, recordedCells } from '../../bench/real/cells.ts';
import { amountFor, correctedAmount, loopTurns, plantedFunction, plantedShare, plantedSource } from '../../bench/real/planting.ts';
import { interpretersAtHand } from '../python-environments.ts';

const workloads = join(import.meta.dirname, '..', '..', 'workloads');
const calibration = readFileSync(join(workloads, 'worker', 'concurrency_worker', 'calibration.py'), 'utf8');
const sourceOf = (workload: string) => readFileSync(join(workloads, `${workload}.py`), 'utf8');
const python = interpretersAtHand().find(({ minor }) => minor >= 9)?.executable ?? 'python3';

const derived = `async def unit_async(work, i):
    return i


def unit(work, i):
    return i


def units(work):
    return 10
`;
const written = `async def run_asyncio(work):
    return "written"


def units(work):
    return 10
`;

/** What a planted source burns in one value, and what it returns. */
function burned(source: string, call: string): unknown {
  const script = `${source}
import asyncio, json
turns = []
def _planted_work(count):
    turns.append(count)
results = ${call}
print(json.dumps([turns, results]))`;
  return JSON.parse(execFileSync(python, ['-c', script], { encoding: 'utf8' }));
}

describe('the extra work', () => {
  it('is turns of the very loop that the worker calibrates with', () => {
    expect(calibration).toContain(`ITERATIONS = ${loopTurns.toLocaleString('en').replaceAll(',', '_')}\n`);
    const [loop] = /for turn in range\(.*?\):\n +(.*)/.exec(calibration)?.slice(1) ?? [];
    expect(loop).toBeDefined();
    expect(plantedSource(derived, { name: 'unit', amount: 0 })).toContain(loop);
  });

  it('makes no copy of a workload longer than another', () => {
    const length = (amount: number) => plantedSource(derived, { name: 'unit', amount }).length;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), (amount) => length(amount) === length(0)),
      { seed: 4 },
    );
  });

  it.each([-1, 0.5, Number.NaN, 1e12])('refuses an amount of %s', (amount) => {
    expect(() => plantedSource(derived, { name: 'unit', amount })).toThrow(RangeError);
  });

  it('is spread over the units to a thousandth of a turn, and changes no result', () => {
    const source = plantedSource(derived, { name: 'unit', amount: 70_500 });
    expect(burned(source, '[unit(None, i) for i in range(4)]')).toEqual([
      [70, 71, 70, 71],
      [0, 1, 2, 3],
    ]);
  });

  it('is done by one unit for several where it is little, and by none where there is none', () => {
    const pieces = (amount: number) =>
      burned(plantedSource(derived, { name: 'unit', amount }), '[unit(None, i) for i in range(9)] and None');
    expect(pieces(16_000)).toEqual([[0, 0, 0, 64, 0, 0, 0, 64, 0], null]);
    expect(pieces(0)).toEqual([Array(9).fill(0), null]);
  });

  it('is added to coroutine functions and to written forms, where a value has it all at once', () => {
    const unit = plantedSource(derived, { name: 'unit_async', amount: 70_000 });
    expect(burned(unit, '[asyncio.run(unit_async(None, i)) for i in range(2)]')).toEqual([
      [70, 70],
      [0, 1],
    ]);
    const run = plantedSource(written, { name: 'run_asyncio', amount: 2500 });
    expect(burned(run, 'asyncio.run(run_asyncio(None))')).toEqual([[25], 'written']);
  });

  it('finds what each recorded cell runs through', () => {
    const found = recordedCells.map((cell) => [cellName(cell), plantedFunction(sourceOf(cell.workload), cell)]);
    expect(Object.fromEntries(found)).toMatchObject({
      'spawn/threads': 'unit',
      'spawn/uvloop': 'unit_async',
      'context_switch/uvloop': 'run_asyncio',
      'context_switch/threads': 'run_threads',
    });
    expect(() => plantedFunction(derived, { workload: 'spawn', model: 'asyncio' })).not.toThrow();
    expect(() => plantedFunction(written, { workload: 'w', model: 'threads' })).toThrow('w.py defines none of run_threads, unit');
  });
});

describe('how much extra work', () => {
  it('takes the planted share of a unit, on each processor that shares the units', () => {
    const cost = { secondsPerUnit: 0.004, loopSeconds: 0.008 };
    const seconds = (amount: number) => ((amount / 1000) * cost.loopSeconds) / loopTurns;
    expect(seconds(amountFor({ ...cost, lanes: 1 }))).toBeCloseTo(plantedShare * cost.secondsPerUnit, 9);
    expect(seconds(amountFor({ ...cost, lanes: 2 }))).toBeCloseTo(2 * plantedShare * cost.secondsPerUnit, 9);
  });

  it('is corrected where the pairs show another slowdown, and left alone where only noise does', () => {
    const around = (share: number, noise: number) =>
      [-1, -0.5, -0.2, 0, 0.1, 0.3, 0.4, 0.9].map((step) => Math.log1p(share) + step * noise);
    expect(correctedAmount(1000, around(0.05, 0.001))).toBeCloseTo(2000, -2);
    expect(correctedAmount(1000, around(0.2, 0.001))).toBeCloseTo(500, -1);
    expect(correctedAmount(1000, around(0.05, 0.2))).toBe(1000);
  });

  it('is never corrected by more than pairs of such noise can justify', () => {
    const pairs = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 0, maxLength: 12 });
    fc.assert(
      fc.property(pairs, (differences) => {
        const amount = correctedAmount(1_000_000, differences);
        return amount >= 500_000 && amount <= 3_000_000;
      }),
      { seed: 4 },
    );
  });
});
