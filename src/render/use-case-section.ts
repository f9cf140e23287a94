import type { Ranking } from '../judge/ranking.ts';
import { modelLabel } from '../model/concurrency-model.ts';
import type { UseCaseCell, UseCaseRow, UseCaseTable } from '../tables/use-cases.ts';
import { resultLine, withoutGilLine } from './claim-section.ts';
import { type Block, code, heading, type Line, stacked, strong, table, text } from './document.ts';
import type { NoteBook } from './notes.ts';
import { figureText, ratioWithInterval } from './number.ts';
import { shortened } from './plain-text.ts';

/** The longest name of a use case: a workload of the user's is named by its first sentence. */
const longestName = 80;

const howToRead =
  'First the best model by its median, then how many times better it is than the runner-up, with the 95 % interval; a tie when that interval reaches 1. Last whether the write-up’s answer holds: the best of the models it names against the best of all others. run_in_executor is Async IO and threads together and counts on neither side.';

/** The use-case table with the measured best option, the ratio to the runner-up and the write-up's answer. */
export function useCaseBlocks({ columns, rows }: UseCaseTable, notes: NoteBook): readonly Block[] {
  const lines = rows.map((row) => [useCaseLine(row, notes), ...row.cells.map((cell) => cellLine(cell, notes))]);
  return [heading(2, 'Use cases: the best option'), table(['Use case', ...columns.map(({ label }) => label)], lines)];
}

function useCaseLine({ useCase, workload, says, note, cells }: UseCaseRow, notes: NoteBook): Line {
  const metric = cells.map(({ ranking }) => (ranking.status === 'ranked' ? ranking.metric.label : null)).find((label) => label !== null);
  const by: Line = [code(workload), text(metric === undefined ? '' : ` by ${metric}`)];
  const marks = [notes.mark(howToRead), ...(note === null ? [] : [notes.mark(note)])];
  return stacked([strong(shortened(useCase, longestName)), ...marks], by, says === null ? [] : [text(`write-up: ${says}`)]);
}

function cellLine({ ranking, claim, withoutGil }: UseCaseCell, notes: NoteBook): Line {
  if (ranking.status === 'not measured') return [text('not measured'), notes.mark(`Not measured: ${ranking.reason}.`)];
  const judged = claim === null ? [] : resultLine(claim, notes);
  return stacked(...rankingLines(ranking, notes), judged, withoutGil && judged.length > 0 ? withoutGilLine : []);
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
