import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { renderReportHtml } from '../../src/render/html/report.ts';
import { openReport } from '../../test/html/browser-page.ts';
import { pullRequestReport } from '../../test/html/html-report.fixture.ts';
import { pageParts } from '../../test/html/page-parts.ts';

const widths = { wide: 1280, narrow: 375 } as const;

/** Makes pictures of a report, light and dark, wide and narrow: its beginning, and a cell that is open. */
export async function takeScreenshots(browser: Browser, folder: string): Promise<void> {
  const html = renderReportHtml(pullRequestReport(), await pageParts());
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [name, width] of Object.entries(widths)) {
      const { page } = await openReport(browser, html, { colorScheme, width });
      await take(page, join(folder, `report-${colorScheme}-${name}.png`));
      await page.locator('#changes a[href^="#cell="]').first().click();
      await page.locator('.evidence svg text').first().waitFor();
      await page.evaluate("document.querySelector('tr.open').scrollIntoView()");
      await take(page, join(folder, `report-cell-${colorScheme}-${name}.png`));
      await page.close();
    }
  }
}

/**
 * With few colours, where the program for it is installed: a picture in a repository is fetched by everybody. Not so few
 * that verdicts lose theirs.
 */
async function take(page: Page, path: string): Promise<void> {
  await page.screenshot({ path, animations: 'disabled' });
  spawnSync('pngquant', ['--force', '--strip', '--skip-if-larger', '--output', path, '128', path]);
}
