import { describe, expect, it } from 'vitest';
import { fixtureJudgement } from '../../test/fixtures/judgement/factory.ts';
import { pairedNoChange } from '../../test/fixtures/judgement/verdicts.ts';
import { small } from '../../test/golden/small-run.ts';
import { buildReport } from '../tables/report.ts';
import { outputsOf } from './outputs.ts';
import { reportJson } from './report-json.ts';

const smallestEffect = 0.0612345678901;
const results = small({ run: 91 });
const paths = { results: null, report: '/report.md', page: '/report.html' };

const reportOf = (inPairs: boolean) =>
  buildReport({
    ...{ results, baselineRuns: [], storesBaseline: false },
    judgement: fixtureJudgement({ results, verdict: (known) => (inPairs ? pairedNoChange(known, { smallestEffect }) : null) }),
  });

describe('the smallest effect', () => {
  it('has all its digits in the JSON, and three in the output of the action', () => {
    const report = reportOf(true);
    expect(reportJson(report, paths).minimumDetectableEffect).toBe(smallestEffect);
    expect(outputsOf(report)['minimum-detectable-effect']).toBe(0.0612);
  });

  it('is nothing in both without pairs', () => {
    const report = reportOf(false);
    expect(reportJson(report, paths).minimumDetectableEffect).toBeNull();
    expect(outputsOf(report)['minimum-detectable-effect']).toBe('');
  });
});
