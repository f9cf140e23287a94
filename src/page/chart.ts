import { element, shape } from './element.ts';

/** The figures of a chart as a table: the same for who does not see the chart. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A chart that is drawn anew for every width. */
export interface Chart {
  readonly title: string;
  /** What it shows and says, in words. */
  readonly description: string;
  readonly height: number;
  readonly draw: (width: number) => readonly SVGElement[];
  readonly table: () => FigureTable;
}

/** The narrowest chart that is drawn; narrower places scroll. */
const narrowest = 240;

let count = 0;

/** A chart with its title, its description and its table; drawn when it has a place and its width is known. */
export function chartFigure(chart: Chart): HTMLElement {
  count += 1;
  const id = `chart-${count}`;
  const title = shape('title', { id: `${id}-title` }, chart.title);
  const description = shape('desc', { id: `${id}-words` }, chart.description);
  const svg = shape('svg', { role: 'img', 'aria-labelledby': `${id}-title`, 'aria-describedby': `${id}-words`, height: chart.height });
  const figure = element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, element('b', {}, chart.title), element('span', {}, chart.description.replaceAll(' %', '\u00a0%'))),
    element('div', { class: 'drawing' }, svg),
    tableFold(chart),
  );
  let drawn = 0;
  new ResizeObserver(() => {
    const width = Math.max(narrowest, Math.floor(svg.parentElement?.clientWidth ?? 0));
    if (width === drawn || figure.clientWidth === 0) return;
    drawn = width;
    svg.setAttribute('width', String(width));
    svg.setAttribute('viewBox', `0 0 ${width} ${chart.height}`);
    svg.replaceChildren(title, description, ...chart.draw(width));
  }).observe(figure);
  return figure;
}

function tableFold({ title, table }: Chart): HTMLElement {
  const fold = element('details', {}, element('summary', {}, 'Figures', element('span', { class: 'unseen' }, ` of “${title}” as a table`)));
  fold.addEventListener('toggle', () => fold.append(figureTable(title, table())), { once: true });
  return fold;
}

/** Figures under a caption that is only heard. */
export function figureTable(caption: string, { columns, rows }: FigureTable): HTMLElement {
  const head = element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)));
  const lines = rows.map(([first = '', ...others]) =>
    element('tr', {}, element('th', { scope: 'row' }, first), ...others.map((text) => element('td', {}, text))),
  );
  const table = element(
    'table',
    {},
    element('caption', { class: 'unseen' }, caption),
    element('thead', {}, head),
    element('tbody', {}, ...lines),
  );
  return element('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': caption }, table);
}
