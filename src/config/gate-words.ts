import { z } from 'zod';
import { UserError } from '../model/user-error.ts';
import { type GateWord, gateWords } from '../model/verdict.ts';
import { itemsOf } from './list.ts';

const known = `choose from ${gateWords.join(', ')}, or none`;

/** What the gate fails or warns on, without repeats; empty for `none`. */
export const gateWordList = z
  .preprocess(itemsOf, z.array(z.string(), `is not a list of words; ${known}`).min(1, `holds no word; ${known}`))
  .transform((given, context): readonly GateWord[] => {
    const words = [...new Set(given)];
    const unknown = words.filter((word) => word !== 'none' && !isGateWord(word));
    if (unknown.length > 0) context.addIssue(`"${unknown.join('", "')}" is no word of the gate; ${known}`);
    else if (words.includes('none') && words.length > 1) context.addIssue('"none" stands alone, and other words are given with it');
    return words.filter(isGateWord);
  });

/**
 * The words that a comparison of two trees fails on: it looks at no stored run and has no shards, so that those words are left out.
 *
 * @throws UserError when nothing else was asked for: the gate would let everything pass unasked
 */
export function pairFailOn(words: readonly GateWord[]): readonly GateWord[] {
  const possible = words.filter(isOfPairs);
  if (possible.length > 0 || words.length === 0) return possible;
  throw new UserError(
    `Only "${words.join(', ')}" is to fail a comparison of two trees, which looks at no stored run and has no shards.`,
    `Set "fail-on" to ${gateWords.filter(isOfPairs).join(', ')}, or none; nothing was measured.`,
  );
}

function isOfPairs(word: GateWord): boolean {
  return word !== 'missing-baseline' && word !== 'missing-shard';
}

function isGateWord(text: string): text is GateWord {
  return (gateWords as readonly string[]).includes(text);
}
