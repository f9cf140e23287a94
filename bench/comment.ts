import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderComment } from '../src/render/comment.ts';
import { commentOptions, fiftyCells } from '../test/golden/comment-scenarios.ts';
import { hasCmark, htmlOf, rawTree, sanitised } from '../test/markdown/github-html.ts';

/**
 * Shows the comment of fifty cells as GitHub would: its parser, its sanitising rules, its style sheet, in headless
 * Chromium, at the width of a pull request and, beside it, of a phone. `node bench/comment.ts [PICTURE] [HEIGHT]`; the
 * browser is `chromium`, or the program that CHROMIUM names. pngquant, where there is one, makes the picture small.
 */

const root = join(import.meta.dirname, '..');
const [picture = join(root, 'docs', 'comment.png'), height = '1400'] = process.argv.slice(2);

/** Widths of a comment in CSS pixels. */
const widths = [880, 390];

/** Both in one page, in frames of these widths: a window has a smallest width of its own. */
function page(comment: string): string {
  const css = readFileSync(new URL(import.meta.resolve('github-markdown-css/github-markdown-light.css')), 'utf8');
  const own = `
body { margin: 0; background: #d1d9e0; display: flex; gap: 8px; align-items: start; }
.markdown-body { box-sizing: border-box; flex: none; padding: 16px; font-size: 14px; overflow: hidden; min-height: ${height}px; }`;
  const frames = widths.map((width) => `<article class="markdown-body" style="width: ${width}px">${comment}</article>`);
  return `<!doctype html><meta charset="utf-8"><style>${css}${own}</style>${frames.join('')}`;
}

function screenshot(html: string): void {
  const work = mkdtempSync(join(tmpdir(), 'comment-'));
  const width = widths.reduce((sum, each) => sum + each, 8 * (widths.length - 1));
  try {
    writeFileSync(join(work, 'page.html'), html);
    execFileSync(
      process.env['CHROMIUM'] ?? 'chromium',
      [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--hide-scrollbars'],
        ...[`--user-data-dir=${join(work, 'profile')}`, `--window-size=${width},${height}`, `--screenshot=${picture}`],
        `file://${join(work, 'page.html')}`,
      ],
      { stdio: 'ignore' },
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const markdown = renderComment(fiftyCells(), commentOptions);
screenshot(page(htmlOf(sanitised(rawTree(markdown, hasCmark() ? 'cmark-gfm' : 'remark')))));
spawnSync('pngquant', ['--force', '--strip', '--output', picture, '32', picture]);
console.log(picture);
