import type { Block, Document, Inline, Line, Note, Table } from './document.ts';
import { escapeBlockStart, escapeCode, escapeMarkdown, fenceFor } from './markdown-escape.ts';
import { manyLines } from './plain-text.ts';

/** A document as GitHub Flavored Markdown; nothing in its texts can become markup. */
export function markdownOf(document: Document): string {
  return `${document.map(blockMarkdown).join('\n\n')}\n`;
}

/** One row of a table, without a line end. */
export function rowMarkdown(cells: readonly Line[]): string {
  return `| ${cells.map(lineMarkdown).join(' | ')} |`;
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`;
    case 'paragraph':
      return escapeBlockStart(lineMarkdown(block.content));
    case 'list':
      return block.items.map((item) => `- ${escapeBlockStart(lineMarkdown(item))}`).join('\n');
    case 'table':
      return tableMarkdown(block);
    case 'verbatim':
      return verbatimMarkdown(block.text);
    case 'fold':
      return `<details>\n<summary>${escapeMarkdown(block.summary)}</summary>\n\n${block.blocks.map(blockMarkdown).join('\n\n')}\n\n</details>`;
    case 'notes':
      return `### Notes\n\n${block.notes.map(noteMarkdown).join('\n')}`;
  }
}

function tableMarkdown({ columns, rows, cut }: Table): string {
  const head = [`| ${columns.map(escapeMarkdown).join(' | ')} |`, `|${' --- |'.repeat(columns.length)}`];
  const whole = [...head, ...rows.map(rowMarkdown)].join('\n');
  return cut === 0 ? whole : `${whole}\n\n${cutNotice(cut)}`;
}

/** What stands below a table that was cut. */
export function cutNotice(rows: number): string {
  return `${rows} more ${rows === 1 ? 'row is' : 'rows are'} left out here to keep within the size limit; the results file has all of them.`;
}

function verbatimMarkdown(content: string): string {
  const lines = manyLines(content).join('\n');
  const fence = fenceFor(lines);
  return `${fence}text\n${lines}\n${fence}`;
}

/** Numbered by hand: a Markdown list would renumber when a note is cut. */
function noteMarkdown({ number, text }: Note): string {
  return `<sup>${number}</sup> ${escapeMarkdown(text)}<br>`;
}

function lineMarkdown(line: Line): string {
  return line.map(inlineMarkdown).join('');
}

function inlineMarkdown(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeMarkdown(inline.text);
    case 'strong':
      return `<b>${escapeMarkdown(inline.text)}</b>`;
    case 'code':
      return escapeCode(inline.text);
    case 'note':
      return `<sup>${inline.number}</sup>`;
    case 'break':
      return '<br>';
  }
}
