/** The largest coefficient that is believed: a little above proportional, for a loop that feels less than the workload. */
const largestCoefficient = 1.2;

/** Squared log difference added to the divisor: as if one more pair had seen the loop move by 1 % and the metric not at all. */
const ridge = 0.01 ** 2;

/** Fewest pairs a coefficient is learned from. */
const fewestPairs = 5;

/** Differences without the part that the control explains, or why they are left as they are. */
export type ControlledDifferences =
  | {
      readonly kind: 'controlled';
      /** One per pair, in the order given. */
      readonly differences: readonly number[];
      /** The coefficient over all pairs, in [0, 1.2], for display. */
      readonly coefficient: number;
    }
  | { readonly kind: 'off'; readonly reason: string };

/** Pairs of the same length: the difference of the metric and that of its control, both of logarithms, head - base. */
export interface DifferencesAndControl {
  readonly differences: readonly number[];
  readonly control: readonly number[];
}

/**
 * Takes out of each difference what its control variate explains: d - b c (Lavenberg and Welch, Management Science 27,
 * 1981). The control's own expectation must be zero, which random order and the same interpreter on both sides give.
 * b is the least-squares slope through the origin, with a small ridge (Hoerl and Kennard 1970), clipped to [0, 1.2] and
 * learned without the pair it is applied to, so that no pair explains its own noise away: a control that explains
 * nothing gets a coefficient near zero and does no harm. Costs the estimate one degree of freedom.
 */
export function controlledDifferences({ differences, control }: DifferencesAndControl): ControlledDifferences {
  const count = differences.length;
  if (control.length !== count) return { kind: 'off', reason: `${count} differences and ${control.length} controls do not pair up` };
  if (count < fewestPairs) return { kind: 'off', reason: `${count} of the ${fewestPairs} pairs that a coefficient is learned from` };
  if (![...differences, ...control].every(Number.isFinite)) return { kind: 'off', reason: 'a difference is not a finite number' };
  const { products, squares } = crossSums(differences, control);
  const without = (d: number, c: number) => clipped((products - d * c) / (squares - c * c + ridge));
  const adjusted = differences.map((d, index) => {
    const c = control[index] ?? 0;
    return d - without(d, c) * c;
  });
  return { kind: 'controlled', differences: adjusted, coefficient: clipped(products / (squares + ridge)) };
}

function crossSums(differences: readonly number[], control: readonly number[]): { readonly products: number; readonly squares: number } {
  let products = 0;
  let squares = 0;
  for (const [index, d] of differences.entries()) {
    const c = control[index] ?? 0;
    products += d * c;
    squares += c * c;
  }
  return { products, squares };
}

function clipped(coefficient: number): number {
  return Math.min(largestCoefficient, Math.max(0, coefficient));
}
