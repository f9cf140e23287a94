import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CellVerdict } from '../../src/judge/cell-verdict.ts';
import { defaultThreshold } from '../../src/judge/threshold.ts';
import type { Results } from '../../src/model/results.ts';
import type { PageParts } from '../../src/render/html/html-report.ts';
import { pageFormat } from '../../src/render/html/page-data.ts';
import { renderReportHtml } from '../../src/render/html/report.ts';
import { buildReport } from '../../src/tables/report.ts';
import { startBrowser } from '../browser.ts';
import { fixtureJudgement } from '../fixtures/judgement/factory.ts';
import { type FixtureCell, flagged } from '../fixtures/judgement/verdicts.ts';
import { fixtureMachine, fixtureResults, fixtureRuntime } from '../fixtures/results/factory.ts';
import { bundledFigures } from '../fixtures/results/figures.ts';
import { openReport } from './browser-page.ts';
import { pageParts } from './page-parts.ts';

let browser: Browser;
let parts: PageParts;
beforeAll(async () => {
  parts = await pageParts();
  browser = await startBrowser();
});
afterAll(() => browser.close());

const { spawn } = bundledFigures;
const runOf = (run: number, also: Partial<Results> = {}) =>
  fixtureResults({ run, runtimes: [fixtureRuntime('3.13.0')], workloads: spawn === undefined ? {} : { spawn }, also });

/** The page of a run of one workload whose cells are all slower, by 3 % unless told. */
function pageOf(
  baselineRuns: readonly Results[] = [],
  verdict: (cell: FixtureCell) => CellVerdict = (cell) => flagged(cell, { ratio: 1.03 }),
) {
  const results = runOf(9);
  const threshold = () => ({ ...defaultThreshold, margin: 0 });
  const judgement = fixtureJudgement({ results, verdict, threshold, confirmation: {} });
  const report = buildReport({ results, baselineRuns, storesBaseline: false, judgement });
  return renderReportHtml({ report, parts: [{ results, baselineRuns }] }, parts);
}

test('an interval reads as in the comment, and a margin as the share it is', async () => {
  const change = { kind: 'interval', low: 1.0002, high: 1.06 } as const;
  const html = pageOf([], (cell) => {
    const verdict = flagged(cell, { ratio: 1.03 });
    if (verdict.verdict !== 'regression') return verdict;
    return { ...verdict, pairs: { ...verdict.pairs, ratio: { ...verdict.pairs.ratio, bounds: change } } };
  });
  const { page } = await openReport(browser, html);
  const interval = '+0.02 % to +6.0 %';
  expect(await page.locator('#changes td').allTextContents()).toContainEqual(expect.stringContaining(interval));
  await page.locator('table.cells button').first().click();
  expect(await page.locator('table.cells .range').first().textContent()).toBe(` ${interval}`);
  expect(await page.locator('.evidence p').first().textContent()).toContain(`(${interval})`);
  const figure = page.locator('.evidence figure', { hasText: 'Change of' });
  const words = await figure.locator('svg desc').textContent();
  expect(words).toContain(`95 % interval ${interval}, from`);
  expect(words).toContain('the margin of ±0 %.');
  await figure.locator('summary').click();
  await expect.poll(() => figure.locator('tbody').textContent()).toContain(`interval${interval}margin±0 %`);
  await page.close();
});

test('a trend joins the runs on the CPU model of this one, and no others', async () => {
  const machine = { ...fixtureMachine, cpuModel: 'Intel Xeon 8370C' };
  const { page } = await openReport(browser, pageOf([runOf(1), runOf(2, { machine }), runOf(3), runOf(4, { machine })]));
  await page.locator('table.cells button').first().click();
  const trend = page.locator('.evidence figure', { hasText: 'over 4 stored runs' });
  await trend.locator('svg .dot').first().waitFor();
  const placesOf = async (dots: string) =>
    (await trend.locator(dots).evaluateAll((all) => all.map((dot) => dot.getAttribute('cx')))).map(Number);
  const path = (await trend.locator('path.line').getAttribute('d')) ?? '';
  const joined = [...path.matchAll(/[ML]([\d.]+)/g)].map(([, x]) => Number(x));
  expect(joined.map(Math.round)).toEqual((await placesOf('.dot.base')).map(Math.round));
  expect(joined).toHaveLength(2);
  expect(await placesOf('.dot.other')).toHaveLength(2);
  expect(await trend.locator('figcaption').textContent()).toContain('Hollow, and not joined: another CPU model.');
  await page.close();
});

test('a script of another version than the data draws nothing and says so', async () => {
  const { page, faults } = await openReport(browser, pageOf().replace(`"format":"${pageFormat}"`, '"format":"another"'));
  expect(await page.locator('#explorer').textContent()).toContain('the script of this page is of another version than its data');
  expect(await page.locator('table.cells').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Dark theme' }).isVisible()).toBe(true);
  expect(faults).toEqual([]);
  await page.close();
});
