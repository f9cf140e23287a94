import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderComparisonMarkdown, renderComparisonTerminal } from '../../src/render/comparison.ts';
import { renderReportMarkdown, renderReportTerminal } from '../../src/render/report.ts';
import { compareResults } from '../../src/tables/comparison.ts';
import { buildReport } from '../../src/tables/report.ts';
import { fixtureResults, fixtureRuntime } from '../fixtures/results/factory.ts';
import { scenarios } from './scenarios.ts';

/** UPDATE_GOLDEN=1 writes the golden files anew; look at the difference before it is committed. */
const update = process.env['UPDATE_GOLDEN'] === '1';

/** Compares with the golden file; a mismatch leaves the actual text beside it as `*.got`. */
function expectGolden(name: string, actual: string): void {
  const path = join(import.meta.dirname, name);
  if (update) writeFileSync(path, actual);
  const expected = existsSync(path) ? readFileSync(path, 'utf8') : null;
  if (actual === expected) rmSync(`${path}.got`, { force: true });
  else writeFileSync(`${path}.got`, actual);
  expect(actual, `differs from ${name}; the actual text is in ${name}.got`).toBe(expected);
}

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
