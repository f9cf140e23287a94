import { uvloopRequirement } from './requirement.ts';
import { parseVersionRange } from './version-range.ts';

/** Minor versions that a range of uvloops stands for at most; a longer one is refused, because each is an environment for every Python. */
export const mostUvloopsOfRange = 30;

/**
 * The most uvloops that requests may stand for, before any index was asked which of them there are.
 *
 * @throws UserError for a request that is neither a version nor a range
 */
export function mostUvloops(requested: readonly string[]): number {
  return [...new Set(requested)].reduce((sum, request) => sum + mostOf(request), 0);
}

function mostOf(request: string): number {
  const range = parseVersionRange(request);
  if (range === undefined) {
    uvloopRequirement(request);
    return 1;
  }
  const { from, to } = range;
  if (to === undefined || to.major !== from.major) return mostUvloopsOfRange;
  return Math.min(mostUvloopsOfRange, Math.max(0, to.minor - from.minor + 1));
}
