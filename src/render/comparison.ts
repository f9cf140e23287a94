import { warningText } from '../model/warning.ts';
import type { ComparedSide, ResultsComparison, RuntimePair } from '../tables/comparison.ts';
import { changeWords, comparisonBlocks, uncomparedBlocks } from './change-section.ts';
import { type Block, type Document, heading, type Line, paragraph, strong, table, text } from './document.ts';
import { flipBlocks, unjudgedBlocks } from './finding-section.ts';
import { cellName, counted } from './names.ts';
import { noteBook } from './notes.ts';
import { figureText } from './number.ts';
import type { MarkdownLayout } from './report.ts';
import { markdownWithin } from './size-limit.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';

/** The comparison of two results: what they are, what differs, then every cell with its ratio and interval. */
export function comparisonDocument(comparison: ResultsComparison): Document {
  const notes = noteBook();
  const columns = comparison.pairs.map(({ head }) => head);
  const marks = comparison.warnings.map((warning) => notes.mark(warningText(warning)));
  return [
    heading(1, 'Two results compared'),
    paragraph(text(`Before: ${sideWords(comparison.base)}. Now: ${sideWords(comparison.head)}.`)),
    ...comparison.pairs.flatMap(pairBlocks),
    ...loneBlocks(comparison),
    ...flipBlocks(comparison.table, columns, notes),
    ...comparisonBlocks(comparison.table, columns, { notes, marks }),
    ...unjudgedBlocks(comparison.table, columns, notes),
    ...uncomparedBlocks(comparison.table, columns),
    ...cellBlocks(comparison),
    ...notes.blocks(),
  ];
}

/** The comparison as GitHub Flavored Markdown, within the limit. */
export function renderComparisonMarkdown(comparison: ResultsComparison, { limit = Number.POSITIVE_INFINITY }: MarkdownLayout): string {
  return markdownWithin(comparisonDocument(comparison), limit);
}

/** The comparison as text for a terminal. */
export function renderComparisonTerminal(comparison: ResultsComparison, layout: TerminalLayout): string {
  return terminalOf(comparisonDocument(comparison), layout);
}

function sideWords({ created, commit, runId, partial }: ComparedSide): string {
  const source = commit === null ? `run ${runId}` : `commit ${commit.slice(0, 12)}, run ${runId}`;
  return partial ? `${source}, ${created}, interrupted` : `${source}, ${created}`;
}

function pairBlocks({ base, head, differences }: RuntimePair): readonly Block[] {
  if (differences.length === 0) return [];
  const words = ` ${base.label} is compared with ${head.label}, and they differ: ${differences.join(', ')}. A difference may be the interpreter’s or a package’s.`;
  return [paragraph(strong('Not the same runtime.'), text(words))];
}

function loneBlocks({ onlyBase, onlyHead }: ResultsComparison): readonly Block[] {
  const sides = [
    ['Only before', onlyBase],
    ['Only now', onlyHead],
  ] as const;
  return sides.flatMap(([side, labels]) =>
    labels.length === 0 ? [] : [paragraph(strong(`${side}:`), text(` Python ${labels.join(', ')}.`))],
  );
}

function cellBlocks({ changes, pairs }: ResultsComparison): readonly Block[] {
  const labels = new Map(pairs.map(({ head }) => [head.runtime.id, head.label]));
  const compared = changes.filter((change) => change.status === 'compared');
  if (compared.length === 0) return [];
  const rows = compared.map((change): readonly Line[] => {
    const { cell, metric, base, head } = change;
    return [
      cellName(cell),
      [text(labels.get(cell.runtime) ?? cell.runtime)],
      [text(`${figureText(base, metric.unit)} → ${figureText(head, metric.unit)}`)],
      [text(changeWords(change))],
    ];
  });
  return [heading(2, `All ${counted(compared.length, 'compared cell')}`), table(['Cell', 'Python', 'Before → now', 'Change'], rows)];
}
