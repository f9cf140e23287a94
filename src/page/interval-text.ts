import type { PageChange } from '../render/html/page-data.ts';
import { changeIntervalText } from '../render/number.ts';

/** The 95 % interval of a change in the words of the comment, "+9.8 % to +15.1 %"; null where there is none. */
export function intervalText({ interval }: PageChange): string | null {
  if (interval === null) return null;
  const [low, high] = interval;
  return changeIntervalText({ kind: 'interval', low, high });
}
