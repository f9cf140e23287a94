import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CellVerdict } from '../../src/judge/cell-verdict.ts';
import { figuredRun } from '../../src/judge/figured-run.ts';
import type { Run } from '../../src/model/run.ts';
import type { HtmlReport, PageParts } from '../../src/render/html/html-report.ts';
import { renderReportHtml } from '../../src/render/html/report.ts';
import { utf8Bytes } from '../../src/render/plain-text.ts';
import { buildReport } from '../../src/tables/report.ts';
import { startBrowser } from '../browser.ts';
import { historyRun } from '../fixtures/baseline-history.ts';
import { fixtureJudgement } from '../fixtures/judgement/factory.ts';
import { type FixtureCell, flagged } from '../fixtures/judgement/verdicts.ts';
import { openReport } from './browser-page.ts';
import { htmlReportOf } from './html-report.fixture.ts';
import { pageParts } from './page-parts.ts';

/** What the page of an ordinary run may be, and what that of any run may be, in bytes. */
const [ordinary, most] = [3e6, 4e6];

let parts: PageParts;
let browser: Browser;
beforeAll(async () => {
  parts = await pageParts();
  browser = await startBrowser();
});
afterAll(() => browser.close());

const results = figuredRun(historyRun({ cells: 10_000, run: 1, processes: 3, values: 1 }));

/** A run of ten thousand cells of which each gets that verdict. */
function hugeReport(verdict: (cell: FixtureCell, index: number) => CellVerdict | null, baselineRuns: readonly Run[] = []): HtmlReport {
  let index = 0;
  const judgement = fixtureJudgement({ results, verdict: (cell) => verdict(cell, index++), confirmation: {} });
  return { report: buildReport({ results, baselineRuns, storesBaseline: false, judgement }), parts: [{ results, baselineRuns }] };
}

test('three hundred cells with thirty stored runs and eighty suspects fit with all that their verdicts rest on', () => {
  const run = (number: number) => historyRun({ cells: 300, run: number, values: 1 });
  const baselineRuns = Array.from({ length: 30 }, (_, number) => run(number));
  const input = htmlReportOf({ results: run(31), baselineRuns, isPaired: ({ workload }) => /_\d$/.test(workload) });
  const html = renderReportHtml(input, parts);
  const pairs = input.parts[0]?.results.comparison?.pairs;
  expect(pairs?.kind === 'pairs' && pairs.run.plan.suspects.length).toBe(80);
  expect(utf8Bytes(html)).toBeLessThan(ordinary);
  expect(html).not.toContain('class="notice"');
});

describe('ten thousand cells', () => {
  test('are listed with a notice, the urgent ones with what they rest on', async () => {
    const input = hugeReport((known, index) => (index % 200 === 0 ? flagged(known, { ratio: 1.3 }) : null));
    const html = renderReportHtml(input, parts);
    expect(utf8Bytes(html)).toBeLessThan(most);
    const { page, faults } = await openReport(browser, html);
    expect(await page.locator('.notice').textContent()).toMatch(
      /^This run is too large for one page: \d+ cells of 10000 are shown without samples, pairs and history\./,
    );
    expect(await page.locator('#explorer [role=status]').textContent()).toMatch(/^\d+ of \d+ cells$/);
    expect(await page.locator('table.cells tbody tr:not(.detail)').count()).toBe(100);
    await page.locator('table.cells button').first().click();
    await page.locator('.evidence svg').first().waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    expect(await page.locator('.pager').textContent()).toContain('Page 2 of');
    expect(faults).toEqual([]);
    await page.close();
  });

  test('with thirty stored runs stay within the limit, and what needs a look has its trend', async () => {
    const stored = (run: number): Run => ({
      ...results,
      runId: `stored ${run}`,
      created: new Date(Date.UTC(2025, 0, 1 + run)).toISOString(),
    });
    const baselineRuns = Array.from({ length: 30 }, (_, run) => stored(run));
    const input = hugeReport((known, index) => (index % 200 === 0 ? flagged(known, { ratio: 1.3 }) : null), baselineRuns);
    const html = renderReportHtml(input, parts);
    expect(utf8Bytes(html)).toBeLessThan(most);
    const { page, faults } = await openReport(browser, html, { hash: '#verdict=regression' });
    expect(await page.locator('#explorer [role=status]').textContent()).toMatch(/^50 of /);
    await page.locator('table.cells button').last().click();
    const trend = page.locator('.evidence figure', { hasText: 'over 30 stored runs' });
    await trend.locator('svg .dot').first().waitFor();
    expect(await trend.locator('svg .dot.base').count()).toBe(30);
    expect(faults).toEqual([]);
    await page.close();
  });

  test.each<[string, (cell: FixtureCell) => CellVerdict]>([
    ['slower', (known) => flagged(known, { ratio: 1.3 })],
    ['broken, each with all the output that is kept,', () => brokenVerdict],
    [
      'not comparable, each for a long reason of its own,',
      ({ cell }) => ({ verdict: 'not comparable', reason: `${cell.workload} ${'<'.repeat(300)}` }),
    ],
  ])('that are all %s stay within the limit, and it is said that some are left out', (_, verdict) => {
    const html = renderReportHtml(hugeReport(verdict), parts);
    expect(utf8Bytes(html)).toBeLessThan(most);
    expect(html).toContain('class="notice"');
    expect(html).toMatch(/\d+ (more \w+ are|more \w+, which are) left out to keep this page small/);
  });
});

const brokenVerdict: CellVerdict = { verdict: 'broken', side: 'head', kind: 'error', message: '<'.repeat(400), output: '<'.repeat(2000) };
