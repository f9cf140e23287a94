import type { Report } from '../../tables/report.ts';
import { escapeHtml } from './html-escape.ts';
import type { Hashed, PageParts } from './html-report.ts';
import type { Section } from './sections.ts';

/** What a page is put together from. */
export interface PageContent {
  readonly report: Report;
  readonly hero: string;
  readonly sections: readonly Section[];
  readonly parts: PageParts;
  /** As it may stand in a script element. */
  readonly data: string;
}

/** The frame of the page: what it may load, which is nothing, its head, its contents and its parts in their order. */
export function pageHtml({ report, hero, sections, parts, data }: PageContent): string {
  const { commit, created } = report;
  const subject = commit === null ? 'no commit' : commit.slice(0, 12);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(parts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Concurrency report for ${escapeHtml(subject)}</title>
<link rel="icon" href="data:,">
<style>${parts.style.text}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header class="top">
<div class="title"><h1>Concurrency report</h1>
<p>Commit <code>${escapeHtml(subject)}</code>, <time datetime="${escapeHtml(created)}">${escapeHtml(dateText(created))}</time></p></div>
<button type="button" id="theme" hidden>Dark theme</button>
</header>
<div class="page">
<nav class="contents" aria-label="Contents"><ul>${sections.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`).join('')}</ul></nav>
<main id="main" tabindex="-1">
<section class="hero" aria-label="Answer">${hero}</section>
${sections.map(sectionHtml).join('\n')}
</main>
</div>
<script type="application/json" id="data">${data}</script>
<script type="module">${parts.script.text}</script>
</body>
</html>
`;
}

/** Nothing may be loaded or run but the two texts that the page was made with. */
function policy({ style, script }: PageParts): string {
  const own = ({ digest }: Hashed) => `'sha256-${escapeHtml(digest)}'`;
  return `default-src 'none'; script-src ${own(script)}; style-src ${own(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
}

function sectionHtml({ id, title, html }: Section): string {
  return `<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${escapeHtml(title)}</h2>
${html}
</section>`;
}

/** "2026-11-25 10:15 UTC"; any other text as it is. */
function dateText(created: string): string {
  return created.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1 $2 UTC');
}
