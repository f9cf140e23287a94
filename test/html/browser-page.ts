import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

/** What a page was opened with. */
export interface PageView {
  readonly colorScheme?: 'light' | 'dark';
  /** Pixels; 1280 when left out. */
  readonly width?: number;
  /** Whether scripts run; they do when left out. */
  readonly script?: boolean;
  /** What the address ends in, from the hash on. */
  readonly hash?: string;
}

/** An opened page, and everything that should not have happened on it. */
export interface OpenedPage {
  readonly page: Page;
  /** Messages of the console, errors, dialogs and whatever was asked for besides the file itself. */
  readonly faults: readonly string[];
}

/** Opens a report from a file, as a reader would. */
export async function openReport(browser: Browser, html: string, view: PageView = {}): Promise<OpenedPage> {
  const { colorScheme = 'light', width = 1280, script = true, hash = '' } = view;
  const path = join(mkdtempSync(join(tmpdir(), 'report-')), 'report.html');
  writeFileSync(path, html);
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, javaScriptEnabled: script });
  const faults: string[] = [];
  const address = pathToFileURL(path).href;
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => faults.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address && !request.url().startsWith('data:')) faults.push(`request: ${request.url()}`);
  });
  await page.goto(`${address}${hash}`);
  return { page, faults };
}
