import type { Block } from './document.ts';
import { counted } from './names.ts';

/** What can be cut from blocks one by one. */
export interface EntryCount {
  /** Rows of tables. */
  readonly rows: number;
  /** Items of lists, notes, paragraphs and texts that are shown as they are. */
  readonly others: number;
}

/** Counts the entries of blocks, those in folds too; a heading is none. */
export function countEntries(blocks: readonly Block[]): EntryCount {
  const counts = blocks.map(entriesOf);
  return {
    rows: counts.reduce((sum, { rows }) => sum + rows, 0),
    others: counts.reduce((sum, { others }) => sum + others, 0),
  };
}

/** All entries of blocks, of whatever kind. */
export function entriesIn(blocks: readonly Block[]): number {
  const { rows, others } = countEntries(blocks);
  return rows + others;
}

/** "12 rows", whatever text goes with them; "12 entries" where there is no row. */
export function entryWords({ rows, others }: EntryCount): string {
  return rows > 0 ? counted(rows, 'row') : counted(others, 'entry', 'entries');
}

/** "12 more rows are", "1 more entry is". */
export function missingWords({ rows, others }: EntryCount): string {
  const [count, one, many] = rows > 0 ? ([rows, 'row', 'rows'] as const) : ([others, 'entry', 'entries'] as const);
  return count === 1 ? `1 more ${one} is` : `${count} more ${many} are`;
}

function entriesOf(block: Block): EntryCount {
  switch (block.kind) {
    case 'heading':
      return { rows: 0, others: 0 };
    case 'table':
      return { rows: block.rows.length, others: 0 };
    case 'list':
      return { rows: 0, others: block.items.length };
    case 'notes':
      return { rows: 0, others: block.notes.length };
    case 'paragraph':
    case 'verbatim':
      return { rows: 0, others: 1 };
    case 'fold':
      return countEntries(block.blocks);
  }
}

/**
 * The first `kept` entries of blocks with their headings and table heads, and `notice` where the others were: within a
 * fold where the cut goes through one. The blocks as they are when they have no more than that.
 *
 * @param kept at least 1
 */
export function leadingEntries(blocks: readonly Block[], kept: number, notice: readonly Block[]): readonly Block[] {
  let left = kept;
  for (const [index, block] of blocks.entries()) {
    const entries = entriesIn([block]);
    if (entries > left) return [...beforeCut(blocks.slice(0, index), left), ...partOf(block, left, notice)];
    left -= entries;
  }
  return blocks;
}

/** Without the headings that would stand over nothing, where nothing is kept of the block after them. */
function beforeCut(blocks: readonly Block[], kept: number): readonly Block[] {
  return kept > 0 ? blocks : blocks.slice(0, blocks.findLastIndex(({ kind }) => kind !== 'heading') + 1);
}

function partOf(block: Block, kept: number, notice: readonly Block[]): readonly Block[] {
  if (kept === 0) return notice;
  switch (block.kind) {
    case 'table':
      return [{ ...block, rows: block.rows.slice(0, kept) }, ...notice];
    case 'list':
      return [{ ...block, items: block.items.slice(0, kept) }, ...notice];
    case 'notes':
      return [{ ...block, notes: block.notes.slice(0, kept) }, ...notice];
    case 'fold':
      return [{ ...block, blocks: leadingEntries(block.blocks, kept, notice) }];
    case 'heading':
    case 'paragraph':
    case 'verbatim':
      return notice;
  }
}
