import { element } from './element.ts';

/** How many are drawn at first, and how many more at a time. */
const atOnce = 12;

/** Fills a place with the first entries, and with more of them when they are asked for. */
export function fillGradually<Item>(place: HTMLElement, items: readonly Item[], draw: (item: Item) => HTMLElement): void {
  const more = element('button', { type: 'button' });
  let shown = 0;
  const add = () => {
    const next = items.slice(shown, shown + atOnce).map(draw);
    shown += next.length;
    more.before(...next);
    more.hidden = shown >= items.length;
    more.textContent = `Show more (${items.length - shown})`;
  };
  more.addEventListener('click', add);
  place.replaceChildren(more);
  add();
}

/** Calls once when the reader comes near. */
export function whenNear(place: HTMLElement, start: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      start();
    },
    { rootMargin: '600px' },
  );
  observer.observe(place);
}
