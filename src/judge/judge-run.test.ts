import { describe, expect, it } from 'vitest';
import { fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import { type Cell, cellId } from '../model/cell.ts';
import type { PairSuspect, SuspectPlan } from '../model/pair-suspect.ts';
import type { PairedRun, PairsOfRun } from '../model/pairs-of-run.ts';
import type { Results } from '../model/results.ts';
import { type ScreenedCell, screenBaseline } from './baseline-screen.ts';
import { indexCells } from './cell-index.ts';
import type { JudgedCell } from './cell-verdict.ts';
import { judgeRun, type RunEvidence } from './judge-run.ts';
import { brokenSample, pairRules, samplePairs } from './pair.fixture.ts';

const runtimes = [fixtureRuntime('3.13.0')];
const results = (recipe: Partial<ResultsRecipe> & { readonly run: number }) => fixtureResults({ runtimes, ...recipe });
const history = (count: number, recipe: Partial<ResultsRecipe> = {}) =>
  Array.from({ length: count }, (_, run) => results({ run: run + 1, ...recipe }));
const policy = { failOn: ['regression', 'broken'], warnOn: ['missing', 'missing-baseline', 'not-comparable'] } as const;
const isSpawn = ({ workload, model }: Pick<Cell, 'workload' | 'model'>) => workload === 'spawn' && model === 'asyncio';

function screened(head: Results, baselineRuns: readonly Results[]): readonly ScreenedCell[] {
  const thresholds = { rules: [], fallback: pairRules.threshold };
  return screenBaseline({ index: indexCells(head), baselineRuns, thresholds, seed: 1, maxSuspects: null, sentinels: true });
}

function judged(head: Results, baselineRuns: readonly Results[], pairs: PairsOfRun, part: Partial<RunEvidence> = {}) {
  const cells = screened(head, baselineRuns);
  const evidence = {
    ...pairRules,
    ...policy,
    index: indexCells(head),
    screened: cells,
    baselineRuns,
    usesBaseline: true,
    missingShards: [],
    nullRun: false,
  };
  return judgeRun({ ...evidence, pairs, ...part });
}

const none: PairsOfRun = { kind: 'none', pairs: 'unasked', reason: 'No base.' };
const verdicts = (cells: readonly JudgedCell[]) => new Map(cells.map(({ id, verdict }) => [id, verdict]));
const spawnOf = (cells: readonly JudgedCell[]) => {
  const found = cells.find(({ cell }) => isSpawn(cell));
  if (found === undefined) throw new Error('spawn was not judged');
  return found;
};

const suspectsOf = (cells: readonly ScreenedCell[]): readonly PairSuspect[] =>
  cells
    .filter(({ outcome }) => outcome.kind === 'suspect')
    .map(({ id, cell, metric }) => {
      const [runtime] = runtimes;
      if (runtime === undefined) throw new Error('no runtime');
      return { id, cell, metric, runtimes: { base: runtime, head: runtime }, sourceDiffers: false };
    });

/** Pairs of all suspects, without an effect but where said. */
function paired(cells: readonly ScreenedCell[], effectOf: (cell: Cell) => number, part: Partial<SuspectPlan> = {}): PairedRun {
  const suspects = suspectsOf(cells);
  const pairs = new Map(
    suspects.map(({ id, cell, metric }) => [id, samplePairs(id, { effect: effectOf(cell), metric: metric.id, model: cell.model })]),
  );
  const outcome = { pairs, broken: new Map(), looksTaken: 3, processes: 80 * suspects.length, endedBy: 'schedule' } as const;
  const plan = { suspects, lone: [], notComparable: [], ...part };
  const base = { commit: 'b'.repeat(40), origin: 'merge base with origin/main', notes: [] };
  return { base, plan, series: [{ suspects, outcome }], movedFamilies: [], seconds: 60 };
}

describe('judgeRun', () => {
  it('says one word of every cell, and clears most of an unchanged run by its stored runs', () => {
    const head = results({ run: 40 });
    const { cells, screen, gate, confirmation } = judged(head, history(10), none);
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
    expect(cells.map(({ id }) => id).sort()).toEqual([...indexCells(head).states.keys()].sort());
    expect(cells.filter(({ verdict }) => verdict.verdict === 'no change').length / cells.length).toBeGreaterThan(0.7);
    expect(cells.some(({ verdict }) => verdict.verdict === 'regression' || verdict.verdict === 'improvement')).toBe(false);
    expect(screen).toMatchObject({ runs: 10, withoutBaseline: 0, leftOut: 0 });
    expect(screen.cleared + screen.suspects).toBe(cells.length);
    expect(screen.commits[0]).toBe(history(10).at(-1)?.commit);
    expect(gate.conclusion).toBe('success');
    expect(confirmation).toEqual(none);
  });

  it('only suspects without pairs, and fails nothing', () => {
    const head = results({ run: 40, factor: (cell) => (isSpawn(cell) ? 2 : 1) });
    const { cells, gate } = judged(head, history(10), none);
    expect(spawnOf(cells).verdict).toMatchObject({
      verdict: 'inconclusive',
      doubt: { kind: 'not confirmed', suspected: true },
      pairs: null,
      stored: { runs: 10, sameCpu: true },
    });
    expect(gate.conclusion).toBe('success');
  });

  it('flags what pairs confirm, and fails', () => {
    const head = results({ run: 40, factor: (cell) => (isSpawn(cell) ? 1.3 : 1) });
    const cells = screened(head, history(10));
    const run = paired(cells, (cell) => (isSpawn(cell) ? 0.25 : 0));
    const judgement = judged(head, history(10), { kind: 'pairs', run });
    const spawn = spawnOf(judgement.cells);
    expect(spawn.verdict).toMatchObject({ verdict: 'regression', pairs: { pairs: 20 } });
    expect(judgement.cells[0]).toBe(spawn);
    expect(judgement.cells.filter(({ verdict }) => verdict.verdict === 'regression')).toHaveLength(1);
    expect(judgement.gate).toMatchObject({ conclusion: 'failure', reasons: ['1 cell got slower or heavier, confirmed by pairs.'] });
    expect(judgement.confirmation).toMatchObject({ kind: 'pairs', summary: { suspects: run.plan.suspects.length, endedBy: 'schedule' } });
  });

  it('clears a suspect by pairs, whatever the stored runs say', () => {
    const head = results({ run: 40, factor: (cell) => (isSpawn(cell) ? 1.3 : 1) });
    const run = paired(screened(head, history(10)), () => 0);
    const { cells, gate } = judged(head, history(10), { kind: 'pairs', run });
    expect(spawnOf(cells).verdict).toMatchObject({ verdict: 'no change', pairs: { ratio: { bounds: { kind: 'interval' } } } });
    expect(gate.conclusion).toBe('success');
  });

  it('never passes a missing baseline in silence, and calls its cells new', () => {
    const { cells, gate, screen } = judged(results({ run: 40 }), [], none);
    expect(new Set(cells.map(({ verdict }) => verdict.verdict))).toEqual(new Set(['new']));
    expect(gate).toMatchObject({ conclusion: 'success', warnings: ['1 runtime has no stored baseline.'] });
    expect(screen.withoutBaseline).toBe(screen.suspects);
    expect(judged(results({ run: 40 }), [], none, { usesBaseline: false }).gate.warnings).toEqual([]);
    expect(judged(results({ run: 40 }), [], none, { failOn: ['missing-baseline'] }).gate.conclusion).toBe('failure');
  });

  it('warns of a base that was wanted and is not there', () => {
    const { gate } = judged(results({ run: 40 }), history(10), { kind: 'none', pairs: 'asked', reason: 'It is gone. Fetch it.' });
    expect(gate).toMatchObject({ conclusion: 'success', warnings: ['Base was not measured: It is gone. Fetch it.'] });
    expect(judged(results({ run: 40 }), history(10), none).gate.warnings).toEqual([]);
  });

  it.each([1, 2])('has no verdict from %d stored runs', (count) => {
    const { cells } = judged(results({ run: 40, factor: () => 3 }), history(count), none);
    const tested = cells.filter(({ metric }) => metric?.family === 'time');
    expect(new Set(tested.map(({ verdict }) => verdict.verdict))).toEqual(new Set(['inconclusive']));
  });

  it('does not compare a changed workload with its stored self, but pairs do', () => {
    const stored = history(10).map((run) => ({ ...run, workloads: run.workloads.map((each) => ({ ...each, source: 'older' })) }));
    const head = results({ run: 40 });
    expect(spawnOf(judged(head, stored, none).cells).verdict).toMatchObject({
      verdict: 'not comparable',
      reason: expect.stringContaining('differs'),
    });
    const run = paired(screened(head, stored), () => 0);
    expect(spawnOf(judged(head, stored, { kind: 'pairs', run }).cells).verdict.verdict).toBe('no change');
  });

  it('names what only one side has', () => {
    const head = results({ run: 40 });
    const cells = screened(head, []);
    const spawn = cells.find(({ cell }) => isSpawn(cell));
    if (spawn === undefined) throw new Error('no spawn');
    const gone = { ...spawn.cell, workload: 'gone' };
    const lone = [
      { cell: spawn.cell, lacks: 'base', reason: 'base has no workload spawn' },
      { cell: gone, lacks: 'head', reason: 'head has no workload gone' },
    ] as const;
    const run = paired(cells, () => 0);
    const series = run.series.map((each) => ({ ...each, suspects: each.suspects.filter(({ id }) => id !== spawn.id) }));
    const said = verdicts(judged(head, [], { kind: 'pairs', run: { ...run, series, plan: { ...run.plan, lone } } }).cells);
    expect(said.get(spawn.id)).toEqual({ verdict: 'new', reason: 'base has no workload spawn' });
    expect(said.get(cellId(gone))).toEqual({ verdict: 'missing', reason: 'head has no workload gone' });
  });

  it.each([
    ['nothing', 'success', 'nowhere'],
    ['a cell', 'failure', 'memory_per_unit'],
  ])('says on which side a cell broke, and fails for head alone: %s broke there', (_, conclusion, faulty) => {
    const fault = { kind: 'timeout', message: 'no end', output: '' } as const;
    const head = results({ run: 40, breaks: ({ workload }) => (workload === faulty ? fault : null) });
    const run = paired(screened(head, []), () => 0);
    const [first] = run.series;
    const spawn = first?.suspects.find(({ cell }) => isSpawn(cell));
    if (first === undefined || spawn === undefined) throw new Error('no spawn');
    const broken = new Map([[spawn.id, { side: 'base', sample: brokenSample('wrong sum') } as const]]);
    const series = [{ ...first, outcome: { ...first.outcome, broken } }];
    const { cells, gate } = judged(head, [], { kind: 'pairs', run: { ...run, series } });
    expect(spawnOf(cells).verdict).toMatchObject({ verdict: 'broken', side: 'base', message: 'wrong sum' });
    expect(cells.filter(({ cell }) => cell.workload === faulty).every(({ verdict }) => verdict.verdict === 'broken')).toBe(true);
    expect(gate.conclusion).toBe(conclusion);
    expect(gate.warnings).toContain('1 cell is not comparable with the base.');
  });

  it('says why a suspect got no pairs', () => {
    const head = results({ run: 40 });
    const cells = screened(head, []);
    const run = paired(cells, () => 0);
    const [first] = run.series;
    if (first === undefined) throw new Error('no series');
    const unmeasured = (endedBy: 'budget' | 'interrupt') => {
      const series = [{ ...first, outcome: { ...first.outcome, pairs: new Map(), looksTaken: 0, endedBy } }];
      return spawnOf(judged(head, [], { kind: 'pairs', run: { ...run, series } }).cells).verdict;
    };
    expect(unmeasured('budget')).toMatchObject({ verdict: 'inconclusive', doubt: { kind: 'not re-measured', why: 'time budget' } });
    const constant = new Map(first.suspects.map(({ id, metric }) => [id, samplePairs(id, { noise: 0, speed: 0, metric: metric.id })]));
    const series = [{ ...first, outcome: { ...first.outcome, pairs: constant } }];
    expect(spawnOf(judged(head, [], { kind: 'pairs', run: { ...run, series } }).cells).verdict).toMatchObject({
      verdict: 'inconclusive',
      doubt: { kind: 'no estimate', pairs: 40, reason: expect.stringContaining('without any spread') },
    });
    expect(unmeasured('interrupt')).toMatchObject({ verdict: 'inconclusive', doubt: { kind: 'not re-measured', why: 'interrupted' } });
  });
});

describe('screenBaseline', () => {
  it('clears sizes and counts by a plain threshold, and suspects them beyond it', () => {
    const isSize = ({ metric }: ScreenedCell) => metric.id === 'memory_per_unit';
    const cells = screened(results({ run: 40, noise: 0.001 }), history(5, { noise: 0.001 }));
    expect(cells.filter(isSize).map(({ outcome }) => outcome.kind)).not.toEqual([]);
    expect(cells.filter(isSize).every(({ outcome }) => outcome.kind === 'cleared')).toBe(true);
    const heavy = screened(
      results({ run: 40, noise: 0.001, factor: (_, id) => (id === 'memory_per_unit' ? 1.5 : 1) }),
      history(5, { noise: 0.001 }),
    );
    expect(heavy.filter(isSize).map(({ outcome }) => outcome)).toEqual(
      heavy.filter(isSize).map(() => ({ kind: 'suspect', why: 'slower', sentinel: false })),
    );
  });

  it('leaves out the runs before a lasting step', () => {
    const before = history(15);
    const after = Array.from({ length: 15 }, (_, run) => results({ run: run + 16, factor: (cell) => (isSpawn(cell) ? 1.5 : 1) }));
    const cells = screened(results({ run: 40, factor: (cell) => (isSpawn(cell) ? 1.5 : 1) }), [...before, ...after]);
    const spawn = cells.find(({ cell }) => isSpawn(cell));
    expect(spawn?.cutBy).toBe('step');
    expect(spawn?.history.every(({ run }) => after.some(({ runId }) => runId === run))).toBe(true);
    expect(cells.filter(({ cutBy }) => cutBy === 'step').length).toBeLessThan(cells.length / 10);
  });

  it('never judges a time that does not vary, and clears a size that does not', () => {
    const cells = screened(results({ run: 40, noise: 0 }), history(4, { noise: 0 }));
    const kinds = (family: string) => new Set(cells.filter(({ metric }) => metric.family === family).map(({ outcome }) => outcome.kind));
    expect(kinds('time')).toEqual(new Set(['not judged']));
    expect(kinds('memory')).toEqual(new Set(['cleared']));
    const judgement = judged(results({ run: 40, noise: 0 }), history(4, { noise: 0 }), none);
    expect(spawnOf(judgement.cells).verdict).toMatchObject({ verdict: 'not comparable', reason: expect.stringContaining('nothing moved') });
  });

  it('prefers the stored runs of this CPU model', () => {
    const other = history(10).map((run) => ({ ...run, machine: { ...run.machine, cpuModel: 'another' } }));
    const own = Array.from({ length: 4 }, (_, run) => results({ run: run + 20 }));
    const [mixed] = screened(results({ run: 40 }), [...other, ...own]);
    expect(mixed?.stored).toMatchObject({ runs: 4, sameCpu: true });
    const [foreign] = screened(results({ run: 40 }), other);
    expect(foreign?.stored).toMatchObject({ runs: 10, sameCpu: false });
  });
});
