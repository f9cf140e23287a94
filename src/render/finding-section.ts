import type { Findings } from '../judge/findings.ts';
import type { RankingFlip } from '../judge/ranking-flip.ts';
import { modelLabel } from '../model/concurrency-model.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import type { Report } from '../tables/report.ts';
import { causeWords } from './cause.ts';
import { type Block, heading, type Line, paragraph, stacked, strong, table, text } from './document.ts';
import { cellName, labelOf } from './names.ts';
import type { NoteBook } from './notes.ts';
import { figureText, ratioText, ratioWithInterval } from './number.ts';
import { shortened } from './plain-text.ts';
import { warningMarks } from './run-words.ts';

/** The most rows of metrics that moved unjudged; the largest come first. */
const mostUnjudged = 10;

/** The longest name of a use case: a workload of the user's is named by its first sentence. */
const longestName = 80;

const flipNote =
  'Before and now one of the two models was better, each time with the whole 95 % interval of the ratio above 1: such a pair would turn round by chance about once in a thousand. Nothing was measured a second time to confirm it.';

const unjudgedNote =
  'No cell is judged by these metrics. Shown is what got worse by more than half, or by more than double for latency tails and event-loop lag, with its whole 95 % interval; of thread counts, any clear increase.';

/** What differs from the stored runs without a verdict, under one heading; nothing when there is none. */
export function findingBlocks(
  { findings, columns, warnings }: Pick<Report, 'findings' | 'columns' | 'warnings'>,
  notes: NoteBook,
): readonly Block[] {
  if (findings.flips.length + findings.unjudged.length === 0) return [];
  const marks = warningMarks({ warnings }, notes, ['same-run interval']);
  return [
    heading(2, 'Seen beside the verdicts'),
    paragraph(
      text('Against the stored runs, without a second measurement: hints for a reader, which no verdict and no gate rests on.'),
      ...marks,
    ),
    ...flipBlocks(findings, columns, notes),
    ...unjudgedBlocks(findings, columns, notes),
  ];
}

/** Models that changed places since the baseline; nothing when none did. */
export function flipBlocks({ flips }: Pick<Findings, 'flips'>, columns: readonly RuntimeColumn[], notes: NoteBook): readonly Block[] {
  if (flips.length === 0) return [];
  const rows = flips.map((flip) => flipRow(flip, columns));
  return [paragraph(strong('The order of models reversed.'), notes.mark(flipNote)), table(['Use case', 'Before', 'Now'], rows)];
}

function flipRow(flip: RankingFlip, columns: readonly RuntimeColumn[]): readonly Line[] {
  const { useCase, metric, overtaken, overtaking, before, now } = flip;
  return [
    stacked([strong(shortened(useCase, longestName))], [text(`${labelOf(flip, columns)}, by ${metric.label}`)]),
    [text(`${modelLabel(overtaken)} ${ratioWithInterval(before)} ahead of ${modelLabel(overtaking)}`)],
    [strong(modelLabel(overtaking)), text(` ${ratioWithInterval(now)} ahead of ${modelLabel(overtaken)}`)],
  ];
}

/** Metrics that clearly got worse without being judged; nothing when none did. */
export function unjudgedBlocks(
  { unjudged }: Pick<Findings, 'unjudged'>,
  columns: readonly RuntimeColumn[],
  notes: NoteBook,
): readonly Block[] {
  if (unjudged.length === 0) return [];
  const mark = notes.mark(unjudgedNote);
  const rows = unjudged
    .slice(0, mostUnjudged)
    .map(({ cell, metric, base, head, hint }): readonly Line[] => [
      stacked(cellName(cell), [text(labelOf(cell, columns))]),
      stacked([text(`${figureText(base, metric.unit)} → ${figureText(head, metric.unit)}`)], [text(metric.label)]),
      stacked(
        [text(base > 0 ? ratioText(head / base) : 'from none')],
        hint === null ? [] : [text(`hint: ${hint}`), notes.mark(causeWords(hint))],
      ),
    ]);
  const rest = unjudged.length - rows.length;
  return [
    paragraph(strong('Moved without being judged.'), mark),
    table(['Cell', 'Before → now', 'Factor'], rows),
    ...(rest > 0 ? [paragraph(text(`And ${rest} more.`))] : []),
  ];
}
