import { describe, test } from 'vitest';
import { renderComparisonMarkdown, renderComparisonTerminal } from '../../src/render/comparison.ts';
import { renderReportMarkdown, renderReportTerminal } from '../../src/render/report.ts';
import { compareResults } from '../../src/tables/comparison.ts';
import { buildReport } from '../../src/tables/report.ts';
import { fixtureResults, fixtureRuntime } from '../fixtures/results/factory.ts';
import { expectGolden } from './golden-file.ts';
import { scenarios } from './scenarios.ts';

describe('golden reports', () => {
  test.each(scenarios)('$name', ({ name, ...input }) => {
    const report = buildReport(input);
    expectGolden(`${name}.md`, renderReportMarkdown(report, {}));
    expectGolden(`${name}.txt`, renderReportTerminal(report, { width: 100 }));
  });
});

describe('golden comparison', () => {
  test('two results on another Python', () => {
    const base = fixtureResults({ run: 20, runtimes: [fixtureRuntime('3.12.1')] });
    const head = fixtureResults({
      run: 21,
      runtimes: [fixtureRuntime('3.13.0')],
      factor: ({ workload }) => (workload === 'spawn' ? 0.7 : 1),
    });
    const comparison = compareResults(base, head);
    expectGolden('comparison.md', renderComparisonMarkdown(comparison, {}));
    expectGolden('comparison.txt', renderComparisonTerminal(comparison, { width: 100 }));
  });
});
