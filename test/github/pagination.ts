import type { Call } from './call.ts';

/** The part of a list that was asked for. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Empty when everything is on one page. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The page that `page` and `per_page` of the query ask for: 30 items unless said, 100 at most. */
export function pageOf<Item>({ query, url }: Call, items: readonly Item[], standard = 30, most = 100): Page<Item> {
  const size = Math.min(most, Math.max(1, Number(query['per_page'] ?? standard)));
  const page = Math.max(1, Number(query['page'] ?? 1));
  const last = Math.max(1, Math.ceil(items.length / size));
  const links = [
    ...(page > 1 ? [link(url, page - 1, 'prev'), link(url, 1, 'first')] : []),
    ...(page < last ? [link(url, page + 1, 'next'), link(url, last, 'last')] : []),
  ];
  return { items: items.slice((page - 1) * size, page * size), headers: links.length === 0 ? {} : { link: links.join(', ') } };
}

function link(url: URL, page: number, relation: string): string {
  const target = new URL(url);
  target.searchParams.set('page', String(page));
  return `<${target.href}>; rel="${relation}"`;
}
