import { describe, expect, test } from 'vitest';
import { fixtureJudgement, type JudgementRecipe } from '../../test/fixtures/judgement/factory.ts';
import { flagged, tooNoisy, unpaired } from '../../test/fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntime, type ResultsRecipe } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { buildReport, type Report } from '../tables/report.ts';
import { type CommentPolicy, commentWanted } from './comment-policy.ts';

const spawn = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };
const runtime = fixtureRuntime('3.13.0');

function report(recipe: Partial<JudgementRecipe> = {}, run: Partial<ResultsRecipe> = {}): Report {
  const results = fixtureResults({ run: 9, workloads: { spawn }, runtimes: [runtime], ...run });
  const judgement = fixtureJudgement({ results, ...recipe });
  return buildReport({ results, baselineRuns: [], storesBaseline: false, judgement });
}

const quiet = report();
const slower = (failOn: JudgementRecipe['failOn'] = ['regression']) =>
  report({ verdict: (known) => flagged(known, { ratio: 1.2 }), confirmation: {}, failOn });

const reports: readonly (readonly [string, Report, boolean, boolean])[] = [
  // Report, whether `changes` and whether `regressions` asks for a comment.
  ['nothing changed', quiet, false, false],
  ['a regression that fails the gate', slower(), true, true],
  ['a regression that the gate lets through', slower([]), true, true],
  ['an improvement', report({ verdict: (known) => flagged(known, { ratio: 0.8 }), confirmation: {} }), true, false],
  ['a cell that is too noisy', report({ verdict: (known) => tooNoisy(known), confirmation: {} }), false, false],
  ['a suspect', report({ verdict: (known) => unpaired(known, { kind: 'not confirmed', suspected: true }, 1.3) }), true, false],
  ['a new cell', report({ verdict: () => ({ verdict: 'new', reason: 'r' }) }), true, false],
  ['a cell that cannot be compared', report({ verdict: () => ({ verdict: 'not comparable', reason: 'r' }) }), true, false],
  [
    'a missing cell',
    report({ missing: [{ cell: { workload: 'spawn', model: 'processes', runtime: runtime.id, params: '' }, reason: 'r' }] }),
    true,
    false,
  ],
  ['a broken cell', report({}, { breaks: () => ({ kind: 'crash', message: 'm', output: '' }) }), true, true],
  [
    'a broken cell that the gate lets through',
    report({ failOn: [] }, { breaks: () => ({ kind: 'crash', message: 'm', output: '' }) }),
    true,
    false,
  ],
  ['a missing baseline', report({ withoutBaseline: 1 }), true, false],
  ['an interrupted run', report({}, { also: { partial: true } }), true, true],
];

describe('a comment is wanted', () => {
  test.each(reports)('by “changes” and “regressions” as they say, for %s', (_, each, changes, regressions) => {
    const wanted = (policy: CommentPolicy) => commentWanted(policy, each, { exists: false });
    expect([wanted('changes'), wanted('regressions')]).toEqual([changes, regressions]);
  });

  test('always by “always”, and never by “off”', () => {
    for (const exists of [true, false]) {
      expect(commentWanted('always', quiet, { exists })).toBe(true);
      expect(commentWanted('off', slower(), { exists })).toBe(false);
    }
  });

  test('where there is one already: a regression that was mended must not stay', () => {
    expect(commentWanted('changes', quiet, { exists: true })).toBe(true);
    expect(commentWanted('regressions', quiet, { exists: true })).toBe(true);
  });
});
