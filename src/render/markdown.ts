import type { Block, Document, Inline, Line, Note, Table } from './document.ts';
import { escapeAddress, escapeBlockStart, escapeCode, escapeMarkdown, fenceFor } from './markdown-escape.ts';
import { manyLines } from './plain-text.ts';

/** A document as GitHub Flavored Markdown; nothing in its texts can become markup. */
export function markdownOf(document: Document): string {
  return `${document.map(blockMarkdown).join('\n\n')}\n`;
}

/** One row of a table, without a line end. */
function rowMarkdown(cells: readonly Line[]): string {
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
      return [...(block.headed ? ['### Notes'] : []), ...block.notes.map(noteMarkdown)].join('\n\n');
  }
}

function tableMarkdown({ columns, rows }: Table): string {
  const head = [`| ${columns.map(escapeMarkdown).join(' | ')} |`, `|${' --- |'.repeat(columns.length)}`];
  return [...head, ...rows.map(rowMarkdown)].join('\n');
}

function verbatimMarkdown(content: string): string {
  const lines = manyLines(content).join('\n');
  const fence = fenceFor(lines);
  return `${fence}text\n${lines}\n${fence}`;
}

/** Numbered by hand: a Markdown list would renumber when a note is cut. */
function noteMarkdown({ number, text }: Note): string {
  return `<sup>${number}</sup> ${escapeMarkdown(text)}`;
}

/** Two marks side by side are parted, or 1 and 2 would read as 12. */
function lineMarkdown(line: Line): string {
  const [only, ...others] = line;
  if (only !== undefined && others.length === 0) return inlineMarkdown(only);
  return line.map(inlineMarkdown).join('').replaceAll('</sup><sup>', ', ');
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
    case 'link':
      return linkMarkdown(inline.text, inline.url);
    case 'break':
      return '<br>';
  }
}

function linkMarkdown(content: string, url: string): string {
  const address = escapeAddress(url);
  return address === null ? escapeMarkdown(content) : `[${escapeMarkdown(content)}](${address})`;
}
