import { brokenHintOf } from '../judge/hints.ts';
import type { BrokenRow } from '../tables/broken.ts';
import type { RuntimeColumn } from '../tables/columns.ts';
import type { MeasuredRun } from '../tables/measured-run.ts';
import type { RefusedGroup } from '../tables/refused.ts';
import { brokenCauseWords } from './cause.ts';
import { type Block, code, heading, type Line, lineBreak, strong, text } from './document.ts';
import { cellName, cellWords, labelOf } from './names.ts';
import { shortened } from './plain-text.ts';

/** The most lines of output that are shown for one broken cell: its end, where the error is. */
const outputLines = 20;

/** The longest message that is quoted. */
const longestMessage = 300;

/** What is broken and what was refused, each with its message; nothing when all went well. */
export function brokenBlocks({ broken, refused, columns }: Pick<MeasuredRun, 'broken' | 'refused' | 'columns'>): readonly Block[] {
  if (broken.length + refused.length === 0) return [];
  const items = [...refused.map(refusedItem), ...broken.map((row) => brokenItem(row, columns))];
  return [heading(2, 'Broken'), { kind: 'list', items }, ...outputBlocks(broken, columns)];
}

function refusedItem({ workload, phase, reason, runtimes }: RefusedGroup): Line {
  return [code(workload), text(' was refused on '), text(runtimes.join(', ')), text(` (${phase}): ${shortened(reason, longestMessage)}`)];
}

function brokenItem(row: BrokenRow, columns: readonly RuntimeColumn[]): Line {
  return [
    ...cellName(row.cell),
    text(` on ${labelOf(row.cell, columns)}: `),
    strong(row.kind),
    text(whereWords(row)),
    lineBreak,
    text(shortened(row.message, longestMessage)),
    ...hintLine(row),
  ];
}

function whereWords(row: BrokenRow): string {
  if (row.where === 'pair') return ` on the ${row.side} side of a pair`;
  return ` in ${row.broken} of ${row.processes} ${row.processes === 1 ? 'process' : 'processes'}`;
}

function hintLine({ kind, message }: BrokenRow): Line {
  const cause = brokenHintOf(kind, message);
  return cause === null ? [] : [lineBreak, text(brokenCauseWords(cause))];
}

function outputBlocks(broken: readonly BrokenRow[], columns: readonly RuntimeColumn[]): readonly Block[] {
  const talkative = broken.filter(({ output }) => output.trim() !== '');
  if (talkative.length === 0) return [];
  const blocks = talkative.flatMap(({ cell, output }): readonly Block[] => [
    heading(3, `${cellWords(cell)} on ${labelOf(cell, columns)}`),
    { kind: 'verbatim', text: lastLines(output) },
  ]);
  return [{ kind: 'fold', summary: 'What broken processes printed', blocks }];
}

function lastLines(output: string): string {
  return output
    .trimEnd()
    .split(/\r\n|\r|\n/)
    .slice(-outputLines)
    .join('\n');
}
