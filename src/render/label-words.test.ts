import { describe, expect, test } from 'vitest';
import { fixtureJudgement } from '../../test/fixtures/judgement/factory.ts';
import { type FixtureCell, flagged } from '../../test/fixtures/judgement/verdicts.ts';
import { fixtureResults, fixtureRuntime } from '../../test/fixtures/results/factory.ts';
import { bundledFigures } from '../../test/fixtures/results/figures.ts';
import { buildReport, type Report } from '../tables/report.ts';
import { renderComment } from './comment.ts';
import { nextStepBlocks } from './next-steps.ts';
import { terminalOf } from './terminal.ts';

const spawn = bundledFigures['spawn'] ?? { title: '', gate: '', figures: {} };
const results = fixtureResults({ run: 9, workloads: { spawn }, runtimes: [fixtureRuntime('3.13.0')] });
const slower = (known: FixtureCell) => (['threads', 'asyncio'].includes(known.cell.model) ? flagged(known, { ratio: 1.2 }) : null);

function report(more: { readonly remarks?: readonly string[]; readonly accepted?: readonly string[] }): Report {
  const judgement = fixtureJudgement({ results, verdict: slower, confirmation: {} });
  const { accepted, remarks = [] } = more;
  const acceptance = accepted === undefined ? null : { label: 'slow-ok', by: 'maintainer', at: '2026-11-26T12:00:00Z', cells: accepted };
  return buildReport({
    results,
    baselineRuns: [],
    storesBaseline: false,
    judgement: { ...judgement, acceptance },
    overrideLabel: 'slow-ok',
    remarks,
  });
}

const regressed = report({}).verdicts.changed.map(({ cell }) => `${cell.workload}/${cell.model}/${cell.runtime}`);
const steps = (of: Report) => terminalOf(nextStepBlocks(of), { width: 1000 }).replaceAll(/\s+/g, ' ');

describe('the way to accept a slowdown by the label', () => {
  test.each([
    ['nothing is accepted yet', undefined, 'by the label slow-ok on the pull request: put it on and run the failed job again.'],
    [
      'another cell is accepted',
      regressed.slice(0, 1),
      'by the label slow-ok on the pull request: take the label off and put it on again to accept these too, and run the failed job again.',
    ],
    ['all are accepted', regressed, 'by a rule under thresholds.'],
  ])('is told where %s', (_, accepted, words) => {
    expect(regressed).toHaveLength(2);
    expect(steps(report(accepted === undefined ? {} : { accepted }))).toContain(words);
  });
});

test('what became of a label is a note of the report, as text', () => {
  const links = { run: 'https://github.com/octo/chat/actions/runs/7' };
  const options = { name: 'one', head: { commit: 'c'.repeat(40), runId: 7, attempt: 1 }, links };
  const remark = 'The label "slow-ok" on #7 is older than the first report, and was taken off <!-- by @octocat -->.';
  const comment = renderComment(report({ remarks: [remark] }), options);
  expect(comment).toMatch(/<sup>\d+<\/sup>[\s\S]*The label "slow-ok" on #\u200b7 is older than the first report, and was taken off/);
  expect(comment).not.toMatch(/@octocat|<!-- by/);
  expect(renderComment(report({}), options)).not.toContain('taken off');
});
