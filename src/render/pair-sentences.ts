import type { CalibrationRow } from '../judge/calibration-row.ts';
import { type ConfirmDesign, fewestToReject } from '../judge/confirm-design.ts';
import type { PairEvidence } from '../judge/pair-verdict.ts';
import type { Threshold } from '../judge/threshold.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import { counted, labelOf, listed } from './names.ts';
import { changeIntervalText, percentText, shareText } from './number.ts';

/** What so many pairs could have seen, from the quietest cell to the noisiest; nothing where no cell was tested. */
export function effectSentences(evidence: readonly PairEvidence[]): readonly string[] {
  const effects = evidence.flatMap(({ smallestEffect }) => (smallestEffect === null ? [] : [smallestEffect]));
  if (effects.length === 0) return [];
  const [least, most] = [Math.min(...effects), Math.max(...effects)].map((effect) => percentText(1 + effect));
  const span = least === most ? least : `${least} (quietest cell) to ${most} (noisiest)`;
  return [`Smallest slowdown that so many pairs would have flagged nine times of ten: ${span}.`];
}

/** What base, head and change are; nothing where there are none. */
export function figureSentences(evidence: readonly PairEvidence[]): readonly string[] {
  if (evidence.length === 0) return [];
  return [
    'Base and head are medians over processes; the change is the trimmed mean of the pairs, and need not be their quotient where noise is large.',
  ];
}

/** What a confirmation was designed to do. */
export interface FlagRules {
  readonly design: ConfirmDesign;
  readonly threshold: Threshold;
  /** What the error probability is for: "among 8 cells", "in this pull request". */
  readonly scope: string;
}

/** When pairs were looked at, how likely a false flag is, and how large a change must be. */
export function falseFlagSentence({ design, threshold, scope }: FlagRules): string {
  const looks = listed(design.looks.map(String));
  const size = `Flagged is a change of ${shareText(threshold.margin)} or more; a slowdown not to be missed is ${shareText(threshold.target)}.`;
  return `Looked at after ${looks} pairs, flagged from ${fewestToReject} on. Chance of any false flag ${scope}: ${shareText(design.alpha)} at most. ${size}`;
}

/** In how many cells the calibration loop explained noise, and why not in the others. */
export function controlSentences(evidence: readonly PairEvidence[]): readonly string[] {
  const controls = evidence.map(({ control }) => control);
  const coefficients = controls.flatMap((control) => (control.kind === 'on' ? [control.coefficient] : []));
  const reasons = [...new Set(controls.flatMap((control) => (control.kind === 'off' ? [control.reason] : [])))];
  const [least, most] = [Math.min(...coefficients).toFixed(2), Math.max(...coefficients).toFixed(2)];
  const span = least === most ? `coefficient ${least}` : `coefficients ${least} to ${most}`;
  const on =
    coefficients.length === 0
      ? []
      : [`Noise that the calibration loop explains was taken out of ${counted(coefficients.length, 'cell')}; ${span}.`];
  const moved = controls.filter((control) => control.kind === 'on' && control.loop === 'moved').length;
  const own =
    moved === 0
      ? []
      : [
          `In ${counted(moved, 'cell')} the loop itself ran at another speed on one side; there it cleared nothing by itself, since what slows it may be the change.`,
        ];
  return [...on, ...own, ...reasons.map((reason) => `The calibration loop took no part where ${reason}.`)];
}

/** How the calibration loop, which stands for the interpreter and the machine, moved itself on each runtime. */
export function interpreterSentences(rows: readonly CalibrationRow[], columns: readonly RuntimeColumn[]): readonly string[] {
  return rows.map(({ runtime, ratio, pairs }) => {
    const interval = changeIntervalText(ratio.bounds);
    const span = interval === null ? '' : ` (${interval})`;
    const where = labelOf({ runtime: runtime.id }, columns);
    return `The calibration loop itself on ${where}: ${percentText(ratio.value)}${span} over ${counted(pairs, 'pair')}; shown, never judged.`;
  });
}
