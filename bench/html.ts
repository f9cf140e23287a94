import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { renderReportHtml } from '../src/render/html/report.ts';
import { median } from '../src/stats/quantiles.ts';
import { startBrowser } from '../test/browser.ts';
import { historyRun } from '../test/fixtures/baseline-history.ts';
import { openReport } from '../test/html/browser-page.ts';
import { htmlReportOf } from '../test/html/html-report.fixture.ts';
import { pageParts } from '../test/html/page-parts.ts';
import { takeScreenshots } from './html/screenshots.ts';

// How large the page of a report is, and how long a reader waits for it.
//
//   npm run bench:html                     prints the figures
//   npm run bench:html -- --screenshots    makes docs/report-*.png anew

const openings = 5;

/** What must hold: of an ordinary run, and of any. Bytes and seconds. */
const bounds = { ordinaryBytes: 3e6, mostBytes: 4e6, interactiveSeconds: 1 };

interface Row {
  readonly cells: number;
  readonly runs: number;
  readonly bytes: number;
  /** From the beginning of the navigation until every script has run. */
  readonly interactiveSeconds: number;
  /** From the press on a cell until its charts are drawn. */
  readonly openSeconds: number;
}

async function costOf(browser: Browser, cells: number, runs: number): Promise<Row> {
  const run = (number: number) => historyRun({ cells, run: number, values: 1 });
  const baselineRuns = Array.from({ length: runs }, (_, number) => run(number));
  const input = htmlReportOf({ results: run(runs + 1), baselineRuns, isPaired: ({ workload }) => /_\d$/.test(workload) });
  const html = renderReportHtml(input, await pageParts());
  const times = [];
  for (let opening = 0; opening < openings; opening += 1) times.push(await opened(browser, html));
  return {
    ...{ cells, runs, bytes: Buffer.byteLength(html) },
    interactiveSeconds: median(times.map(({ interactive }) => interactive)) / 1000,
    openSeconds: median(times.map(({ open }) => open)) / 1000,
  };
}

async function opened(browser: Browser, html: string): Promise<{ readonly interactive: number; readonly open: number }> {
  const { page } = await openReport(browser, html);
  const interactive: number = await page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd");
  const open: number = await page.evaluate(`new Promise((resolve) => {
    const start = performance.now();
    document.querySelector('table.cells button').click();
    const look = () => document.querySelector('.evidence svg text') === null ? requestAnimationFrame(look) : resolve(performance.now() - start);
    look();
  })`);
  await page.close();
  return { interactive, open };
}

function documentOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ cells, runs, bytes, interactiveSeconds, openSeconds }) =>
      `| ${cells} | ${runs} | ${(bytes / 1e6).toFixed(2)} | ${interactiveSeconds.toFixed(2)} | ${(openSeconds * 1000).toFixed(0)} |`,
  );
  return `| cells | stored runs | size, MB | interactive after, s | a cell opens in, ms |
| ---: | ---: | ---: | ---: | ---: |
${lines.join('\n')}
`;
}

function missed(rows: readonly Row[]): readonly string[] {
  const [ordinary] = rows;
  return [
    ...(ordinary !== undefined && ordinary.bytes <= bounds.ordinaryBytes ? [] : ['size of an ordinary run']),
    ...(rows.every(({ bytes }) => bytes <= bounds.mostBytes) ? [] : ['size']),
    ...(ordinary !== undefined && ordinary.interactiveSeconds <= bounds.interactiveSeconds ? [] : ['time until it can be used']),
  ];
}

async function main(): Promise<void> {
  const browser = await startBrowser();
  try {
    if (process.argv.includes('--screenshots')) {
      await takeScreenshots(browser, join(import.meta.dirname, '..', 'docs'));
      return;
    }
    const rows = [await costOf(browser, 300, 30), await costOf(browser, 10_000, 3)];
    const fails = missed(rows);
    console.log(documentOf(rows));
    console.log(fails.length === 0 ? 'All bounds hold.' : `Missed: ${fails.join(', ')}.`);
    if (fails.length > 0) process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

await main();
