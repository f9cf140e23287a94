import type { Block, Document, Table } from './document.ts';
import { markdownOf, rowMarkdown } from './markdown.ts';
import { utf8Bytes } from './plain-text.ts';

/** Room for the sentence that says how many rows were cut. */
const noticeBytes = 160;

const lastResort = 'The report is larger than the place it is shown in; the results file has all of it.\n';

/**
 * The document as Markdown of at most `limit` bytes of UTF-8. Rows are cut from the end of folded tables, the largest
 * first, then from the last table that is not folded, so that what is most urgent goes last; the place says how many.
 * When no table is left to cut, whole blocks are cut from the end.
 */
export function markdownWithin(document: Document, limit: number): string {
  let current = document;
  for (;;) {
    const markdown = markdownOf(current);
    const excess = utf8Bytes(markdown) - limit;
    if (excess <= 0) return markdown;
    const next = leastUrgentTable(current);
    if (next === undefined) return leadingBlocks(current, limit);
    current = replaceTable(current, next, withoutRows(next, excess + noticeBytes));
  }
}

function leastUrgentTable(document: Document): Table | undefined {
  const folded = tablesOf(document.filter(({ kind }) => kind === 'fold')).filter(hasRows);
  const [largest] = folded.toSorted((one, other) => tableBytes(other) - tableBytes(one));
  return largest ?? document.filter((block) => block.kind === 'table').findLast(hasRows);
}

function hasRows({ rows }: Table): boolean {
  return rows.length > 0;
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
