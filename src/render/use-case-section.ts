import type { Ranking } from '../judge/ranking.ts';
import { type ConcurrencyModel, modelLabel } from '../model/concurrency-model.ts';
import type { UnmeasuredWorkload, UseCaseCell, UseCaseRow, UseCaseTable } from '../tables/use-cases.ts';
import { resultLine, withoutGilLine } from './claim-section.ts';
import { type Block, code, heading, type Line, paragraph, stacked, strong, table, text } from './document.ts';
import { listed } from './names.ts';
import type { NoteBook } from './notes.ts';
import { figureText, ratioWithInterval } from './number.ts';
import { shortened } from './plain-text.ts';

/** The longest name of a use case: a workload of the user's is named by its first sentence. */
const longestName = 80;

const howToRead =
  'First the best model with its median, then how many times better it is than the runner-up (geometric means, 95 % interval); a tie when the interval reaches 1. Last whether the write-up’s answer holds: the best of the models it names against the best of all others, undecided when a broken model could turn it. run_in_executor is Async IO and threads together and counts on neither side.';

/** The use-case table with the measured best option, the ratio to the runner-up and the write-up's answer. */
export function useCaseBlocks({ columns, rows, unmeasured }: UseCaseTable, notes: NoteBook): readonly Block[] {
  const lines = rows.map((row) => [useCaseLine(row, notes), ...row.cells.map((cell) => cellLine(cell, notes))]);
  const body = lines.length === 0 ? [] : [table(['Use case', ...columns.map(({ label }) => label)], lines)];
  return [heading(2, 'Use cases: the best option'), ...body, ...unmeasuredBlocks(unmeasured, notes)];
}

function unmeasuredBlocks(unmeasured: readonly UnmeasuredWorkload[], notes: NoteBook): readonly Block[] {
  const absent = unmeasured.filter(({ reason }) => reason === null);
  const others = unmeasured.filter(({ reason }) => reason !== null);
  return [
    ...(others.length === 0 ? [] : [paragraph(text('Not measured: '), ...names(others, notes), text('.'))]),
    ...(absent.length === 0 ? [] : [paragraph(text('Not part of this run: '), ...names(absent, notes), text('.'))]),
  ];
}

function names(workloads: readonly UnmeasuredWorkload[], notes: NoteBook): Line {
  return workloads.flatMap(({ workload, reason }, index) => [
    ...(index === 0 ? [] : [text(', ')]),
    code(workload),
    ...(reason === null ? [] : [notes.mark(`Not measured: ${reason}.`)]),
  ]);
}

function useCaseLine({ useCase, workload, says, note, cells }: UseCaseRow, notes: NoteBook): Line {
  const metric = cells.map(({ ranking }) => (ranking.status === 'ranked' ? ranking.metric.label : null)).find((label) => label !== null);
  const by: Line = [code(workload), text(metric === undefined ? '' : ` by ${metric}`)];
  const marks = [notes.mark(howToRead), ...(note === null ? [] : [notes.mark(note)])];
  return stacked([strong(shortened(useCase, longestName)), ...marks], by, says === null ? [] : [text(`write-up: ${says}`)]);
}

function cellLine({ ranking, claim, withoutGil }: UseCaseCell, notes: NoteBook): Line {
  const broken = brokenLine(ranking.broken);
  if (ranking.status === 'not measured') return stacked([text('not measured'), notes.mark(`Not measured: ${ranking.reason}.`)], broken);
  const judged = claim === null ? [] : resultLine(claim, notes);
  return stacked(...rankingLines(ranking, notes), broken, judged, withoutGil && judged.length > 0 ? withoutGilLine : []);
}

function brokenLine(broken: readonly ConcurrencyModel[]): Line {
  if (broken.length === 0) return [];
  return [strong(`${listed(broken.map(modelLabel))} ${broken.length === 1 ? 'is' : 'are'} broken`), text(' and not ranked')];
}

function rankingLines({ standings, lead, metric }: Extract<Ranking, { readonly status: 'ranked' }>, notes: NoteBook): readonly Line[] {
  const [best] = standings;
  const figure = figureText(best.figure, metric.unit);
  switch (lead.kind) {
    case 'alone':
      return [[strong(modelLabel(best.model)), text(` ${figure}`), notes.mark(`No runner-up: ${lead.reason}.`)]];
    case 'tie':
      return [
        [strong(`tie: ${modelLabel(best.model)}, ${modelLabel(lead.runnerUp)}`), text(` ${figure}`)],
        [text(ratioWithInterval(lead.ratio))],
      ];
    case 'clear':
    case 'no interval':
      return [
        [strong(modelLabel(best.model)), text(` ${figure}`)],
        [text(`${ratioWithInterval(lead.ratio)} ahead of ${modelLabel(lead.runnerUp)}`)],
      ];
  }
}
