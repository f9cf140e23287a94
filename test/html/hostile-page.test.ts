import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embeddedJson, escapeHtml, escapeUrl } from '../../src/render/html/html-escape.ts';
import { renderReportHtml } from '../../src/render/html/report.ts';
import { singleLine } from '../../src/render/plain-text.ts';
import { startBrowser } from '../browser.ts';
import { injections } from '../markdown/injections.ts';
import { openReport } from './browser-page.ts';
import { hostileReport } from './html-report.fixture.ts';
import { pageParts } from './page-parts.ts';

/** What a page could be broken out of by, besides what Markdown could. */
const attempts = [
  ...injections,
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</style><style>*{display:none}',
  '</pre></details></main>',
  'constructor',
  '__proto__',
];

let browser: Browser;
let html: string;
beforeAll(async () => {
  html = renderReportHtml(hostileReport(attempts), await pageParts());
  browser = await startBrowser();
});
afterAll(() => browser.close());

describe('a page of hostile names, titles and outputs', () => {
  test('runs nothing, loads nothing and holds no element that it did not make', async () => {
    const { page, faults } = await openReport(browser, html);
    await page.evaluate('for (const button of document.querySelectorAll("button.cell")) button.click()');
    await page.evaluate('for (const fold of document.querySelectorAll("details")) fold.open = true');
    expect(faults).toEqual([]);
    const strange = "img, iframe, object, embed, form, input, base, [onerror], [onload], [onmouseover], a[href^='javascript' i]";
    expect(await page.locator(strange).count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('style').count()).toBe(1);
    expect(await page.locator('main').count()).toBe(1);
    await page.close();
  });

  test('shows each name as the text it is, without what is invisible, and finds it by its filter', async () => {
    const { page } = await openReport(browser, html);
    const offered = await page
      .getByRole('combobox', { name: 'Workload' })
      .locator('option')
      .evaluateAll((options) => options.map(({ textContent }) => textContent));
    for (const attempt of attempts) expect(offered).toContain(singleLine(attempt));
    expect(await page.locator('main').textContent()).not.toMatch(/[[\p{Cc}\p{Cf}]--[\n]]/v);
    await page.getByRole('combobox', { name: 'Workload' }).selectOption(singleLine('</script><script>alert(1)</script>'));
    await expect.poll(() => page.locator('table.cells .name code').first().textContent()).toBe('</script><script>alert(1)</script>');
    await page.close();
  });
});

describe('escaping', () => {
  test('a broken escape would be seen', async () => {
    const { page, faults } = await openReport(
      browser,
      html.replace(escapeHtml('<img src=x onerror=alert(1)>'), '<img src=x onerror=alert(1)>'),
    );
    expect(faults.length).toBeGreaterThan(0);
    await page.close();
  });

  test.each(attempts)('embedded JSON is the value, and no markup: %j', (attempt) => {
    const text = embeddedJson({ [attempt]: attempt });
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual({ [attempt]: attempt });
  });

  test('only an address on the web is one', () => {
    expect(escapeUrl('https://github.com/o/r?a=1&b="')).toBe('https://github.com/o/r?a=1&amp;b=&quot;');
    expect(['javascript:alert(1)', 'data:text/html,x', '//e.vil', 'https://'].map(escapeUrl)).toEqual([null, null, null, null]);
  });
});
