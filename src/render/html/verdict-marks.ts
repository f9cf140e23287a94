import type { VerdictWord } from '../../tables/verdicts.ts';

/** Every word, in the order in which they ask for a look. */
export const verdictWords: readonly VerdictWord[] = [
  ...(['regression', 'improvement', 'broken', 'inconclusive'] as const),
  ...(['missing', 'not comparable', 'new', 'no change'] as const),
];

/** The mark that stands beside a word wherever it is shown: colours alone tell nobody everything. */
export const verdictMarks: Readonly<Record<VerdictWord, string>> = {
  regression: '▲',
  improvement: '▼',
  broken: '✕',
  inconclusive: '?',
  missing: '∅',
  'not comparable': '≠',
  new: '+',
  'no change': '=',
};
