import { type Block, type Inline, stacked, table } from './document.ts';

/** A block as it stands in a comment: headings one level deeper, since the comment is a part of a page, and no figure parted from its unit. */
export function commentBlock(block: Block): Block {
  switch (block.kind) {
    case 'heading':
      return { ...block, level: block.level === 1 ? 2 : block.level === 2 ? 3 : 4 };
    case 'fold':
      return { ...block, blocks: block.blocks.map(commentBlock) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map((cell) => cell.map(unparted))) };
    default:
      return block;
  }
}

/** Columns that a phone shows beside each other. */
const mostColumns = 3;

/** A table with no more columns than a phone has room for: those between the first and the last become one. Anything else as it is. */
export function narrowed(block: Block): Block {
  if (block.kind !== 'table' || block.columns.length <= mostColumns) return block;
  const title = block.columns.slice(1, -1).map(continued).join(', ');
  const rows = block.rows.map((row) => [...row.slice(0, 1), stacked(...row.slice(1, -1)), ...row.slice(-1)]);
  return table([...block.columns.slice(0, 1), title, ...block.columns.slice(-1)], rows);
}

/** A title behind another one begins small. */
function continued(title: string, index: number): string {
  return index === 0 ? title : title.slice(0, 1).toLowerCase() + title.slice(1);
}

const beforeUnit = /(?<=\d) (?=(?:%|[nµm]?s|[KMG]iB|B)(?!\p{L}))|(?<=→) /gu;

/** On a phone a table's columns are so narrow that a line would end between a figure and its unit. */
function unparted(inline: Inline): Inline {
  if (inline.kind !== 'text' && inline.kind !== 'strong') return inline;
  return { ...inline, text: inline.text.replaceAll(beforeUnit, '\u00a0') };
}
