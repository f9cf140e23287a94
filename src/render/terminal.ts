import { displayWidth, wrapped } from './display-width.ts';
import type { Block, Document, HeadingLevel, Inline, Line, Note, Table } from './document.ts';
import { notesIn, withNotes } from './notes.ts';
import { manyLines, singleLine } from './plain-text.ts';
import { type Emphasis, emphasised } from './sgr.ts';
import { textTable } from './terminal-table.ts';
import { leadingVerdict, proseWithGate, strongWithVerdicts } from './verdict-emphasis.ts';

/** The narrowest width a document is laid out for; narrower terminals wrap by themselves. */
const narrowestPage = 40;

/** How a document is laid out for a terminal. */
export interface TerminalLayout {
  /** Columns of the terminal. */
  readonly width: number;
  /** Whether to use colours and weights; left out: plain text. */
  readonly colors?: boolean;
}

/** How the parts of a document are emphasised. */
interface Style {
  readonly emphasise: (content: string, emphasis: Emphasis) => string;
  readonly strong: (content: string) => string;
  readonly prose: (content: string) => string;
  /** At the beginning of a line in a table. */
  readonly leading: (content: string) => string;
}

const plainStyle: Style = {
  emphasise: (content) => content,
  strong: (content) => content,
  prose: (content) => content,
  leading: (content) => content,
};
const colored: Style = { emphasise: emphasised, strong: strongWithVerdicts, prose: proseWithGate, leading: leadingVerdict };

/** A document as text for a terminal, ending in a line feed. What is folded away is named in one line. */
export function terminalOf(document: Document, { width, colors = false }: TerminalLayout): string {
  const style = colors ? colored : plainStyle;
  const columns = Math.max(narrowestPage, Math.floor(width));
  const isHidden = (block: Block) => block.kind === 'fold' && block.elsewhere !== 'shown';
  const folds = document.flatMap((block) => (block.kind === 'fold' && isHidden(block) ? [plain(block.summary)] : []));
  const visible = document.filter((block) => !isHidden(block));
  const marked = new Set(visible.flatMap(notesIn));
  const shown = visible.flatMap((block) => [...blockLines(withNotes(block, marked), columns, style), '']);
  const pointer = folds.length === 0 ? [] : wrapped(`In the report file: ${folds.join(' · ')}.`, columns);
  return `${[...shown, ...pointer].join('\n').trimEnd()}\n`;
}

function blockLines(block: Block, width: number, style: Style): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return wrapped(plain(block.text), width).flatMap((line) => headingLines(block.level, line, style));
    case 'paragraph':
      return lineText(block.content, style)
        .split('\n')
        .flatMap((line) => wrapped(line, width));
    case 'list':
      return block.items.flatMap((item) => hanging('- ', lineText(item, style), width));
    case 'table':
      return tableLines(block, width, style);
    case 'verbatim':
      return manyLines(block.text).map((line) => `${style.emphasise('  │', 'quiet')} ${withoutCommands(line)}`);
    case 'fold':
      return foldLines(block, width, style);
    case 'notes':
      return block.notes.flatMap((note) => noteLines(note, width));
  }
}

function headingLines(level: HeadingLevel, content: string, { emphasise }: Style): readonly string[] {
  const underline = level === 1 ? '═' : '─';
  const title = emphasise(content, 'heading');
  return level > 2 ? [title] : [title, emphasise(underline.repeat(displayWidth(content)), 'quiet')];
}

function foldLines({ summary, blocks }: Extract<Block, { readonly kind: 'fold' }>, width: number, style: Style): readonly string[] {
  return [...headingLines(2, plain(summary), style), ...blocks.flatMap((inner) => ['', ...blockLines(inner, width, style)])];
}

function noteLines({ number, text }: Note, width: number): readonly string[] {
  return hanging(`[${number}] `, plain(text), width);
}

function hanging(lead: string, content: string, width: number): readonly string[] {
  const lines = content.split('\n').flatMap((line) => wrapped(line, width - lead.length));
  return lines.map((line, index) => (index === 0 ? lead : ' '.repeat(lead.length)) + line);
}

function tableLines({ columns, rows }: Table, width: number, style: Style): readonly string[] {
  const titles = columns.map((column) => style.emphasise(plain(column), 'strong'));
  const cells = rows.map((row) => row.map((cell) => cellText(cell, style)));
  return textTable({ columns: titles, rows: cells }, width, (line) => style.emphasise(line, 'quiet'));
}

/** In a cell a verdict stands at the beginning of a line, emphasised or not. */
function cellText(cell: Line, style: Style): string {
  return cell
    .map((inline, index) => {
      const before = cell[index - 1];
      const begins = before === undefined || before.kind === 'break';
      return inline.kind === 'text' && begins ? style.leading(plain(inline.text)) : inlineText(inline, style);
    })
    .join('');
}

function lineText(line: Line, style: Style): string {
  return line.map((inline) => inlineText(inline, style)).join('');
}

function inlineText(inline: Inline, style: Style): string {
  switch (inline.kind) {
    case 'text':
      return style.prose(plain(inline.text));
    case 'code':
      return plain(inline.text);
    case 'strong':
      return style.strong(plain(inline.text));
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
