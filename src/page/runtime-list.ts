import { element } from './element.ts';
import { fillGradually, whenNear } from './lazy-list.ts';
import { select } from './select.ts';

/** Draws the entries of one Python at a time, as the reader chooses, once the reader comes near. */
export function startRuntimeList<Item extends { readonly runtime: string }>(
  place: HTMLElement,
  items: readonly Item[],
  draw: (item: Item) => HTMLElement,
): void {
  const labels = [...new Set(items.map(({ runtime }) => runtime))];
  if (labels.length === 0) return;
  const list = element('div', { class: 'charts' });
  const show = () => {
    const wanted = choice.value();
    fillGradually(
      list,
      items.filter(({ runtime }) => runtime === wanted),
      draw,
    );
  };
  const choice = select({ label: 'Python', options: labels.map((label) => [label, label]), onChange: show });
  place.replaceChildren(...(labels.length === 1 ? [] : [element('div', { class: 'filters' }, choice.field)]), list);
  whenNear(place, show);
}
