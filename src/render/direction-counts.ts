import type { ComparedChange } from '../model/change.ts';
import { isWorse } from '../model/verdict.ts';
import { counted } from './names.ts';

/**
 * How many got worse and how many better: "6 cells slower and 1 faster"; "worse" and "better" where not all of them are
 * times. A direction that none took is left out.
 *
 * @param changed at least one
 */
export function directionCounts(changed: readonly ComparedChange[], noun: string): string {
  const worse = changed.filter(isWorse).length;
  const better = changed.length - worse;
  const [worseWord, betterWord] = changed.every(isTime) ? ['slower', 'faster'] : ['worse', 'better'];
  if (worse === 0) return `${counted(better, noun)} ${betterWord}`;
  return `${counted(worse, noun)} ${worseWord}${better === 0 ? '' : ` and ${better} ${betterWord}`}`;
}

function isTime({ metric: { unit, better } }: ComparedChange): boolean {
  return unit === 's' && better === 'lower';
}
