/** A piece of a line. Text is plain and unescaped; each renderer escapes for its own medium. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** A mark that refers to the numbered note. */
  | { readonly kind: 'note'; readonly number: number }
  /** Words that lead to an address on the web; shown as plain text where the address is none. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'break' };

/** What stands in a table cell, a list item or a paragraph. */
export type Line = readonly Inline[];

/** Rows and columns; every row has as many cells as there are columns, and no cell is empty. */
export interface Table {
  readonly kind: 'table';
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Line[])[];
}

/** A numbered note at the end of the document. */
export interface Note {
  readonly number: number;
  readonly text: string;
}

/** How deep a heading stands. */
export type HeadingLevel = 1 | 2 | 3 | 4;

/** A part of a document. */
export type Block =
  | { readonly kind: 'heading'; readonly level: HeadingLevel; readonly text: string }
  | { readonly kind: 'paragraph'; readonly content: Line }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
  | Table
  /** Shown as it is, line by line. */
  | { readonly kind: 'verbatim'; readonly text: string }
  /** Folded away where the medium can fold; elsewhere named only, or shown under its summary as a heading. */
  | { readonly kind: 'fold'; readonly summary: string; readonly blocks: readonly Block[]; readonly elsewhere?: 'shown' }
  /** `headed`: under a heading of their own, where the medium has headings for them. */
  | { readonly kind: 'notes'; readonly notes: readonly Note[]; readonly headed: boolean };

/** A document before it is Markdown or terminal text. */
export type Document = readonly Block[];

/** Plain text. */
export function text(content: string): Inline {
  return { kind: 'text', text: content };
}

/** Emphasised text. */
export function strong(content: string): Inline {
  return { kind: 'strong', text: content };
}

/** An identifier or anything else that is to be read letter by letter. */
export function code(content: string): Inline {
  return { kind: 'code', text: content };
}

/** A link. */
export function link(content: string, url: string): Inline {
  return { kind: 'link', text: content, url };
}

/** A new line within a cell or paragraph. */
export const lineBreak: Inline = { kind: 'break' };

/** A heading. */
export function heading(level: HeadingLevel, content: string): Block {
  return { kind: 'heading', level, text: content };
}

/** A paragraph. */
export function paragraph(...content: Line): Block {
  return { kind: 'paragraph', content };
}

/** A table; an empty cell is a fault of the program. */
export function table(columns: readonly string[], rows: readonly (readonly Line[])[]): Table {
  for (const row of rows) {
    if (row.length !== columns.length) throw new RangeError(`a row of ${row.length} cells in a table of ${columns.length} columns`);
    if (row.some((cell) => cell.length === 0)) throw new RangeError('a table cell is empty');
  }
  return { kind: 'table', columns, rows };
}

/** Lines one below the other within one cell. */
export function stacked(...lines: readonly Line[]): Line {
  return lines.filter((line) => line.length > 0).flatMap((line, index) => (index === 0 ? line : [lineBreak, ...line]));
}
