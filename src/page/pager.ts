import { element } from './element.ts';

/** Entries of a long list that are shown at once. */
export const pageSize = 100;

/** Shows a long list page by page. */
export interface Pager {
  /** The entries of the page now; that of the entry that is `wanted`, where there is one and the reader has not turned the page. */
  readonly show: <Item>(items: readonly Item[], wanted: (item: Item) => boolean) => readonly Item[];
  /** Back to the first page, or to that of the entry that is wanted. */
  readonly reset: () => void;
  /** The buttons; empty where `needed` is false. */
  readonly bar: (needed: boolean) => HTMLElement;
}

/** A pager that calls `turned` when the reader turns the page. */
export function pager(turned: () => void): Pager {
  let page: number | null = null;
  let shown = 0;
  const words = element('span', { 'aria-live': 'polite' });
  const [back, on] = [button('Previous'), button('Next')];
  const turn = (by: number) => () => {
    page = shown + by;
    turned();
  };
  back.addEventListener('click', turn(-1));
  on.addEventListener('click', turn(1));
  return {
    reset: () => {
      page = null;
    },
    show: (items, wanted) => {
      const pages = Math.max(1, Math.ceil(items.length / pageSize));
      shown = Math.min(page ?? Math.max(0, Math.floor(items.findIndex(wanted) / pageSize)), pages - 1);
      words.textContent = `Page ${shown + 1} of ${pages}`;
      [back.disabled, on.disabled] = [shown === 0, shown === pages - 1];
      return items.slice(shown * pageSize, (shown + 1) * pageSize);
    },
    bar: (needed) => element('div', { class: 'pager' }, ...(needed ? [back, words, on] : [])),
  };
}

function button(label: string): HTMLButtonElement {
  return element('button', { type: 'button' }, label);
}
