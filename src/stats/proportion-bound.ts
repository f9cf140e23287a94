import { incompleteBeta } from './incomplete-beta.ts';

/**
 * The largest share that `count` of `trials` leaves possible at `level`: the upper bound of Clopper and Pearson
 * (Biometrika 26, 1934), exact and one-sided. 1 when there was no trial.
 *
 * @param count 0 to `trials`
 * @param level in (0, 1), e.g. 0.95
 */
export function proportionUpperBound({
  count,
  trials,
  level,
}: {
  readonly count: number;
  readonly trials: number;
  readonly level: number;
}): number {
  if (!(count >= 0 && count <= trials) || !(level > 0 && level < 1)) {
    throw new RangeError(`a bound needs a count within the trials and a level in (0, 1), got ${count} of ${trials} at ${level}`);
  }
  if (count === trials) return 1;
  // P(X <= count | share) = I_{1 - share}(trials - count, count + 1), which falls as the share grows.
  let [low, high] = [count / trials, 1];
  while (high - low > 1e-12) {
    const share = (low + high) / 2;
    if (incompleteBeta({ x: 1 - share, rest: share }, trials - count, count + 1) > 1 - level) low = share;
    else high = share;
  }
  return high;
}
