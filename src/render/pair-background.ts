import { fewestToReject } from '../judge/confirm-design.ts';
import type { JudgedSuspect, PairReport } from '../judge/pair-report.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import { leftOutGroups } from '../tables/left-out.ts';
import { type Block, heading, paragraph, text } from './document.ts';
import { counted, listed } from './names.ts';
import { changeIntervalText, percentText } from './number.ts';

/** How it was measured: what the run could see, the chance of a false flag, the machine's own drift, and the seed. */
export function pairBackgroundBlocks(report: PairReport, columns: readonly RuntimeColumn[]): readonly Block[] {
  const sentences = [
    ...endSentences(report),
    ...effectSentences(report.rows),
    ...figureSentences(report.rows),
    ...falseFlagSentences(report),
    ...controlSentences(report.rows),
    ...calibrationSentences(report, columns),
    ...leftOutSentences(report, columns),
    `Base and head ran one right after the other, in random order, for ${Math.round(report.seconds)} s in all. Seed ${report.seed}.`,
  ];
  return [heading(2, 'How it was measured'), ...sentences.map((sentence) => paragraph(text(sentence)))];
}

function endSentences({ rows, endedBy, budgetSeconds, design }: PairReport): readonly string[] {
  if (endedBy === 'interrupt') return ['The run was interrupted: what was open is inconclusive.'];
  const firstLook = design.looks[0] ?? 0;
  const left = rows.filter(
    ({ verdict }) => verdict.verdict === 'inconclusive' && verdict.evidence === null && verdict.pairs < firstLook,
  ).length;
  if (endedBy !== 'budget' && left === 0) return [];
  const what = left === 0 ? 'what was open is inconclusive' : `${counted(left, 'cell')} got fewer pairs than the first look asks for`;
  return [
    `The time budget of ${budgetSeconds} s ended the measuring: ${what}. Raise --time-budget, or choose fewer --workloads or --models.`,
  ];
}

function effectSentences(rows: readonly JudgedSuspect[]): readonly string[] {
  const effects = rows.flatMap(({ verdict }) =>
    'evidence' in verdict && verdict.evidence !== null && verdict.evidence.smallestEffect !== null ? [verdict.evidence.smallestEffect] : [],
  );
  if (effects.length === 0) return [];
  const [least, most] = [Math.min(...effects), Math.max(...effects)].map((effect) => percentText(1 + effect));
  const span = least === most ? least : `${least} (quietest cell) to ${most} (noisiest)`;
  return [`Smallest slowdown that so many pairs would have flagged nine times of ten: ${span}.`];
}

function figureSentences(rows: readonly JudgedSuspect[]): readonly string[] {
  if (!rows.some(({ verdict }) => 'evidence' in verdict && verdict.evidence !== null)) return [];
  return [
    'Base and head are medians over processes; the change is the trimmed mean of the pairs, and need not be their quotient where noise is large.',
  ];
}

function falseFlagSentences({ rows, design, threshold }: PairReport): readonly string[] {
  if (rows.length === 0) return [];
  const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;
  const looks = listed(design.looks.map(String));
  return [
    `Looked at after ${looks} pairs, flagged from ${fewestToReject} on. Chance of any false flag among ${counted(rows.length, 'cell')}: ${percent(design.alpha)} at most. Flagged is a change of ${percent(threshold.margin)} or more; a slowdown not to be missed is ${percent(threshold.target)}.`,
  ];
}

function controlSentences(rows: readonly JudgedSuspect[]): readonly string[] {
  const controls = rows.flatMap(({ verdict }) => ('evidence' in verdict && verdict.evidence !== null ? [verdict.evidence.control] : []));
  const coefficients = controls.flatMap((control) => (control.kind === 'on' ? [control.coefficient] : []));
  const reasons = [...new Set(controls.flatMap((control) => (control.kind === 'off' ? [control.reason] : [])))];
  const on =
    coefficients.length === 0
      ? []
      : [
          `Noise that the calibration loop explains was taken out of ${counted(coefficients.length, 'cell')}; coefficients ${Math.min(...coefficients).toFixed(2)} to ${Math.max(...coefficients).toFixed(2)}.`,
        ];
  return [...on, ...reasons.map((reason) => `The calibration loop took no part where ${reason}.`)];
}

function calibrationSentences({ calibration }: PairReport, columns: readonly RuntimeColumn[]): readonly string[] {
  return calibration.map(({ runtime, ratio, pairs }) => {
    const label = columns.find((column) => column.runtime.id === runtime.id)?.label ?? runtime.python;
    const interval = changeIntervalText(ratio.bounds);
    const span = interval === null ? '' : ` (${interval})`;
    return `The calibration loop itself on ${label}: ${percentText(ratio.value)}${span} over ${counted(pairs, 'pair')}; shown, never judged.`;
  });
}

function leftOutSentences({ leftOut }: PairReport, columns: readonly RuntimeColumn[]): readonly string[] {
  if (leftOut.length === 0) return [];
  const groups = leftOutGroups(leftOut, columns).map(({ reason, cells }) => `${counted(cells, 'cell')}, ${reason}`);
  return [`Left out on both sides: ${groups.join('; ')}.`];
}
