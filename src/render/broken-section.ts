import type { BrokenCell } from '../judge/cell-index.ts';
import { brokenHintOf } from '../judge/hints.ts';
import type { RefusedGroup, Report } from '../tables/report.ts';
import { brokenCauseWords } from './cause.ts';
import { type Block, code, heading, type Line, lineBreak, strong, text } from './document.ts';
import { cellName, cellWords } from './names.ts';
import { shortened } from './plain-text.ts';

/** The most lines of output that are shown for one broken cell: its end, where the error is. */
const outputLines = 20;

/** The longest message that is quoted. */
const longestMessage = 300;

/** What is broken and what was refused, each with its message; nothing when all went well. */
export function brokenBlocks({ broken, refused, columns }: Report): readonly Block[] {
  if (broken.length + refused.length === 0) return [];
  const labels = new Map(columns.map(({ runtime, label }) => [runtime.id, label]));
  const items = [...refused.map(refusedItem), ...broken.map((cell) => brokenItem(cell, labels))];
  return [heading(2, 'Broken'), { kind: 'list', items }, ...outputBlocks(broken, labels)];
}

function refusedItem({ workload, phase, reason, runtimes }: RefusedGroup): Line {
  return [code(workload), text(' was refused on '), text(runtimes.join(', ')), text(` (${phase}): ${shortened(reason, longestMessage)}`)];
}

function brokenItem(cell: BrokenCell, labels: ReadonlyMap<string, string>): Line {
  const share = `${cell.broken} of ${cell.processes} ${cell.processes === 1 ? 'process' : 'processes'}`;
  const where = labels.get(cell.cell.runtime) ?? cell.cell.runtime;
  return [
    ...cellName(cell.cell),
    text(` on ${where}: `),
    strong(cell.kind),
    text(` in ${share}`),
    lineBreak,
    text(shortened(cell.message, longestMessage)),
    ...hintLine(cell),
  ];
}

function hintLine({ kind, message }: BrokenCell): Line {
  const cause = brokenHintOf(kind, message);
  return cause === null ? [] : [lineBreak, text(brokenCauseWords(cause))];
}

function outputBlocks(broken: readonly BrokenCell[], labels: ReadonlyMap<string, string>): readonly Block[] {
  const talkative = broken.filter(({ output }) => output.trim() !== '');
  if (talkative.length === 0) return [];
  const blocks = talkative.flatMap(({ cell, output }): readonly Block[] => [
    heading(3, `${cellWords(cell)} on ${labels.get(cell.runtime) ?? cell.runtime}`),
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
