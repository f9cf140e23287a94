import { utf8Bytes } from '../plain-text.ts';
import { embeddedJson } from './html-escape.ts';

/** Bytes of a value as it stands in the page. */
export function jsonBytes(value: unknown): number {
  return utf8Bytes(embeddedJson(value));
}

/** The first items, as far as there is room for their JSON, in bytes. */
export function fitting<Item>(items: readonly Item[], limit: number): readonly Item[] {
  let bytes = 0;
  const end = items.findIndex((item) => {
    bytes += jsonBytes(item);
    return bytes > limit;
  });
  return end === -1 ? items : items.slice(0, end);
}
