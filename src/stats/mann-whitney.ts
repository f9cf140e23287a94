import { normalUpperTail } from './normal.ts';

/** Most values on a side for which the exact distribution is used, ties or not. */
export const exactUntil = 50;

/** Two independent sets, at least one value each. */
export interface TwoSamples {
  readonly head: readonly number[];
  readonly base: readonly number[];
}

/** The rank-sum test of Mann and Whitney. */
export interface MannWhitney {
  /** Pairs in which head is above base, ties counted half: in [0, n m]. */
  readonly u: number;
  /** Two-sided p-value in (0, 1]. */
  readonly p: number;
  readonly method: 'exact' | 'normal';
}

/**
 * The two-sided test of Mann and Whitney (Annals of Mathematical Statistics 18, 1947). Up to 50 values a side the
 * conditional distribution of the rank sum is counted exactly, with mid-ranks where values tie (the dynamic programme
 * of Streitberg and Röhmel 1986); above, the normal approximation with the correction for ties and for continuity
 * (Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 2014, section 4.1).
 */
export function mannWhitney({ head, base }: TwoSamples): MannWhitney {
  if (head.length === 0 || base.length === 0) throw new RangeError('Mann-Whitney needs at least one value on each side');
  if (!head.every(Number.isFinite) || !base.every(Number.isFinite)) throw new RangeError('Mann-Whitney needs finite values');
  const ranked = rank(head, base);
  const u = ranked.doubledSum / 2 - (head.length * (head.length + 1)) / 2;
  const exact = Math.max(head.length, base.length) <= exactUntil;
  const sizes = { heads: head.length, bases: base.length };
  const p = exact ? exactP(ranked, sizes) : normalP(u, ranked, sizes);
  return { u, p, method: exact ? 'exact' : 'normal' };
}

/** The smallest two-sided p that so many values can give at all: 2 / C(n + m, n). */
export function smallestP(heads: number, bases: number): number {
  let ways = 1;
  for (let index = 1; index <= heads; index += 1) ways *= (bases + index) / index;
  return Math.min(1, 2 / ways);
}

interface Ranked {
  /** Twice the sum of the mid-ranks of head: whole. */
  readonly doubledSum: number;
  /** Sizes of the groups of equal values, lowest first. */
  readonly groups: readonly number[];
}

interface Sizes {
  readonly heads: number;
  readonly bases: number;
}

function rank(head: readonly number[], base: readonly number[]): Ranked {
  const heads = new Float64Array(head).sort();
  const all = new Float64Array(head.length + base.length);
  all.set(head);
  all.set(base, head.length);
  all.sort();
  const groups: number[] = [];
  let doubledSum = 0;
  let ofHead = 0;
  for (let from = 0; from < all.length; ) {
    const value = all[from];
    let to = from;
    while (to < all.length && all[to] === value) to += 1;
    const firstOfHead = ofHead;
    while (ofHead < heads.length && heads[ofHead] === value) ofHead += 1;
    doubledSum += (ofHead - firstOfHead) * (from + 1 + to);
    groups.push(to - from);
    from = to;
  }
  return { doubledSum, groups };
}

function exactP({ doubledSum, groups }: Ranked, { heads, bases }: Sizes): number {
  const count = heads + bases;
  const untied = groups.length === count;
  const { below, above } = untied ? untiedTails(heads, bases) : tailsOf(groups, heads);
  const total = above[0] ?? 1;
  return Math.min(1, (2 * Math.min(below[doubledSum] ?? total, above[doubledSum] ?? total)) / total);
}

/** At index s: the ways to choose head whose doubled mid-ranks sum to s or less, and to s or more. Each is summed from its own end: all of 1e29 less all but one is 0. */
interface Tails {
  readonly below: Float64Array;
  readonly above: Float64Array;
}

/** Distributions without ties depend on the two sizes only. */
const untiedDistributions = new Map<number, Tails>();

function untiedTails(heads: number, bases: number): Tails {
  const key = heads * (exactUntil + 1) + bases;
  const known = untiedDistributions.get(key);
  if (known !== undefined) return known;
  const made = tailsOf(new Array<number>(heads + bases).fill(1), heads);
  untiedDistributions.set(key, made);
  return made;
}

function tailsOf(groups: readonly number[], heads: number): Tails {
  const below = waysOf(groups, heads);
  const above = Float64Array.from(below);
  for (let sum = 1; sum < below.length; sum += 1) below[sum] = (below[sum] ?? 0) + (below[sum - 1] ?? 0);
  for (let sum = above.length - 2; sum >= 0; sum -= 1) above[sum] = (above[sum] ?? 0) + (above[sum + 1] ?? 0);
  return { below, above };
}

/** At index s: the ways to choose `heads` of all values whose doubled mid-ranks sum to s. */
function waysOf(groups: readonly number[], heads: number): Float64Array {
  const most = largestSum(groups, heads);
  let ways: readonly Float64Array[] = Array.from({ length: heads + 1 }, () => new Float64Array(most + 1));
  ways[0]?.fill(1, 0, 1);
  let before = 0;
  for (const size of groups) {
    ways = withGroup(ways, size, 2 * before + size + 1);
    before += size;
  }
  return ways[heads] ?? new Float64Array();
}

/** The doubled rank sum of the `heads` highest values. */
function largestSum(groups: readonly number[], heads: number): number {
  const count = groups.reduce((sum, size) => sum + size, 0);
  let left = heads;
  let after = 0;
  let sum = 0;
  for (const size of groups.toReversed()) {
    const taken = Math.min(left, size);
    sum += taken * (2 * (count - after) - size + 1);
    left -= taken;
    after += size;
  }
  return sum;
}

/** Adds a group of `size` values of the doubled mid-rank `doubled`: of which any number may be among head. */
function withGroup(ways: readonly Float64Array[], size: number, doubled: number): readonly Float64Array[] {
  return ways.map((same, chosen) => {
    const next = Float64Array.from(same);
    let choices = 1;
    for (let taken = 1; taken <= Math.min(size, chosen); taken += 1) {
      choices *= (size - taken + 1) / taken;
      const fewer = ways[chosen - taken] ?? next;
      const shift = taken * doubled;
      for (let sum = shift; sum < next.length; sum += 1) next[sum] = (next[sum] ?? 0) + choices * (fewer[sum - shift] ?? 0);
    }
    return next;
  });
}

function normalP(u: number, { groups }: Ranked, { heads, bases }: Sizes): number {
  const count = heads + bases;
  const ties = groups.reduce((sum, size) => sum + (size ** 3 - size), 0);
  const variance = ((heads * bases) / 12) * (count + 1 - ties / (count * (count - 1)));
  if (variance === 0) return 1;
  const distance = Math.max(0, Math.abs(u - (heads * bases) / 2) - 1 / 2);
  return Math.min(1, 2 * normalUpperTail(distance / Math.sqrt(variance)));
}
