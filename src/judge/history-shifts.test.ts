import { describe, expect, it } from 'vitest';
import { fixtureMachine, fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import type { AcceptedShift } from '../model/accepted-shift.ts';
import type { Cell } from '../model/cell.ts';
import type { Results } from '../model/results.ts';
import { placesOf, type ShiftOptions, shiftsOf } from './history-shifts.ts';
import { defaultThreshold } from './threshold.ts';

const workloads = { spawn: bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} } };
const runtimes = [fixtureRuntime('3.13.0')];
const run = (number: number, recipe: Partial<ResultsRecipe> = {}) => fixtureResults({ run: number, runtimes, workloads, ...recipe });
const isAsyncio = ({ model }: Pick<Cell, 'model'>) => model === 'asyncio';

/** Runs 1 to `count`, with the level of asyncio times that factor from run `first` on. */
function branch(count: number, first: number, factor: number, also: (number: number) => Partial<Results> = () => ({})): readonly Results[] {
  return Array.from({ length: count }, (_, index) => {
    const number = index + 1;
    return run(number, { factor: (cell) => (isAsyncio(cell) && number >= first ? factor : 1), also: also(number) });
  });
}

function found(runs: readonly Results[], options: Partial<ShiftOptions> = {}) {
  return shiftsOf(runs, { thresholdOf: () => defaultThreshold, seed: 1, accepted: [], history: null, ...options });
}

describe('shiftsOf', () => {
  const slower = branch(24, 13, 1.3);

  it('names the cell, the two runs, how far and which way', () => {
    const { shifts, histories, tooShort } = found(slower);
    expect({ histories, tooShort, shifts: shifts.length }).toEqual({ histories: 5, tooShort: 0, shifts: 1 });
    expect(shifts[0]).toMatchObject({
      cell: { workload: 'spawn', model: 'asyncio' },
      from: { run: 'run-12', commit: slower[11]?.commit },
      to: { run: 'run-13', commit: slower[12]?.commit },
      ...{ direction: 'worse', before: 12, after: 12, cpuModel: fixtureMachine.cpuModel, accepted: null },
    });
    expect(shifts[0]?.ratio).toBeCloseTo(1.3, 1);
    expect(shifts[0]?.p).toBeLessThan(0.01);
    expect(found(branch(24, 13, 0.7)).shifts).toMatchObject([{ direction: 'better' }]);
  });

  it('blames a commit only where no other lies between, and none where there is none to blame', () => {
    const { shifts: unknown } = found(slower);
    expect(unknown).toMatchObject([{ place: 'between commits' }]);
    const commits = (list: readonly Results[]) => list.flatMap(({ commit }) => commit ?? []).toReversed();
    const history = { commits: new Set(commits(slower)), complete: true };
    expect(found(slower, { history }).shifts).toMatchObject([{ place: 'commit' }]);
    const gap = { commits: new Set(commits(slower).toSpliced(12, 0, 'e'.repeat(40))), complete: true };
    expect(found(slower, { history: gap }).shifts).toMatchObject([{ place: 'between commits' }]);
    expect(found(branch(24, 13, 1.3, () => ({ commit: 'c'.repeat(40) }))).shifts).toMatchObject([{ place: 'same commit' }]);
    expect(found(branch(24, 13, 1.3, () => ({ commit: null }))).shifts).toMatchObject([{ place: 'no commit' }]);
    expect(placesOf(null)).toEqual(new Map());
  });

  it('looks at each CPU model by itself: another machine is no shift', () => {
    const other = (number: number) => (number >= 13 ? { machine: { ...fixtureMachine, cpuModel: 'another' } } : {});
    expect(found(branch(24, 13, 1.3, other))).toMatchObject({ shifts: [], histories: 0, tooShort: 10 });
    const mixed = (number: number) => (number % 2 === 0 ? { machine: { ...fixtureMachine, cpuModel: 'another' } } : {});
    expect(
      found(branch(48, 25, 1.3, mixed))
        .shifts.map(({ cpuModel }) => cpuModel)
        .toSorted(),
    ).toEqual([fixtureMachine.cpuModel, 'another']);
  });

  it('leaves out what cannot be compared with the newest run, and broken runs', () => {
    const changed = (number: number) =>
      number < 13 ? { workloads: run(1).workloads.map((workload) => ({ ...workload, source: 'older' })) } : {};
    expect(found(branch(24, 13, 1.3, changed))).toMatchObject({ shifts: [], histories: 0 });
    const broken = slower.map((each, index) =>
      index === 3 ? run(4, { breaks: ({ model }) => (isAsyncio({ model }) ? { kind: 'error', message: '', output: '' } : null) }) : each,
    );
    expect(found(broken).shifts).toMatchObject([{ before: 11 }]);
    expect(found([])).toEqual({ shifts: [], histories: 0, tooShort: 0, unclear: 0 });
  });

  it('says who accepted the level after it, and not who accepted another', () => {
    const accepted = (index: number, cells = 'spawn/asyncio/*'): AcceptedShift => ({
      ...{ cells: [cells], commit: slower[index]?.commit ?? '', by: 'someone', why: 'meant' },
      created: slower[index]?.created ?? '',
    });
    const by = (shift: AcceptedShift) => found(slower, { accepted: [shift] }).shifts[0]?.accepted ?? null;
    expect(by(accepted(12))).toEqual(accepted(12));
    expect(by(accepted(11))).toEqual(accepted(11));
    for (const other of [accepted(4), accepted(20), accepted(12, 'spawn/threads/*')]) expect(by(other)).toBeNull();
  });

  it('keeps to the margin of each cell', () => {
    const wide = { target: 0.6, margin: 0.5 };
    expect(found(slower, { thresholdOf: ({ model }) => (model === 'asyncio' ? wide : defaultThreshold) }).shifts).toEqual([]);
  });

  it('is the same for the same seed, however the runs of a runtime are cut into parts', () => {
    const parts = slower.flatMap((each) =>
      ['threads', 'asyncio'].map((model) => ({
        ...each,
        samples: each.samples.filter(({ cell }) => (cell.model === 'threads') === (model === 'threads')),
      })),
    );
    expect(found(parts)).toEqual(found(slower));
  });
});
