import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HtmlReport } from '../../src/render/html/html-report.ts';
import { renderReportHtml } from '../../src/render/html/report.ts';
import { startBrowser } from '../browser.ts';
import { openReport } from './browser-page.ts';
import { pullRequestReport } from './html-report.fixture.ts';
import { pageParts } from './page-parts.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let input: HtmlReport;
let html: string;
beforeAll(async () => {
  input = pullRequestReport();
  html = renderReportHtml(input, await pageParts());
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** Rows like the ones before them: looking at each of them takes longer than all else. */
const repeated = 'tbody tr:nth-child(n+4):not(.open, .detail)';

/** Faults that keep people from using the page, with where they are. */
async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const results: AxeResults = await page.evaluate(`axe.run({ exclude: [['${repeated}']] })`);
  const serious = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

const scrollsSideways = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

/** Opens the evidence of the first change, and every fold. */
async function openEverything(page: Page): Promise<void> {
  await page.locator('#changes a[href^="#cell="]').first().click();
  await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
  for (const id of ['models', 'scaling']) await page.locator(`#${id}`).scrollIntoViewIfNeeded();
  await page.locator('#curves figure svg text').first().waitFor();
}

test.each([
  ['light', 1280],
  ['dark', 375],
  ['dark', 1280],
  ['light', 375],
] as const)('%s, %i pixels wide, with everything open: no fault, no request, no scrolling sideways', async (colorScheme, width) => {
  const { page, faults } = await openReport(browser, html, { colorScheme, width });
  await openEverything(page);
  expect(await page.evaluate(scrollsSideways)).toBe(false);
  expect(faults).toEqual([]);
  await page.close();
});

describe('axe', () => {
  test.each([
    ['light', 1280],
    ['dark', 375],
  ] as const)('finds nothing serious on the %s page, %i pixels wide, with everything open', async (colorScheme, width) => {
    const { page } = await openReport(browser, html, { colorScheme, width });
    await openEverything(page);
    expect(await seriousFaults(page)).toEqual([]);
    await page.close();
  });

  test('finds a fault where there is one', async () => {
    const page = await browser.newPage();
    await page.setContent('<html><title>x</title><main><img src="data:,"></main></html>');
    expect(await seriousFaults(page)).toEqual(['html-has-lang: html', 'image-alt: img']);
    await page.close();
  });
});

test('what is loaded or run besides the page itself is refused, and seen', async () => {
  const sneaked = html.replace('</main>', '<img src="https://example.invalid/x.png" onerror="alert(1)"><script>alert(2)</script></main>');
  const { page, faults } = await openReport(browser, sneaked);
  expect(faults.filter((fault) => fault.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2);
  expect(faults.filter((fault) => fault.startsWith('dialog'))).toEqual([]);
  await page.close();
});

test('verdicts come first: the answer, what to do, the changes', async () => {
  const { page } = await openReport(browser, html);
  const titles = await page.locator('main h2').allTextContents();
  expect(titles.slice(0, 4)).toEqual(['What to do next', 'Changes', 'Inconclusive', 'Broken']);
  await expect(page.locator('.answer .lead').textContent()).resolves.toContain('do not merge this yet');
  await page.close();
});

describe('filters', () => {
  test('work by keyboard, are counted aloud and stand in the address', async () => {
    const { page } = await openReport(browser, html);
    const status = page.locator('#explorer [role=status]');
    expect(await status.textContent()).toBe(`${input.report.counts.cells} of ${input.report.counts.cells} cells`);
    await page.getByRole('combobox', { name: 'Verdict' }).focus();
    await page.keyboard.press('r');
    await expect.poll(() => status.textContent()).toBe(`4 of ${input.report.counts.cells} cells`);
    await page.keyboard.press('Tab');
    await page.keyboard.type('web_scraping');
    await expect.poll(() => status.textContent()).toBe(`2 of ${input.report.counts.cells} cells`);
    expect(new URL(page.url()).hash).toBe('#workload=web_scraping&verdict=regression');
    await page.getByRole('button', { name: 'Clear filters' }).press('Enter');
    await expect.poll(() => status.textContent()).toContain(`${input.report.counts.cells} of`);
    await page.close();
  });

  test('can be linked to, and what no cell fits is said', async () => {
    const { page } = await openReport(browser, html, { hash: '#verdict=improvement&model=uvloop' });
    expect(await page.locator('#explorer').textContent()).toContain('No cell fits these filters.');
    await page.evaluate("location.hash = '#verdict=improvement'");
    await expect
      .poll(() => page.locator('table.cells tr:not(.detail) .badge').allTextContents())
      .toEqual(['▼ improvement', '▼ improvement']);
    await page.close();
  });

  test('obey a count that is clicked a second time', async () => {
    const { page } = await openReport(browser, html);
    const count = page.locator('.counts a').first();
    const top = () => page.locator('#cells').evaluate((section) => Math.round(section.getBoundingClientRect().top));
    await count.click();
    await expect.poll(top).toBeLessThan(200);
    await page.evaluate('scrollTo(0, 0)');
    expect(await top()).toBeGreaterThan(200);
    await count.click();
    await expect.poll(top).toBeLessThan(200);
    await page.close();
  });
});

/** Where "rgb(180, 35, 24)" lies on the circle of colours, degrees. */
function hueOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map(Number);
  return (Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue) * 180) / Math.PI;
}

test('counts that ask for a look have colours that are told apart', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await openReport(browser, html, { colorScheme });
    const colours: readonly string[] = await page.evaluate(
      "[...document.querySelectorAll('.count:not(.none, .no-change) b')].map((count) => getComputedStyle(count).color)",
    );
    const hues = colours.map(hueOf);
    const pairs = hues.flatMap((one, at) => hues.slice(at + 1).map((other) => Math.abs(((one - other + 540) % 360) - 180)));
    expect(hues).toHaveLength(4);
    expect(Math.min(...pairs)).toBeGreaterThan(40);
    await page.close();
  }
});

describe('a cell', () => {
  test('opens by keyboard and shows samples, pairs, interval and trend, each with a name and a table', async () => {
    const { page } = await openReport(browser, html);
    const button = page.locator('table.cells button').first();
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    const charts = page.locator('.evidence').first().getByRole('img');
    expect(await charts.count()).toBe(4);
    const names = await page.locator('.evidence').first().locator('figcaption b').allTextContents();
    expect(names).toEqual(['Interval', 'Samples', 'Pairs', 'Trend']);
    for (const name of names) await expect(page.getByRole('img', { name, exact: true }).count()).resolves.toBe(1);
    const pairs = page.locator('figure', { hasText: 'in order of measurement' });
    await pairs.locator('summary').click();
    expect(await pairs.locator('tbody tr').count()).toBe(await pairs.locator('svg .dot').count());
    await button.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await page.close();
  });

  test('can be linked to: the change table does', async () => {
    const { page } = await openReport(browser, html);
    const [first] = input.report.verdicts.changed;
    await page.locator('#changes a[href^="#cell="]').first().click();
    await expect.poll(() => page.locator('tr.open').count()).toBe(1);
    expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('cell')).toBe(first?.id);
    await expect.poll(() => page.evaluate('document.activeElement.className')).toBe('cell');
    await page.close();
  });

  test('shows where its level changed for good', async () => {
    const shift = input.report.shifts.rows.find(({ cell }) => cell.workload === 'chat_server' && cell.model === 'asyncio');
    if (shift === undefined) throw new Error('the fixture has no shift');
    const id = input.report.verdicts.rows.find(
      ({ cell }) => cell.workload === 'chat_server' && cell.runtime === shift.cell.runtime && cell.model === 'asyncio',
    )?.id;
    const { page } = await openReport(browser, html, { hash: `#cell=${encodeURIComponent(id ?? '')}` });
    const trend = page.locator('figure', { hasText: 'Trend' });
    expect(await trend.locator('line.shift').count()).toBe(1);
    await trend.locator('summary').click();
    expect(await trend.locator('tr', { hasText: 'new from here' }).locator('th').textContent()).toBe(shift.to.commit?.slice(0, 7));
    await page.close();
  });

  test('that is broken shows what it said and printed', async () => {
    const { page } = await openReport(browser, html, { hash: '#verdict=broken' });
    await page.locator('table.cells button').first().click();
    expect(await page.locator('.evidence pre').first().textContent()).toContain('AssertionError: 63 of 64 answers arrived');
    await page.close();
  });
});

test('curves have a ring for each crossover that is told', async () => {
  const { page } = await openReport(browser, html);
  await page.locator('#scaling').scrollIntoViewIfNeeded();
  await page.locator('#curves figure svg text').first().waitFor();
  const [sizes] = input.report.scaling.axes.filter((axis) => axis.kind === 'sizes');
  expect(sizes?.crossovers[0]?.length).toBeGreaterThan(0);
  expect(await page.locator('#curves figure').first().locator('.crossover').count()).toBe(sizes?.crossovers[0]?.length);
  await page.close();
});

test('the theme can be chosen, and stays chosen', async () => {
  const { page } = await openReport(browser, html, { colorScheme: 'light' });
  const background = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
  expect(await background()).toBe('rgb(255, 255, 255)');
  await page.getByRole('button', { name: 'Dark theme' }).click();
  expect(await background()).toBe('rgb(13, 17, 23)');
  await page.reload({ waitUntil: 'load' });
  expect(await background()).toBe('rgb(13, 17, 23)');
  expect(await page.locator('#theme').textContent()).toBe('Light theme');
  await page.close();
});

test('without a script the verdicts and tables still read, and it is said what is missing', async () => {
  const { page, faults } = await openReport(browser, html, { script: false });
  const text = (await page.locator('main').textContent()) ?? '';
  for (const words of ['do not merge this yet', 'What each verdict rests on is drawn by a script', 'All cells'])
    expect(text).toContain(words);
  expect(await page.locator('#changes tbody tr').count()).toBe(input.report.verdicts.changed.length);
  expect(await page.locator('#theme').isVisible()).toBe(false);
  expect(faults).toEqual([]);
  await page.close();
});
