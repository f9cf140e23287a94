import type { CellVerdict } from '../judge/cell-verdict.ts';
import { median } from '../stats/quantiles.ts';
import type { Report } from '../tables/report.ts';

/** The outputs of the action that a report gives, by name; counts are of cells. */
export function outputsOf(report: Report): Readonly<Record<string, string | number>> {
  const { gate, counts, confirmation } = report;
  const base = confirmation.kind === 'pairs' ? confirmation.summary.base.commit : null;
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
    'minimum-detectable-effect': detectableEffect(report.verdicts.rows.map(({ verdict }) => verdict)),
  };
  return { ...outputs, json: JSON.stringify({ ...outputs, 'not-comparable': counts.notComparable, 'no-change': counts.noChange }) };
}

/** The median over the cells that pairs judged, as a share with three digits; empty without pairs. */
function detectableEffect(verdicts: readonly CellVerdict[]): string | number {
  const effects = verdicts.flatMap((verdict) => ('pairs' in verdict && verdict.pairs !== null ? (verdict.pairs.smallestEffect ?? []) : []));
  return effects.length === 0 ? '' : Number(median(effects).toPrecision(3));
}
