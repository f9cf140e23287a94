import { median } from '../stats/quantiles.ts';
import type { Report } from '../tables/report.ts';

/** The outputs of the action that a report gives, by name; counts are of cells, and a share has three digits. */
export function outputsOf(report: Report): Readonly<Record<string, string | number>> {
  const { gate, counts, confirmation } = report;
  const base = confirmation.kind === 'pairs' ? confirmation.summary.base.commit : null;
  const effect = detectableEffect(report);
  const outputs = {
    conclusion: report.partial ? 'failure' : gate.conclusion,
    regressions: counts.regressions,
    improvements: counts.improvements,
    inconclusive: counts.inconclusive,
    broken: counts.broken + counts.refused,
    new: counts.new,
    missing: counts.missing,
    'baseline-commit': report.screen.commits[0] ?? '',
    'base-commit': base ?? '',
    'minimum-detectable-effect': effect === null ? '' : Number(effect.toPrecision(3)),
  };
  return { ...outputs, json: JSON.stringify({ ...outputs, 'not-comparable': counts.notComparable, 'no-change': counts.noChange }) };
}

/** The smallest slowdown that this run could have seen, as a share: the median over the cells that pairs judged; null without pairs. */
export function detectableEffect({ verdicts }: Pick<Report, 'verdicts'>): number | null {
  const effects = verdicts.rows.flatMap(({ verdict }) =>
    'pairs' in verdict && verdict.pairs !== null ? (verdict.pairs.smallestEffect ?? []) : [],
  );
  return effects.length === 0 ? null : median(effects);
}
