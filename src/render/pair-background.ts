import type { PairReport } from '../judge/pair-report.ts';
import type { PairEvidence } from '../judge/pair-verdict.ts';
import { warningText } from '../model/warning.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import { leftOutGroups } from '../tables/left-out.ts';
import { type Block, heading, paragraph, text } from './document.ts';
import { counted } from './names.ts';
import { controlSentences, effectSentences, falseFlagSentence, figureSentences, interpreterSentences } from './pair-sentences.ts';

/** How it was measured: what the run could see, the chance of a false flag, the machine's own drift, and the seed. */
export function pairBackgroundBlocks(report: PairReport, columns: readonly RuntimeColumn[]): readonly Block[] {
  const { rows, design, threshold, calibration, warnings, seconds, seed } = report;
  const evidence = evidenceIn(rows);
  const sentences = [
    ...endSentences(report),
    ...effectSentences(evidence),
    ...figureSentences(evidence),
    ...(rows.length === 0 ? [] : [falseFlagSentence({ design, threshold, scope: `among ${counted(rows.length, 'cell')}` })]),
    ...controlSentences(evidence),
    ...interpreterSentences(calibration, columns),
    ...leftOutSentences(report, columns),
    ...warnings.map(warningText),
    `Base and head ran one right after the other, in random order, for ${Math.round(seconds)} s in all. Seed ${seed}.`,
  ];
  return [heading(2, 'How it was measured'), ...sentences.map((sentence) => paragraph(text(sentence)))];
}

function evidenceIn(rows: PairReport['rows']): readonly PairEvidence[] {
  return rows.flatMap(({ verdict }) => ('evidence' in verdict && verdict.evidence !== null ? [verdict.evidence] : []));
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

function leftOutSentences({ leftOut }: PairReport, columns: readonly RuntimeColumn[]): readonly string[] {
  if (leftOut.length === 0) return [];
  const groups = leftOutGroups(leftOut, columns).map(({ reason, cells }) => `${counted(cells, 'cell')}, ${reason}`);
  return [`Left out on both sides: ${groups.join('; ')}.`];
}
