import type { PageData } from '../render/html/page-data.ts';
import { type Address, plainAddress, readAddress, writeAddress } from './address.ts';
import { cellFilters, fits } from './cell-filters.ts';
import { cellTable } from './cell-table.ts';
import { element } from './element.ts';
import { pager, pageSize } from './pager.ts';
import { addressedId } from './read-data.ts';

/** The list of all cells with its filters; a cell shows what its verdict rests on when it is opened. */
export function startExplorer(place: HTMLElement, data: PageData): void {
  const status = element('p', { class: 'status', role: 'status' });
  const list = element('div');
  let cell = '';

  const show = (address: Address): void => {
    const cells = data.cells.filter((each) => fits(each, address, data));
    const shown = pages.show(cells, (each) => addressedId(each, data) === address.cell);
    status.textContent = `${cells.length} of ${data.cells.length} cells`;
    const none = element('p', {}, 'No cell fits these filters.');
    list.replaceChildren(cells.length === 0 ? none : cellTable(shown, data, { opened: cell, open }));
  };
  const open = (id: string): void => {
    cell = id;
    writeAddress({ ...filters.values(), cell });
  };
  const filter = (): void => {
    const address = { ...filters.values(), cell };
    pages.reset();
    writeAddress(address);
    show(address);
  };
  const obey = (): void => {
    const address = readAddress(location.hash);
    if (address === null) return;
    cell = address.cell;
    filters.set(address);
    pages.reset();
    show({ ...filters.values(), cell });
    (place.querySelector('tr.open') ?? place.closest('section'))?.scrollIntoView({ block: 'start' });
    place.querySelector<HTMLElement>('tr.open button')?.focus({ preventScroll: true });
  };
  const filters = cellFilters(data, filter);
  const pages = pager(() => show({ ...filters.values(), cell }));
  place.append(filters.bar, status, list, pages.bar(data.cells.length > pageSize));
  show(plainAddress);
  addEventListener('hashchange', obey);
  onLinkToHere(obey);
  obey();
}

/** A link to the address that is there already changes nothing, and is still meant. */
function onLinkToHere(obey: () => void): void {
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link?.hash === location.hash) obey();
  });
}
