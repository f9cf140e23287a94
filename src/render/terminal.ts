import { displayWidth, wrapped } from './display-width.ts';
import type { Block, Document, HeadingLevel, Inline, Line, Note, Table } from './document.ts';
import { notesIn, withNotes } from './notes.ts';
import { manyLines, singleLine } from './plain-text.ts';
import { textTable } from './terminal-table.ts';

/** The narrowest width a document is laid out for; narrower terminals wrap by themselves. */
const narrowestPage = 40;

/** How a document is laid out for a terminal. */
export interface TerminalLayout {
  /** Columns of the terminal. */
  readonly width: number;
}

/** A document as text for a terminal, ending in a line feed. What is folded away is named in one line. */
export function terminalOf(document: Document, { width }: TerminalLayout): string {
  const columns = Math.max(narrowestPage, Math.floor(width));
  const isHidden = (block: Block) => block.kind === 'fold' && block.elsewhere !== 'shown';
  const folds = document.flatMap((block) => (block.kind === 'fold' && isHidden(block) ? [plain(block.summary)] : []));
  const visible = document.filter((block) => !isHidden(block));
  const marked = new Set(visible.flatMap(notesIn));
  const shown = visible.flatMap((block) => [...blockLines(withNotes(block, marked), columns), '']);
  const pointer = folds.length === 0 ? [] : wrapped(`In the report file: ${folds.join(' · ')}.`, columns);
  return `${[...shown, ...pointer].join('\n').trimEnd()}\n`;
}

function blockLines(block: Block, width: number): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return wrapped(plain(block.text), width).flatMap((line) => headingLines(block.level, line));
    case 'paragraph':
      return lineText(block.content)
        .split('\n')
        .flatMap((line) => wrapped(line, width));
    case 'list':
      return block.items.flatMap((item) => listItem(lineText(item), width));
    case 'table':
      return tableLines(block, width);
    case 'verbatim':
      return manyLines(block.text).map((line) => `  │ ${withoutCommands(line)}`);
    case 'fold':
      return [...headingLines(2, plain(block.summary)), ...block.blocks.flatMap((inner) => ['', ...blockLines(inner, width)])];
    case 'notes':
      return block.notes.flatMap((note) => noteLines(note, width));
  }
}

function headingLines(level: HeadingLevel, content: string): readonly string[] {
  const underline = level === 1 ? '═' : '─';
  return level > 2 ? [content] : [content, underline.repeat(displayWidth(content))];
}

function listItem(content: string, width: number): readonly string[] {
  return hanging('- ', content, width);
}

function noteLines({ number, text }: Note, width: number): readonly string[] {
  return hanging(`[${number}] `, plain(text), width);
}

function hanging(lead: string, content: string, width: number): readonly string[] {
  const lines = content.split('\n').flatMap((line) => wrapped(line, width - lead.length));
  return lines.map((line, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + line);
}

function tableLines({ columns, rows }: Table, width: number): readonly string[] {
  return textTable({ columns: columns.map(plain), rows: rows.map((row) => row.map(lineText)) }, width);
}

function lineText(line: Line): string {
  return line.map(inlineText).join('');
}

function inlineText(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'strong':
    case 'code':
      return plain(inline.text);
    case 'link':
      return `${plain(inline.text)} (${plain(inline.url)})`;
    case 'note':
      return ` [${inline.number}]`;
    case 'break':
      return '\n';
  }
}

function plain(content: string): string {
  return withoutCommands(singleLine(content));
}

/** In a workflow's log a line that starts with two colons, or holds ##[, is a command to the runner. */
function withoutCommands(line: string): string {
  return line.replaceAll(/:(?=:)/g, ': ').replaceAll('##[', '## [');
}
