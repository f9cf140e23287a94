import { warningText } from '../model/warning.ts';
import type { ComparedSide, ResultsComparison, RuntimePair } from '../tables/comparison.ts';
import { cellBlocks, differenceBlocks } from './comparison-cells.ts';
import { type Block, type Document, heading, type Line, paragraph, strong, text } from './document.ts';
import { flipBlocks, unjudgedBlocks } from './finding-section.ts';
import { cellName, labelOf } from './names.ts';
import { noteBook } from './notes.ts';
import { shortened } from './plain-text.ts';
import type { MarkdownLayout } from './report.ts';
import { markdownWithin } from './size-limit.ts';
import { type TerminalLayout, terminalOf } from './terminal.ts';
import { uncomparedBlocks } from './uncompared-section.ts';

/** The longest message of a broken process that is quoted. */
const longestMessage = 300;

/** The comparison of two results: what they are, what differs, then every cell in the manner of benchstat. */
export function comparisonDocument(comparison: ResultsComparison): Document {
  const notes = noteBook();
  const columns = comparison.pairs.map(({ head }) => head);
  const marks = comparison.warnings.map((warning) => notes.mark(warningText(warning)));
  return [
    heading(1, 'Two results compared'),
    paragraph(text(`Before: ${sideWords(comparison.base)}. Now: ${sideWords(comparison.head)}.`)),
    ...comparison.pairs.flatMap(pairBlocks),
    ...loneBlocks(comparison),
    ...differenceBlocks(comparison, notes, marks),
    ...flipBlocks(comparison.table, columns, notes),
    ...cellBlocks(comparison, notes),
    ...unjudgedBlocks(comparison.table, columns, notes),
    ...brokenBlocks(comparison),
    ...uncomparedBlocks(comparison.table, columns),
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

/** Cells of the second results that gave no measurement: an error is never a verdict, and never left out. */
function brokenBlocks({ changes, pairs }: ResultsComparison): readonly Block[] {
  const columns = pairs.map(({ head }) => head);
  const items = changes.flatMap((change): readonly Line[] =>
    change.status === 'broken'
      ? [
          [
            ...cellName(change.cell),
            text(` on ${labelOf(change.cell, columns)}: ${change.kind}, ${shortened(change.message, longestMessage)}`),
          ],
        ]
      : [],
  );
  return items.length === 0 ? [] : [paragraph(strong('Broken now:')), { kind: 'list', items }];
}
