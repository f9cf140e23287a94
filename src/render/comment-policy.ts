import type { Report } from '../tables/report.ts';

/** When a pull request gets a comment. */
export type CommentPolicy = 'always' | 'changes' | 'regressions' | 'off';

/**
 * Whether to write the comment. One that is there is always brought up to date, unless comments are off: it would go on
 * saying what is no longer so.
 */
export function commentWanted(policy: CommentPolicy, report: Report, { exists }: { readonly exists: boolean }): boolean {
  switch (policy) {
    case 'off':
      return false;
    case 'always':
      return true;
    case 'changes':
      return exists || isBad(report) || hasChanges(report);
    case 'regressions':
      return exists || isBad(report);
  }
}

/** A regression, whatever the gate makes of it, or a run that does not pass. */
function isBad({ gate, partial, counts }: Report): boolean {
  return gate.conclusion === 'failure' || partial || counts.regressions > 0;
}

/** Whether anything is not as it was: a cell, a workload or the order of the models; or the gate has something to warn of. */
function hasChanges({ gate, counts, verdicts }: Report): boolean {
  const { improvements, broken, refused, missing, notComparable, flips } = counts;
  return improvements + broken + refused + missing + notComparable + counts.new + flips + verdicts.suspected + gate.warnings.length > 0;
}
