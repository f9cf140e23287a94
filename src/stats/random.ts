import { shuffle } from 'simple-statistics';

/** A source of numbers uniform in [0, 1). */
export type Random = () => number;

const twoTo32 = 2 ** 32;

/**
 * A generator that gives the same sequence for the same seed text on every machine: mulberry32 (Tommy Ettinger, 2017,
 * public domain), 32 bits of state. Good enough to order a schedule; not for secrets.
 */
export function seededRandom(seed: string): Random {
  let state = hash(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / twoTo32;
  };
}

/** A shuffled copy (Fisher and Yates): every order is equally likely, as far as `random` is uniform. */
export function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return shuffle([...items], random);
}

/** FNV-1a over UTF-16 units (Fowler, Noll, Vo), then a mix, so that seeds that differ by one character diverge at once. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  return (state ^ (state >>> 13)) >>> 0;
}
