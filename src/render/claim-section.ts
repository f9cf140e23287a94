import type { Figure } from '../judge/claims.ts';
import type { ClaimResult, Effect } from '../model/claim.ts';
import { modelLabel } from '../model/concurrency-model.ts';
import type { ClaimCell, ClaimTable, ClaimTablePart, ClaimTableRow } from '../tables/claim-table.ts';
import { type Block, heading, type Line, paragraph, stacked, strong, table, text } from './document.ts';
import { listed } from './names.ts';
import type { NoteBook } from './notes.ts';
import { differenceText, figureText, ratioWithInterval } from './number.ts';

/**
 * A table of the write-up with today's figures and whether each row holds, one column per Python; one sentence where it has no
 * figure. What no Python measured is told below the table, not in rows of nothing.
 */
export function claimBlocks(title: string, claims: ClaimTable, notes: NoteBook): readonly Block[] {
  if (claims.unmeasured !== null) return [heading(2, title), paragraph(text(`Not measured: ${claims.unmeasured}.`))];
  return [heading(2, title), ...tableBlocks(claims, notes)];
}

/** The write-up's advice, folded: how many of its sentences hold stands in the summary. */
export function adviceBlocks(advice: ClaimTable, notes: NoteBook): readonly Block[] {
  if (advice.unmeasured !== null) return [paragraph(strong('Advice of the write-up.'), text(` Not measured: ${advice.unmeasured}.`))];
  return [{ kind: 'fold', summary: `Advice of the write-up: ${tally(advice)}`, blocks: tableBlocks(advice, notes) }];
}

function tableBlocks(claims: ClaimTable, notes: NoteBook): readonly Block[] {
  return [claimLines(claims, notes), ...missingBlocks(claims)];
}

function claimLines({ columns, rows }: ClaimTable, notes: NoteBook): Block {
  const lines = rows.flatMap((row) => rowLines(row, columns.length, notes));
  return table(['The write-up says', ...columns.map(({ label }) => label)], lines);
}

/** "31 of 40 figures bear it out, 4 do not, 5 are undecided or not measured". */
function tally({ rows }: ClaimTable): string {
  const statuses = rows.flatMap(({ parts }) => parts.flatMap(({ cells }) => cells.map(({ result }) => result.status)));
  const count = (status: ClaimResult['status']) => statuses.filter((each) => each === status).length;
  const open = count('undecided') + count('not measured');
  return `${count('holds')} of ${statuses.length} comparisons bear it out, ${count('does not hold')} do not, ${open} are open`;
}

/** What is added where the write-up gives the GIL as the reason and there is none. */
export const withoutGilLine: Line = [text('judged without a GIL')];

/** The result of a claim in one line, the reason of what is not decided as a note. */
export function resultLine(result: ClaimResult, notes: NoteBook): Line {
  switch (result.status) {
    case 'holds':
    case 'does not hold':
      return [strong(result.status), text(` ${effectText(result.effect)}`)];
    case 'undecided':
      return [strong('undecided'), text(` ${effectText(result.effect)}`), notes.mark(`Undecided: ${result.reason}.`)];
    case 'not measured':
      return [text('not measured'), notes.mark(`Not measured: ${result.reason}.`)];
  }
}

function rowLines(row: ClaimTableRow, columns: number, notes: NoteBook): readonly (readonly Line[])[] {
  if (row.unmeasurable !== null) {
    const mark = notes.mark(`Not measured: ${row.unmeasurable}.`);
    return [[featureLine(row, null, notes), ...Array.from({ length: columns }, (): Line => [text('not measured'), mark])]];
  }
  return row.parts
    .filter(isMeasured)
    .map((part, index) => [
      featureLine(index === 0 ? row : { feature: row.feature, says: null }, part, notes),
      ...part.cells.map((cell) => claimLine(cell, notes)),
    ]);
}

function isMeasured({ cells }: ClaimTablePart): boolean {
  return cells.some(({ result }) => result.status !== 'not measured');
}

/** "Not measured: Threading model, because the workload fan_out is not part of this run." Nothing when every row is in the table. */
function missingBlocks({ rows }: ClaimTable): readonly Block[] {
  const missing = rows.flatMap(({ feature, parts }) =>
    parts.filter((part) => !isMeasured(part)).map(({ cells }) => ({ feature, reason: reasonOf(cells[0]?.result) })),
  );
  const groups = [...Map.groupBy(missing, ({ reason }) => reason)].map(([reason, parts]) => {
    const features = [...new Set(parts.map(({ feature }) => feature))];
    return `${listed(features)}, because ${reason}.`;
  });
  const [first, ...others] = groups;
  if (first === undefined) return [];
  if (others.length === 0) return [paragraph(text(`Not measured: ${first}`))];
  return [paragraph(text('Not measured:')), { kind: 'list', items: groups.map((group) => [text(group)]) }];
}

function reasonOf(result: ClaimResult | undefined): string {
  return result?.status === 'not measured' ? result.reason : 'there is no Python to measure on';
}

function featureLine(row: { readonly feature: string; readonly says: string | null }, part: ClaimTablePart | null, notes: NoteBook): Line {
  const says: Line = row.says === null ? [] : [text(row.says)];
  if (part === null) return stacked([strong(row.feature)], says);
  const measured: Line = [text(part.measured), ...(part.note === null ? [] : [notes.mark(part.note)])];
  return stacked([strong(row.feature)], says, measured);
}

function claimLine({ figures, result, withoutGil }: ClaimCell, notes: NoteBook): Line {
  const measured = figures.filter((figure) => figure.status === 'measured');
  const named = new Set(figures.map(({ quantity }) => quantity.workload)).size > 1;
  const words: Line = measured.length === 0 ? [] : [text(measured.map((figure) => figureWords(figure, named)).join(', '))];
  return stacked(resultLine(result, notes), words, withoutGil && result.status !== 'not measured' ? withoutGilLine : []);
}

/** Figures are told apart by their models, those of two workloads by the workloads too. */
function figureWords(figure: Extract<Figure, { readonly status: 'measured' }>, withWorkload: boolean): string {
  const { quantity, value, metric, basis } = figure;
  const name = withWorkload ? `${quantity.workload} ${modelLabel(quantity.model)}` : modelLabel(quantity.model);
  return `${name} ${figureText(value, metric.unit)}${basis === 'slope' ? ' (slope)' : ''}`;
}

function effectText(effect: Effect): string {
  if (effect.kind === 'ratio') return ratioWithInterval(effect);
  const { value, unit, bounds } = effect;
  if (bounds.kind === 'none') return differenceText(value, unit);
  return `${differenceText(value, unit)} (${differenceText(bounds.low, unit)} to ${differenceText(bounds.high, unit)})`;
}
