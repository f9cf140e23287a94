import { describe, expect, test } from 'vitest';
import { fixtureJudgement, type JudgementRecipe } from '../../test/fixtures/judgement/factory.ts';
import { type FixtureCell, flagged, pairedNoChange, tooNoisy, unpaired } from '../../test/fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import type { CellVerdict } from '../judge/cell-verdict.ts';
import { notReached } from '../plan/ending.ts';
import { buildReport, type ReportInput } from '../tables/report.ts';
import { headlineBlocks } from './headline.ts';
import { noteBook } from './notes.ts';
import { terminalOf } from './terminal.ts';

const spawn = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };
const run = (recipe: Partial<ResultsRecipe> = {}) =>
  fixtureResults({ run: 9, workloads: { spawn }, runtimes: [fixtureRuntime('3.13.0')], ...recipe });
const stored = [1, 2, 3].map((each) => run({ run: each }));

interface Recipe extends Partial<Omit<JudgementRecipe, 'results'>> {
  readonly results?: ReportInput['results'];
  readonly baselineRuns?: ReportInput['baselineRuns'];
  readonly storesBaseline?: boolean;
}

/** The headline on one line. */
function headline({ results = run(), baselineRuns = stored, storesBaseline = false, ...recipe }: Recipe = {}): string {
  const judgement = fixtureJudgement({ results, ...recipe });
  const report = buildReport({ results, baselineRuns, storesBaseline, judgement });
  return terminalOf(headlineBlocks(report, noteBook()), { width: 1000 }).replaceAll(/\s+/g, ' ');
}

/** A verdict for one model, the others as stored runs have it. */
const only = (model: string, verdict: (known: FixtureCell) => CellVerdict) => (known: FixtureCell) =>
  known.cell.model === model ? verdict(known) : null;

describe('the conclusion', () => {
  test('is one sentence with all counts, and whether to merge', () => {
    expect(headline()).toContain(
      'No regression among 5 cells; 5 unchanged (a slowdown of 10 % or more is excluded). The gate passes: nothing here speaks against merging.',
    );
    const slow = headline({ verdict: only('threads', (known) => flagged(known, { ratio: 1.2 })), confirmation: {} });
    expect(slow).toContain('1 regression among 5 cells; 4 unchanged');
    expect(slow).toContain('The gate fails, so do not merge this yet: 1 cell got slower or heavier, confirmed by pairs.');
  });

  test('counts broken cells among all, and refused workloads', () => {
    const breaks = ({ model }: { readonly model: string }) =>
      model === 'threads' ? ({ kind: 'crash', message: '', output: '' } as const) : null;
    const refused = [{ id: 'mine', phase: 'import', reason: 'No module x.', runtime: fixtureRuntime('3.13.0').id }];
    expect(headline({ results: run({ breaks, also: { refused } }) })).toContain(
      'No confirmed regression, 1 of 5 cells broken, 1 workload refused; 4 unchanged',
    );
  });

  test('never says that there is no regression where a cell is open, or where nothing could be judged', () => {
    expect(headline({ verdict: only('threads', (known) => tooNoisy(known)), confirmation: {} })).toContain(
      'No confirmed regression among 5 cells; 4 unchanged (a slowdown of 10 % or more is excluded), 1 inconclusive. The gate passes: nothing was confirmed to be slower. What is inconclusive was neither cleared nor convicted, so a slowdown there would be merged unseen.',
    );
    expect(headline({ verdict: (known) => unpaired(known, { kind: 'not confirmed', suspected: true }, 1.2) })).toContain(
      'None of 5 cells could be judged; 5 inconclusive (5 suspected, not confirmed). The gate passes because there is nothing to fail on; this says nothing about the change.',
    );
  });

  test('tells a pass of the gate from a gate that was told not to fail', () => {
    const slow = { verdict: only('threads', (known) => flagged(known, { ratio: 1.2 })), confirmation: {} };
    expect(headline({ ...slow, failOn: [] })).toContain('The gate passes all the same: fail-on leaves this out.');
    expect(headline({ ...slow, failOn: [], warnOn: ['regression'] })).toContain(
      'It warns: 1 cell got slower or heavier, confirmed by pairs.',
    );
    expect(headline({ results: run({ also: { partial: true } }) })).toContain(
      'Interrupted: this is what was measured until then. No regression among 5 cells; 5 unchanged (a slowdown of 10 % or more is excluded). The run is not complete, so this is no pass.',
    );
  });

  test('counts what an interrupted run did not reach', () => {
    const whole = run();
    const samples = whole.samples.filter(({ cell }) => cell.model !== 'threads');
    const cells = whole.samples.flatMap(({ cell, round }) => (round === 0 ? [cell] : []));
    const cut = { ...whole, samples, leftOut: [...whole.leftOut, ...notReached(cells, samples)], partial: true };
    expect(headline({ results: cut })).toContain(
      'Interrupted: this is what was measured until then. 1 of 5 cells was not measured. No regression among 4 cells; 4 unchanged',
    );
  });

  test('does not pass as a whole what is one in part only', () => {
    const missing = [{ cell: { workload: 'spawn', model: 'processes', runtime: '', params: '' }, reason: 'it is gone' }] as const;
    const unavailable = [{ requested: '3.14t', reason: 'There is none.' }];
    const parts = [{ missing }, { missingShards: ['Python 3.9 (1 of 2)'] }, { results: run({ also: { unavailable } }) }];
    for (const part of parts)
      expect(headline(part)).toContain('nothing that was measured speaks against merging. Not everything was measured: see below.');
  });

  test('names the targets of the cells where they differ', () => {
    const threshold = ({ model }: { readonly model: string }) => ({ target: model === 'threads' ? 0.25 : 0.1, margin: 0.05 });
    expect(headline({ threshold })).toContain('5 unchanged (a slowdown of the cell’s target, 10 % to 25 %, is excluded)');
  });

  test('calls every flag of a null run a false alarm', () => {
    const nullRun = { nullRun: true, failOn: [], confirmation: { base: { commit: null, origin: 'the same tree', notes: [] } } } as const;
    expect(headline({ ...nullRun, verdict: pairedNoChange })).toContain(
      'Null run: base and head are the same; every flag here is a false alarm. No false alarm among 5 cells; 5 unchanged (a slowdown of 10 % or more is excluded). The gate passes.',
    );
    const flags = (known: FixtureCell) => flagged(known, { ratio: known.cell.model === 'threads' ? 0.8 : 1.2 });
    expect(headline({ ...nullRun, verdict: flags })).toContain('5 false alarms among 5 cells; 1 improvement.');
  });
});

describe('below the conclusion', () => {
  test('stands how the verdicts came about', () => {
    expect(headline()).toContain('Stored runs cleared 5; no pairs were needed.');
    expect(headline({ verdict: only('threads', pairedNoChange), confirmation: {} })).toContain(
      'Stored runs cleared 4; 1 was measured in pairs with ba5eba5eba5e, first parent of the merge commit.',
    );
    const base = { commit: null, origin: 'this tree with the baseline’s packages', notes: ['A submodule was left out.'] };
    expect(headline({ verdict: pairedNoChange, confirmation: { base } })).toContain(
      '5 were measured in pairs with this tree with the baseline’s packages. [1]',
    );
    expect(headline({ confirmation: { kind: 'none', pairs: 'unasked', reason: 'r' } })).toContain(
      'Stored runs cleared 5. No pairs were measured, so a slowdown that all cells share would not be seen.',
    );
  });

  test('a missing baseline is loud, and says what becomes of this run', () => {
    const bare = { baselineRuns: [], verdict: (known: FixtureCell) => unpaired(known, { kind: 'not confirmed', suspected: false }) };
    expect(headline(bare)).toContain(
      'No baseline for Python 3.13.0: there is no stored run to compare with, so nothing could be cleared. This run is not stored: only complete runs of the default branch are.',
    );
    expect(headline({ ...bare, storesBaseline: true })).toContain('This run is stored; with three stored runs, cells can be cleared.');
    expect(headline({ ...bare, verdict: pairedNoChange, confirmation: {} })).toContain('so nothing could be cleared without pairs.');
    expect(headline({ ...bare, nullRun: true })).not.toContain('No baseline');
    expect(headline({ screen: { withoutBaseline: 2 } })).toContain('Too few stored runs for 2 cells: 3 are needed');
    expect(headline()).not.toMatch(/No baseline|Too few stored runs/);
  });
});
