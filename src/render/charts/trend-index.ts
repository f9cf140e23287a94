import { modelLabel } from '../../model/concurrency-model.ts';
import type { TrendPanel, TrendTable, WorkloadTrend } from '../../tables/trend.ts';
import { escapeHtml } from '../html/html-escape.ts';
import { counted } from '../names.ts';
import { figureText } from '../number.ts';
import { colourStyle } from './trend-colours.ts';
import { momentText, panelPlace, panelTitle, shiftWords, sinceFirstText, trendEnds, trendTitle } from './trend-words.ts';

/** A chart that the page shows. */
export interface TrendPage {
  readonly trend: WorkloadTrend;
  /** Name of its file, in the same folder as the page. */
  readonly file: string;
}

/** What the page says besides its charts. */
export interface TrendIndexFacts extends Pick<TrendTable, 'newest' | 'runs' | 'leftOutWorkloads'> {
  /** Files of runs that are not in the charts: not readable, without a complete run, or too much. */
  readonly leftOutFiles: number;
  /** Files of runs of which only those that were stored last are in the charts. */
  readonly cutFiles: number;
}

const style = [
  colourStyle(':root'),
  '*{box-sizing:border-box}body{margin:0 auto;max-width:54rem;padding:2rem 1rem;background:var(--ground);color:var(--text);',
  'font:1rem/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif}',
  'h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.125rem;margin:2.5rem 0 .5rem;overflow-wrap:anywhere}p{margin:.25rem 0}',
  '.muted,summary,caption{color:var(--muted)}nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;margin:1rem 0;list-style:none}',
  'a{color:var(--line)}a:focus-visible,summary:focus-visible{outline:2px solid var(--line);outline-offset:2px}',
  'img{display:block;width:100%;height:auto}summary{cursor:pointer;padding:.5rem 0}.wide{overflow-x:auto}',
  'table{border-collapse:collapse;font-size:.875rem;margin:0 0 1rem;min-width:36rem;width:100%}caption{text-align:left;padding:.25rem 0}',
  'th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--rule);vertical-align:top}',
  'th{font-weight:600}td{font-variant-numeric:tabular-nums}',
].join('');

/** What the page begins with: one that does not is somebody else's. */
export const trendIndexStart = '<!doctype html>\n<!-- trend of a baseline, written by Concurrency Regressions -->\n';

/** The page that shows all charts, with their figures as tables; it needs no script and nothing from elsewhere but them. */
export function trendIndex(pages: readonly TrendPage[], facts: TrendIndexFacts): string {
  const title = 'Trend of the base branch';
  return [
    `${trendIndexStart}<html lang="en">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${title}</h1>`,
    ...factLines(facts),
    contents(pages),
    ...pages.map(section),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function factLines({ newest, runs, leftOutWorkloads, leftOutFiles, cutFiles }: TrendIndexFacts): readonly string[] {
  const state = newest === null ? 'Nothing is stored.' : `${counted(runs, 'stored run')}. The newest: ${momentText(newest)}.`;
  const absent = [
    ...(leftOutWorkloads === 0 ? [] : [`${counted(leftOutWorkloads, 'more workload')} not shown: too many for one page.`]),
    ...(leftOutFiles === 0
      ? []
      : [`${counted(leftOutFiles, 'file')} of runs not shown: not readable, without a complete run, or too much for one page.`]),
    ...(cutFiles === 0 ? [] : [`${counted(cutFiles, 'file')} of runs shown without those that were stored first: too much for one page.`]),
  ];
  return [
    `<p>${escapeHtml(state)}</p>`,
    ...absent.map((sentence) => `<p>${escapeHtml(sentence)}</p>`),
    '<p class="muted">Written with every change of the baseline. A level says what the base branch measured on the day; verdicts are in the reports.</p>',
  ];
}

function contents(pages: readonly TrendPage[]): string {
  if (pages.length < 2) return '';
  const items = pages.map(({ trend }, index) => `<li><a href="#workload-${index + 1}">${escapeHtml(trendTitle(trend))}</a></li>`);
  return `<nav aria-label="Workloads"><ul>${items.join('')}</ul></nav>`;
}

function section({ trend, file }: TrendPage, index: number): string {
  const title = escapeHtml(trendTitle(trend));
  const address = escapeHtml(encodeURIComponent(file));
  return [
    `<section aria-labelledby="workload-${index + 1}">`,
    `<h2 id="workload-${index + 1}">${title}</h2>`,
    `<a href="${address}"><img src="${address}" alt="Trend of ${title}; the figures follow as a table" loading="lazy"></a>`,
    `<details><summary>Figures of ${title}</summary>`,
    ...trend.panels.map((panel) => panelTable(panel, trend)),
    '</details>',
    '</section>',
  ].join('\n');
}

function panelTable(panel: TrendPanel, trend: WorkloadTrend): string {
  const rows = panel.lines.map((line) => {
    const ends = trendEnds(line, panel);
    const figure = (level: number | null) => (level === null ? '–' : figureText(level, line.metric.unit));
    const shifts = line.shifts.map((shift) => shiftWords(shift, line, panel)).join('; ');
    const cells = [line.metric.label, figure(ends.first), figure(ends.last), sinceFirstText(ends), shifts === '' ? 'none' : shifts];
    return `<tr><th scope="row">${escapeHtml(modelLabel(line.model))}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
  });
  const heads = ['Model', 'Metric', 'First run', 'Newest run', 'Change', 'Lasting changes of level'];
  return [
    '<div class="wide" role="region" tabindex="0" aria-label="Figures">',
    `<table><caption>${escapeHtml(`${panelTitle(panel, trend)}: ${panelPlace(panel)}`)}</caption>`,
    `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.join('')}</tbody></table></div>`,
  ].join('\n');
}
