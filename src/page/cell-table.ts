import { modelLabel } from '../model/concurrency-model.ts';
import type { PageCell, PageData } from '../render/html/page-data.ts';
import { verdictMarks } from '../render/html/verdict-marks.ts';
import { figureText, percentText } from '../render/number.ts';
import { cellDetail } from './cell-detail.ts';
import { element } from './element.ts';
import { intervalStrip } from './interval-strip.ts';
import { intervalText } from './interval-text.ts';
import { addressedId } from './read-data.ts';

/** Which cell is open, and who is told when another one is. */
export interface Opening {
  /** The id of the open cell; empty for none. */
  readonly opened: string;
  readonly open: (id: string) => void;
}

const columns = ['Cell', 'Verdict', 'Change (95 % interval)', 'Base → head'] as const;

/** Some cells as a table in which each can be opened. */
export function cellTable(cells: readonly PageCell[], data: PageData, opening: Opening): HTMLElement {
  const head = element('tr', {}, ...columns.map((name) => element('th', { scope: 'col' }, name)));
  const caption = element('caption', { class: 'unseen' }, 'Cells; the button of each shows what its verdict rests on');
  const rows = cells.flatMap((cell, index) => cellRows(cell, index, data, opening));
  return element('table', { class: 'cells' }, caption, element('thead', {}, head), element('tbody', {}, ...rows));
}

/** The row of a cell, and the one below it that is filled when it is opened. */
function cellRows(cell: PageCell, index: number, data: PageData, { opened, open }: Opening): readonly HTMLElement[] {
  const id = `evidence-${index}`;
  const address = addressedId(cell, data);
  const button = element('button', { type: 'button', class: 'cell', 'aria-expanded': 'false', 'aria-controls': id }, nameOf(cell, data));
  const row = element(
    'tr',
    {},
    element('th', { scope: 'row' }, button),
    element('td', {}, verdictBadge(cell.verdict)),
    element('td', {}, ...changeOf(cell)),
    element('td', { class: 'wide' }, ...figuresOf(cell, data)),
  );
  const inside = element('td', { colspan: columns.length });
  const detail = element('tr', { id, class: 'detail', hidden: true }, inside);
  const show = (isOpen: boolean) => {
    button.setAttribute('aria-expanded', String(isOpen));
    detail.hidden = !isOpen;
    row.classList.toggle('open', isOpen);
    if (isOpen && inside.childElementCount === 0) inside.append(cellDetail(cell, data));
  };
  button.addEventListener('click', () => {
    const isOpen = button.getAttribute('aria-expanded') === 'false';
    show(isOpen);
    open(isOpen ? address : '');
  });
  if (address === opened) show(true);
  return [row, detail];
}

function nameOf({ workload, params, model, runtime }: PageCell, { runtimes }: PageData): HTMLElement {
  const name = element('code', {}, workload);
  const more = [...(params === '' ? [] : [params]), modelLabel(model)].join(' ');
  return element(
    'span',
    {},
    element('span', { class: 'name' }, name, ` ${more}`),
    element('span', { class: 'runtime' }, `Python ${runtimes[runtime]?.label ?? 'unknown'}`),
  );
}

/** The word of a verdict with its mark. */
function verdictBadge(word: PageCell['verdict']): HTMLElement {
  return element(
    'span',
    { class: `badge ${word.replace(' ', '-')}` },
    element('span', { 'aria-hidden': 'true' }, `${verdictMarks[word]} `),
    element('span', { class: 'word' }, word),
  );
}

function changeOf({ change }: PageCell): readonly (Node | string)[] {
  if (change === null) return ['–'];
  const interval = intervalText(change);
  const range = interval === null ? [] : [element('span', { class: 'range' }, ` ${interval}`)];
  return [element('b', {}, percentText(change.ratio)), ...range, intervalStrip(change)];
}

function figuresOf({ figures, metric }: PageCell, { metrics }: PageData): readonly (Node | string)[] {
  const known = metric === null ? undefined : metrics[metric];
  if (known === undefined) return ['–'];
  const label = element('span', { class: 'runtime' }, known.label);
  return figures === null ? [label] : [`${figureText(figures.base, known.unit)} → ${figureText(figures.head, known.unit)}`, label];
}
