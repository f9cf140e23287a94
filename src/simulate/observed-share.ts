/** How often something happened, with what chance alone leaves open. */
export interface ObservedShare {
  readonly count: number;
  /** Trials, at least one. */
  readonly of: number;
  /** Ends of Wilson's 95 % interval, in [0, 1]. */
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % quantile of the normal distribution. */
const reach = 1.959964;

/** A share with Wilson's 95 % interval (Journal of the American Statistical Association 22, 1927). */
export function observedShare(count: number, of: number): ObservedShare {
  const share = count / of;
  const squared = reach * reach;
  const center = (share + squared / (2 * of)) / (1 + squared / of);
  const half = (reach / (1 + squared / of)) * Math.sqrt((share * (1 - share)) / of + squared / (4 * of * of));
  return { count, of, low: Math.max(0, center - half), high: Math.min(1, center + half) };
}
