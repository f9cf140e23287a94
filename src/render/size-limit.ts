import type { Block, Document, Table } from './document.ts';
import { markdownOf, rowMarkdown } from './markdown.ts';
import { utf8Bytes } from './plain-text.ts';

/** Room for the sentence that says how many rows were cut. */
const noticeBytes = 160;

const lastResort = 'The report is larger than the place it is shown in; the results file has all of it.\n';

/**
 * The document as Markdown of at most `limit` bytes of UTF-8. Rows are cut from the end of the largest table first, and
 * the place says how many; when no table is left to cut, whole blocks are cut from the end.
 */
export function markdownWithin(document: Document, limit: number): string {
  let current = document;
  for (;;) {
    const markdown = markdownOf(current);
    const excess = utf8Bytes(markdown) - limit;
    if (excess <= 0) return markdown;
    const largest = largestTable(current);
    if (largest === null) return leadingBlocks(current, limit);
    const shorter = withoutRows(largest, excess + noticeBytes);
    current = replaceTable(current, largest, shorter);
  }
}

function largestTable(document: Document): Table | null {
  const candidates = tablesOf(document).filter(({ rows }) => rows.length > 0);
  let largest: Table | null = null;
  for (const table of candidates) {
    if (largest === null || tableBytes(table) > tableBytes(largest)) largest = table;
  }
  return largest;
}

function tablesOf(document: Document): readonly Table[] {
  return document.flatMap((block) => {
    if (block.kind === 'table') return [block];
    return block.kind === 'fold' ? tablesOf(block.blocks) : [];
  });
}

function tableBytes({ rows }: Table): number {
  return rows.reduce((bytes, row) => bytes + utf8Bytes(rowMarkdown(row)) + 1, 0);
}

/** The table without as many of its last rows as hold `bytes`, at least one row less. */
function withoutRows(table: Table, bytes: number): Table {
  let kept = table.rows.length;
  let freed = 0;
  while (kept > 0 && freed < bytes) {
    kept -= 1;
    freed += utf8Bytes(rowMarkdown(table.rows[kept] ?? [])) + 1;
  }
  return { ...table, rows: table.rows.slice(0, kept), cut: table.cut + table.rows.length - kept };
}

function replaceTable(document: Document, old: Table, next: Table): Document {
  return document.map((block): Block => {
    if (block === old) return next;
    return block.kind === 'fold' ? { ...block, blocks: replaceTable(block.blocks, old, next) } : block;
  });
}

function leadingBlocks(document: Document, limit: number): string {
  const notice: Block = { kind: 'paragraph', content: [{ kind: 'text', text: lastResort.trim() }] };
  for (let kept = document.length - 1; kept > 0; kept -= 1) {
    const markdown = markdownOf([...document.slice(0, kept), notice]);
    if (utf8Bytes(markdown) <= limit) return markdown;
  }
  return utf8Bytes(lastResort) <= limit ? lastResort : '';
}
