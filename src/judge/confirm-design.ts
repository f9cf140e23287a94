import { UserError } from '../model/user-error.ts';

/** How a confirmation spends its error probability and its pairs; fixed before any pair is measured. */
export interface ConfirmDesign {
  /** Chance of any false flag in one pull request, both directions together, in (0, 1). */
  readonly alpha: number;
  /** Numbers of pairs after which to look, ascending. */
  readonly looks: readonly number[];
  /**
   * Fewest comparisons that a flag must survive. A shard does not know how many suspects the others have; it stops measuring
   * a cell only when the flag will stand whatever they find. Left out: the suspects themselves.
   */
  readonly comparisons?: number;
}

/** 1 % for a whole pull request; looks after 10, 20 and 40 pairs. */
export const defaultDesign: ConfirmDesign = { alpha: 0.01, looks: [10, 20, 40] };

/** Fewest pairs that may flag anything: with fewer, Student's tail at five degrees of freedom is too rough for alpha / 100. */
export const fewestToReject = 20;

/** Level of the one-sided bounds by which a suspect is cleared. */
export const clearingLevel = 0.99;

/**
 * The level of one direction at one look: alpha / 2 shared over the looks that may reject (a union bound, so that the
 * looks may depend on one another as they do).
 */
export function lookLevel({ alpha, looks }: ConfirmDesign): number {
  return alpha / 2 / looks.filter((pairs) => pairs >= fewestToReject).length;
}

/**
 * Gives a design back when it can flag something.
 *
 * @throws UserError when alpha is no share, looks do not ascend, or none of them reaches `fewestToReject`
 */
export function checkDesign(design: ConfirmDesign): ConfirmDesign {
  const { alpha, looks } = design;
  if (!(alpha > 0 && alpha < 1))
    throw new UserError(`alpha is ${alpha}.`, 'Give a share between 0 and 1: 0.01 is one false alarm in 100 pull requests.');
  const ascending = looks.every((pairs, index) => Number.isInteger(pairs) && pairs > (looks[index - 1] ?? 1));
  if (ascending && (looks.at(-1) ?? 0) >= fewestToReject) return design;
  throw new UserError(
    `The looks of the confirmation are ${looks.join(', ')} pairs.`,
    `Give whole numbers from 2 up, ascending, the last at least ${fewestToReject}: fewer pairs flag nothing.`,
  );
}
