import { z } from 'zod';
import { UserError } from '../model/user-error.ts';

/** A share from "10%", "10 %" or "0.1". */
const share = z.preprocess(
  (given) => (typeof given === 'string' ? shareOf(given) : given),
  z.number('is not a share such as 10% or 0.1').min(0, 'must be 0% or more').lt(1, 'must be below 100%; write 10% or 0.1'),
);

const items = (given: unknown) => (typeof given === 'string' ? given.split(/[\s,]+/).filter((item) => item !== '') : given);

const schema = z.strictObject({
  'confirm-pairs': z.preprocess(items, z.array(z.coerce.number('is a list of numbers of pairs, such as 10,20,40'))).default([10, 20, 40]),
  target: share.default(0.1),
  margin: share.default(0.05),
  alpha: share.default(0.01),
  'fail-on': z
    .preprocess(items, z.array(z.enum(['regression', 'broken', 'none'], 'only "regression", "broken" and "none" can be named')))
    .default(['regression', 'broken']),
});

/** What a comparison by pairs is judged by. Shares, not percent. */
export interface PairOptions {
  /** Numbers of pairs after which to look. */
  readonly looks: readonly number[];
  readonly target: number;
  readonly margin: number;
  readonly alpha: number;
  /** Empty: nothing fails. */
  readonly failOn: readonly ('regression' | 'broken')[];
}

/**
 * Reads the flags that only `pairs` has.
 *
 * @param flags by name, as text
 * @param nothingFails whether the other options say that nothing fails; `fail-on` among the flags wins
 * @throws UserError that names the flag and what would be accepted
 */
export function readPairOptions(flags: Readonly<Record<string, string>>, nothingFails: boolean): PairOptions {
  const read = schema.safeParse(flags);
  if (!read.success) {
    const [issue] = read.error.issues;
    const name = String(issue?.path[0] ?? 'options');
    throw new UserError(`flag "${name}": ${issue?.message ?? 'is not valid'}.`, `Correct "${name}"; nothing was measured.`);
  }
  const { 'confirm-pairs': looks, target, margin, alpha, 'fail-on': words } = read.data;
  const none = words.includes('none') || (nothingFails && flags['fail-on'] === undefined);
  return { looks, target, margin, alpha, failOn: none ? [] : words.filter((word) => word !== 'none') };
}

function shareOf(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(text);
  if (match === null) return Number.NaN;
  return match[2] === '%' ? Number(match[1]) / 100 : Number(match[1]);
}
